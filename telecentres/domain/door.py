"""What a screen by the door says of each space: free or taken, never by whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telecentres.domain.calendar import Slot, day_of, whole_day
from telecentres.domain.open_days import OpenDay, open_days
from telecentres.models import Booking, Space, Telecentre

# How far ahead the next opening is looked for: over a fortnight of closing, one calls.
DAYS_AHEAD = 14


@dataclass(frozen=True)
class SpaceAtDoor:
    space: Space
    # What holds it now, buffers and what follows without a gap included; None when it is free.
    taken: Slot | None
    # What holds it next, today.
    following: Slot | None


@dataclass(frozen=True)
class DoorBoard:
    now: datetime
    spaces: tuple[SpaceAtDoor, ...]
    # Today and the days to come.
    days: tuple[OpenDay, ...]

    @property
    def today(self) -> OpenDay:
        return self.days[0]

    @property
    def opened(self) -> Slot | None:
        """The opening hours in progress."""
        return next((each for each in self.today.ranges if each.start <= self.now < each.end), None)

    @property
    def opens_at(self) -> datetime | None:
        """When the place opens next, as far as one looks."""
        starts = (each.start for day in self.days for each in day.ranges)
        return next((start for start in starts if start > self.now), None)

    @property
    def opens_today(self) -> bool:
        return self.opens_at is not None and day_of(self.opens_at) == self.today.day

    @property
    def free_count(self) -> int:
        return sum(not each.taken for each in self.spaces)


def door_board(telecentre: Telecentre, now: datetime) -> DoorBoard:
    """In three queries, whatever the spaces and the bookings."""
    today = day_of(now)
    held = Booking.objects.touching(now, whole_day(today).end)
    by_space: dict[int, list[Slot]] = defaultdict(list)
    here = held.filter(space__telecentre=telecentre).order_by("occupied")
    for key, occupied in here.values_list("space_id", "occupied"):
        by_space[key].append(Slot.of(occupied))
    spaces = telecentre.spaces.in_reading_order()
    return DoorBoard(
        now,
        tuple(_at_door(space, by_space[space.pk], now) for space in spaces),
        tuple(open_days(telecentre, today, today + timedelta(days=DAYS_AHEAD))),
    )


def _at_door(space: Space, held: list[Slot], now: datetime) -> SpaceAtDoor:
    whole = _joined(held)
    taken = next((each for each in whole if each.start <= now), None)
    following = next((each for each in whole if each.start > now), None)
    return SpaceAtDoor(space, taken, following)


def _joined(held: Iterable[Slot]) -> list[Slot]:
    """Those that follow each other without a gap, as one; they come in order."""
    joined: list[Slot] = []
    for each in held:
        if joined and each.start <= joined[-1].end:
            joined[-1] = Slot(joined[-1].start, each.end)
        else:
            joined.append(each)
    return joined
