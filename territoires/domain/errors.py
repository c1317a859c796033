"""One class per refusal; each interface says it in its own way."""


class NoTerritory(Exception):
    """No public territory exists yet: the installation waits for its first one."""


class TerritoireRefusal(Exception):
    """An act on a territory, its programmes or its villages that the rules forbid."""


class EmptyTerritory(TerritoireRefusal):
    """A territory is made of departments, EPCI or communes: it names at least one of them."""


class OutsideTerritory(TerritoireRefusal):
    """The commune is not one of the territory's."""


class CommuneEnded(TerritoireRefusal):
    """The commune left the official list: its successor commits itself."""


class NoTerritoryCovered(TerritoireRefusal):
    """A programme runs over one territory at least."""


class PhaseOutsideProgramme(TerritoireRefusal):
    """A phase starts and ends within its programme's dates."""


class InvalidCoordinates(Exception):
    """A text that names no place on Earth; its message says why, to whoever wrote it."""
