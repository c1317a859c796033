"""What one can use in a telecentre, told by kind rather than desk by desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from unicodedata import normalize

from telecentres.enums import SpaceKind
from telecentres.models import Space, Telecentre
from territoires.models import Territory


@dataclass(frozen=True)
class SpacesOfKind:
    kind: SpaceKind
    spaces: tuple[Space, ...]

    @property
    def capacity(self) -> int:
        return sum(space.capacity for space in self.spaces)

    @property
    def equipment(self) -> list[str]:
        """What one of them at least has."""
        return _once(space.equipment_list for space in self.spaces)

    @property
    def needs_approval(self) -> bool:
        return all(space.needs_approval for space in self.spaces)


def spaces_by_kind(telecentre: Telecentre) -> list[SpacesOfKind]:
    return group_by_kind(telecentre.spaces.all())


def group_by_kind(spaces: Iterable[Space]) -> list[SpacesOfKind]:
    rows = list(spaces)
    grouped = (
        SpacesOfKind(kind, tuple(space for space in rows if space.kind == kind))
        for kind in SpaceKind
    )
    return [group for group in grouped if group.spaces]


def known_equipment(territory: Territory) -> list[str]:
    """What the bookable spaces of a territory are furnished with, in alphabetical order."""
    places = Telecentre.objects.in_territory(territory).bookable()
    spaces = Space.objects.bookable().filter(telecentre__in=places).exclude(equipment="")
    # One desk of each furniture is enough.
    rows = spaces.only("equipment").order_by("equipment").distinct("equipment")
    return _once(space.equipment_list for space in rows)


def _once(lists: Iterable[list[str]]) -> list[str]:
    """Each word once, capitals apart, as it was written first; accents sort after their letter."""
    words: dict[str, str] = {}
    for word in chain.from_iterable(lists):
        words.setdefault(word.casefold(), word)
    return sorted(words.values(), key=lambda word: normalize("NFKD", word.casefold()))
