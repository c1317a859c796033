"""Where a space is free at a moment, across the places of a territory.

What is found is what `book_space` would accept: the hours, the notice, the horizon, the people and
what is held are looked at by the same functions.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.contrib.gis.geos import Point

from telecentres.domain.availability import DAYS_AHEAD, allowed_in, day_part
from telecentres.domain.calendar import Slot, moment
from telecentres.domain.errors import NoSuchTime
from telecentres.domain.free_spaces import find_free_spaces
from telecentres.domain.inventory import SpacesOfKind, group_by_kind
from telecentres.domain.open_days import Opening, openings_of
from telecentres.enums import DayPart, SpaceKind
from telecentres.models import Space, Telecentre
from territoires.models import Territory

MOST_INSTEAD = 5


@dataclass(frozen=True)
class Wish:
    """What one looks for: a part of a day as each place keeps it, or hours, the same everywhere."""

    day: date
    part: DayPart = DayPart.DAY
    # From one to the other, whatever the part.
    hours: tuple[time, time] | None = None
    # Any, if not said.
    kind: SpaceKind | None = None
    people: int = 1
    # All of it in one space.
    equipment: tuple[str, ...] = ()

    @property
    def is_choosy(self) -> bool:
        return bool(self.kind or self.equipment)

    def accepts(self, space: Space) -> bool:
        """Whether it is such a space. One may book any for hours of one's own."""
        return (
            self.kind in {None, space.kind}
            and space.has(self.equipment)
            and (self.hours is not None or self.part.unit in space.units)
        )

    def slot_in(self, opening: Opening) -> Slot | None:
        """When it is there; None when that place has no such hours on that day."""
        if self.hours is None:
            return day_part(opening.on(self.day), self.part)
        starts, ends = self.hours
        try:
            return Slot(
                moment(self.day, starts, is_second=False), moment(self.day, ends, is_second=False)
            )
        except NoSuchTime:
            return None


@dataclass(frozen=True)
class FreePlace:
    """A place, when one would be there, and the spaces that are free then."""

    telecentre: Telecentre
    slot: Slot
    spaces: tuple[Space, ...]

    @property
    def kinds(self) -> list[SpacesOfKind]:
        return group_by_kind(self.spaces)


@dataclass(frozen=True)
class Instead:
    """Another wish, which so many places could grant."""

    wish: Wish
    places: int


@dataclass(frozen=True)
class Finding:
    places: tuple[FreePlace, ...]
    # Where there is none: what comes near it.
    instead: tuple[Instead, ...] = ()


def find_free_places(
    *, territory: Territory, wish: Wish, now: datetime, near: Point | None = None
) -> Finding:
    """The places that have a space left, the nearest first, or by name without `near`.

    Four queries, and one more when there is none: none of them grows with the places, and the two
    that read bookings read those of a day or of a week.
    """
    network = _read(territory, near, wish.day, wish.day + timedelta(days=DAYS_AHEAD))
    (places,) = network.grant([wish], now)
    return Finding(places, () if places else network.come_near(wish, now))


@dataclass
class _Network:
    """The places of a territory that take bookings, and all that a wish asks of them."""

    places: Sequence[Telecentre]
    openings: dict[int, Opening]
    # By the key of their place, in the order in which they are taken.
    spaces: dict[int, list[Space]] = field(default_factory=dict)

    def grant(self, wishes: Sequence[Wish], now: datetime) -> list[tuple[FreePlace, ...]]:
        """What each wish finds, in one query."""
        asked = [
            (number, FreePlace(place, slot, spaces))
            for number, wish in enumerate(wishes)
            for place in self.places
            if (slot := wish.slot_in(self.openings[place.pk]))
            and (spaces := self._allowed(place, wish, slot, now))
        ]
        buffers = (max(space.before, space.after) for _n, one in asked for space in one.spaces)
        wanted: dict[Slot, set[int]] = defaultdict(set)
        for _number, one in asked:
            wanted[one.slot].add(one.telecentre.pk)
        free = find_free_spaces(wanted, buffer=max(buffers, default=timedelta()))
        found: list[list[FreePlace]] = [[] for _wish in wishes]
        for number, one in asked:
            if left := tuple(space for space in one.spaces if space.pk in free[one.slot]):
                found[number].append(replace(one, spaces=left))
        return [tuple(places) for places in found]

    def come_near(self, wish: Wish, now: datetime) -> tuple[Instead, ...]:
        """Any space, then the other parts of that day, then the same on the next days."""
        others = [replace(wish, kind=None, equipment=())] if wish.is_choosy else []
        parts = [part for part in DayPart if wish.hours or part != wish.part]
        others += [replace(wish, part=part, hours=None) for part in parts]
        days = (wish.day + timedelta(days=number + 1) for number in range(DAYS_AHEAD))
        others += [replace(wish, day=day) for day in days]
        granted = zip(others, self.grant(others, now), strict=True)
        found = [Instead(other, len(places)) for other, places in granted if places]
        return tuple(found[:MOST_INSTEAD])

    def _allowed(
        self, place: Telecentre, wish: Wish, slot: Slot, now: datetime
    ) -> tuple[Space, ...]:
        such = [space for space in self.spaces.get(place.pk, ()) if wish.accepts(space)]
        opening = self.openings[place.pk]
        return tuple(allowed_in(opening, such, slot, people=wish.people, now=now))


def _read(territory: Territory, near: Point | None, first: date, last: date) -> _Network:
    rows = Telecentre.objects.in_territory(territory).bookable()
    rows = rows.nearest_to(near) if near else rows.order_by("name", "pk")
    places = list(rows.with_silhouette().select_related("commune").defer("words"))
    network = _Network(places, openings_of(places, first, last))
    # Those kept for some are asked for on their place's own page.
    rest = Space.objects.bookable().filter(telecentre__in=places, audience=None)
    for space in rest.smallest_first():
        network.spaces.setdefault(space.telecentre_id, []).append(space)
    return network
