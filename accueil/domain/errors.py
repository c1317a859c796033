"""One class per refusal; each interface says it in its own way."""


class EventRefusal(Exception):
    """An act on an event that the rules forbid."""


class PlaceElsewhere(EventRefusal):
    """The village or the telecentre belongs to another territory."""


class EventOver(EventRefusal):
    """What is over can't be cancelled any more."""
