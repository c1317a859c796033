"""What is free, and when: read for a whole day or week at once, never space by space."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.domain.calendar import (
    PARIS,
    Slot,
    day_of,
    days_between,
    moment,
    opening_moment,
    whole_day,
)
from telecentres.domain.errors import BookingRefusal, NoSuchTime, SlotTaken
from telecentres.domain.open_days import OpenDay, Opening, opening_of
from telecentres.domain.rules import allowed_spaces, check_hours, check_length, check_slot
from telecentres.domain.stints import half_days
from telecentres.enums import BookingUnit, DayPart
from telecentres.models import Booking, Space, Telecentre
from telecentres.querysets import LONGEST_BUFFER

# What begins before it is a morning.
NOON = time(12)
STEP = timedelta(minutes=30)
# How far ahead another moment is looked for.
DAYS_AHEAD = 7
MOST_PROPOSED = 3


@dataclass(frozen=True)
class Offer:
    """A slot that one may ask for, and how many of the spaces are free then."""

    unit: BookingUnit
    slot: Slot
    free: int
    total: int


class Plan:
    """Some spaces of a telecentre over some days: the opening, and what is taken."""

    def __init__(
        self,
        opening: Opening,
        spaces: Sequence[Space],
        occupied: Iterable[tuple[int, DateTimeTZRange]],
    ) -> None:
        """`occupied`: the key of a space, and a time that somebody holds there."""
        self.opening, self.spaces = opening, spaces
        self.taken: dict[int, list[Slot]] = defaultdict(list)
        for key, period in occupied:
            self.hold(key, Slot.of(period))

    def hold(self, key: int, slot: Slot) -> None:
        """From now on the space of that key is held then, buffers included."""
        self.taken[key].append(slot)

    def take(self, space: Space, slot: Slot) -> None:
        """From now on somebody has the space for the slot."""
        self.hold(space.pk, slot.widened(space.before, space.after))

    def is_free(self, space: Space, slot: Slot) -> bool:
        """Whether nobody holds the space then, its buffers included."""
        wanted = slot.widened(space.before, space.after)
        return not any(wanted.touches(taken) for taken in self.taken[space.pk])

    def free(self, slot: Slot) -> list[Space]:
        return [space for space in self.spaces if self.is_free(space, slot)]

    def on(self, day: date) -> OpenDay:
        return self.opening.on(day)


def read_plan(
    telecentre: Telecentre,
    spaces: Sequence[Space],
    first: date,
    last: date,
    besides: Booking | None = None,
) -> Plan:
    """From one day to another, both included; in two queries, whatever the spaces and bookings.

    `besides`: a booking about to move, which stands in the way of nothing.
    """
    opening = opening_of(telecentre, first, last)
    # A slot at either end of the days reaches further, by the buffers of its space.
    start, end = whole_day(first).start - LONGEST_BUFFER, whole_day(last).end + LONGEST_BUFFER
    held = Booking.objects.touching(start, end).filter(space__in=spaces).order_by()
    if besides:
        held = held.exclude(pk=besides.pk)
    return Plan(opening, spaces, held.values_list("space_id", "occupied"))


def day_offers(plan: Plan, day: date, *, people: int, now: datetime) -> list[Offer]:
    """The slots of a day, by the lengths that the spaces are let for; none when it is closed.

    A slot that nobody may book any more (begun, or too near) is not offered; one that is taken is,
    with no space free.
    """
    slots = [
        (unit, slot)
        for unit in (BookingUnit.HALF_DAY, BookingUnit.DAY, BookingUnit.HOUR)
        for slot in _slots(plan.on(day), unit)
    ]
    offers = (_offer(plan, unit, slot, people, now) for unit, slot in slots)
    return [offer for offer in offers if offer.total]


def part_offer(plan: Plan, day: date, part: DayPart, *, people: int, now: datetime) -> Offer | None:
    """The whole of a day, or of its morning or afternoon; None when it is closed then."""
    slot = day_part(plan.on(day), part)
    return _offer(plan, part.unit, slot, people, now) if slot else None


def nearest_free(
    *,
    telecentre: Telecentre,
    spaces: Sequence[Space],
    slot: Slot,
    people: int,
    now: datetime,
    besides: Booking | None = None,
) -> tuple[Slot, ...]:
    """The nearest slots of the same length that may be booked: that day first, then the week."""
    first = day_of(slot.start)
    last = first + timedelta(days=DAYS_AHEAD)
    # One may leave on a later day than one comes.
    until = day_of(whole_day(last).end + slot.length)
    plan = read_plan(telecentre, spaces, first, until, besides)
    found: list[Slot] = []
    for day in days_between(first, last):
        near = sorted(starts_near(plan, day, slot), key=lambda start: abs(start - slot.start))
        moved = (Slot(start, start + slot.length) for start in near)
        found += [each for each in moved if bookable_then(plan, each, people, now)]
        if len(found) >= MOST_PROPOSED:
            break
    return tuple(found[:MOST_PROPOSED])


def _offer(plan: Plan, unit: BookingUnit, slot: Slot, people: int, now: datetime) -> Offer:
    let = [space for space in plan.spaces if unit in space.units]
    allowed = allowed_in(plan.opening, let, slot, people=people, now=now)
    free = sum(plan.is_free(space, slot) for space in allowed)
    return Offer(unit, slot, free, len(allowed))


def _slots(day: OpenDay, unit: BookingUnit) -> list[Slot]:
    if not day.is_open:
        return []
    if unit == BookingUnit.DAY:
        return [day.whole]
    if unit == BookingUnit.HALF_DAY:
        return half_days(day)
    return [slot for each in day.ranges for slot in _hours(each)]


def day_part(day: OpenDay, part: DayPart) -> Slot | None:
    """The hours of a day there, or of its morning or afternoon; None when it is closed then."""
    if part == DayPart.DAY:
        return day.whole if day.is_open else None
    noon = opening_moment(day.day, NOON)
    is_morning = part == DayPart.MORNING
    return next((half for half in half_days(day) if (half.start < noon) == is_morning), None)


def _hours(opened: Slot) -> list[Slot]:
    """Whole hours from the opening on; what is left at the end is no hour."""
    hour = timedelta(hours=1)
    count = int(opened.length / hour)
    starts = [opened.start + number * hour for number in range(count)]
    return [Slot(start, start + hour) for start in starts]


def starts_near(plan: Plan, day: date, slot: Slot) -> list[datetime]:
    """When one could come instead on a day: that of `slot` every half-hour while open; on the next
    ones at the same hour of the clock."""
    if day != day_of(slot.start):
        try:
            return [moment(day, slot.start.astimezone(PARIS).time(), is_second=False)]
        except NoSuchTime:
            return []
    return [
        opened.start + number * STEP
        for opened in plan.on(day).ranges
        for number in range(int(opened.length / STEP))
    ]


def bookable_then(plan: Plan, slot: Slot, people: int, now: datetime) -> list[Space]:
    """Those that are free for the slot, and that the rules let someone book; none otherwise."""
    allowed = allowed_in(plan.opening, plan.spaces, slot, people=people, now=now)
    return [space for space in allowed if plan.is_free(space, slot)]


def allowed_in(
    opening: Opening, spaces: Sequence[Space], slot: Slot, *, people: int, now: datetime
) -> list[Space]:
    """Those that the rules of `check_slot` let someone book, of a place that takes bookings.

    None where it would refuse; without a query, for many slots and places.
    """
    if slot.start < now:
        return []
    try:
        check_length(slot)
        check_hours(opening, slot)
        return allowed_spaces(spaces, slot, people, now)
    except BookingRefusal:
        return []


def find_free(
    *,
    telecentre: Telecentre,
    spaces: Sequence[Space],
    slot: Slot,
    people: int,
    now: datetime,
    besides: Booking | None = None,
) -> list[Space]:
    """Those that may be booked for the slot right now; at least one.

    Raises what `book_space` would raise: nothing is kept for whoever only asks.
    """
    allowed = check_slot(telecentre=telecentre, spaces=spaces, slot=slot, people=people, now=now)
    plan = read_plan(telecentre, allowed, day_of(slot.start), day_of(slot.end), besides)
    if free := plan.free(slot):
        return free
    raise SlotTaken
