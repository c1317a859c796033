"""A week of one place, space by space: who holds what, what is free, when it is closed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telecentres.domain.calendar import PARIS, Slot, days_between, whole_day
from telecentres.domain.open_days import OpenDay, opening_of
from telecentres.enums import BookingState, TelecentreState
from telecentres.models import Booking, Space, Telecentre
from telecentres.querysets import LONGEST_BUFFER

# What is left between two bookings and is shorter than that is not proposed.
SHORTEST = timedelta(minutes=30)
DAYS = 7


@dataclass(frozen=True)
class Stretch:
    """A part of one day in one space; held by a booking, else free, else closed."""

    # Of that day only, where the booking lasts longer.
    slot: Slot
    booking: Booking | None = None
    is_free: bool = False
    # A request that may still be answered.
    waits: bool = False

    @property
    def is_blocked(self) -> bool:
        return self.booking is not None and self.booking.state == BookingState.BLOCKED

    @property
    def hours(self) -> str:
        """At the wall clock; of a longer booking, what it holds of the day."""
        starts, ends = (at.astimezone(PARIS) for at in (self.slot.start, self.slot.end))
        said = {"starts": date_format(starts, "H:i"), "ends": date_format(ends, "H:i")}
        has_begun, goes_on = said["starts"] == "00:00", said["ends"] == "00:00"
        if has_begun and goes_on:
            return _("toute la journée")
        if has_begun:
            return _("jusqu’à %(ends)s") % said
        if goes_on:
            return _("à partir de %(starts)s") % said
        return f"{said['starts']}–{said['ends']}"


@dataclass(frozen=True)
class SpaceDay:
    space: Space
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class DayColumn:
    opened: OpenDay
    spaces: tuple[SpaceDay, ...]


@dataclass(frozen=True)
class WeekGrid:
    spaces: tuple[Space, ...]
    days: tuple[DayColumn, ...]
    # That hold a part of the week.
    bookings: tuple[Booking, ...]
    # Of them, those to answer.
    requests: int


def week_grid(telecentre: Telecentre, first: date, now: datetime) -> WeekGrid:
    """Seven days from `first` on; in three queries, whatever the spaces and the bookings."""
    last = first + timedelta(days=DAYS - 1)
    week = Slot(whole_day(first).start, whole_day(last).end)
    opening = opening_of(telecentre, first, last)
    spaces = tuple(telecentre.spaces.in_reading_order())
    held = _held_around(telecentre, week)
    is_open = telecentre.state == TelecentreState.OPEN

    def column(day: date) -> DayColumn:
        opened = opening.on(day)
        ranges = opened.ranges if is_open else ()
        rows = (
            SpaceDay(space, tuple(_stretches(ranges, day, space, held.get(space.pk, []), now)))
            for space in spaces
        )
        return DayColumn(opened, tuple(rows))

    shown = tuple(
        booking
        for of_space in held.values()
        for booking in of_space
        if Slot.of(booking.period).touches(week)
    )
    return WeekGrid(
        spaces,
        tuple(column(day) for day in days_between(first, last)),
        shown,
        sum(booking.waits_for_answer(now) for booking in shown),
    )


def _held_around(telecentre: Telecentre, week: Slot) -> dict[int, list[Booking]]:
    """By space, what holds a part of the week: one may tidy then for a booking of the eve."""
    around = Booking.objects.touching(week.start - LONGEST_BUFFER, week.end + LONGEST_BUFFER)
    here = around.filter(space__telecentre=telecentre).with_all_told().order_by("period")
    by_space: dict[int, list[Booking]] = {}
    for booking in here:
        by_space.setdefault(booking.space_id, []).append(booking)
    return by_space


def _stretches(
    ranges: tuple[Slot, ...], day: date, space: Space, bookings: list[Booking], now: datetime
) -> list[Stretch]:
    hours = whole_day(day)
    held = [
        Stretch(_within(slot, hours), booking, waits=booking.waits_for_answer(now))
        for booking in bookings
        if (slot := Slot.of(booking.period)).touches(hours)
    ]
    # A booking that would come there has buffers of its own.
    taken = [
        Slot(booking.occupied.lower - space.after, booking.occupied.upper + space.before)
        for booking in bookings
    ]
    free = [
        Stretch(slot, is_free=True)
        for opened in ranges
        for slot in _left(opened, taken, now)
        if slot.length >= SHORTEST
    ]
    breaks = (Slot(before.end, after.start) for before, after in pairwise(ranges))
    closed = [Stretch(slot) for slot in breaks if not any(slot.touches(each.slot) for each in held)]
    return sorted([*held, *free, *closed], key=lambda stretch: stretch.slot)


def _left(opened: Slot, taken: Iterable[Slot], now: datetime) -> Iterator[Slot]:
    """What nobody holds of the hours, from the next half-hour of the clock on."""
    start = max(opened.start, _next_half_hour(now))
    for each in sorted(taken):
        if each.start > start:
            yield Slot(start, min(each.start, opened.end))
        start = max(start, each.end)
        if start >= opened.end:
            return
    yield Slot(start, opened.end)


def _next_half_hour(now: datetime) -> datetime:
    """Where the programme's clocks are, hours are whole ones from UTC: halves fall together."""
    begun = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
    return begun if begun == now else begun + SHORTEST


def _within(slot: Slot, hours: Slot) -> Slot:
    return Slot(max(slot.start, hours.start), min(slot.end, hours.end))
