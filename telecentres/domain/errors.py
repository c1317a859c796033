"""One class per refusal; each interface says it in its own way."""


class TelecentreRefusal(Exception):
    """An act on a telecentre that the rules forbid."""


class OutsideTerritory(TelecentreRefusal):
    """The commune is not one of the territory's."""


class NoKnownPosition(TelecentreRefusal):
    """Neither a point nor a commune whose centre is known: nothing to show on the map."""


class HoursOverlap(TelecentreRefusal):
    """Two opening ranges of one day share a moment; carries that weekday."""
