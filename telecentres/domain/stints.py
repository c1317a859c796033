"""The half-days that a booking takes: what is offered, paid ahead and priced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from telecentres.domain.calendar import Slot, day_of, days_between, opening_moment
from telecentres.domain.open_days import OpenDay, Opening

# A day without a lunch break is cut there.
MIDDAY = time(13)
# One range longer than this makes two half-days.
HALF_DAY = timedelta(hours=5)


@dataclass(frozen=True)
class Stint:
    """A half-day, or the part of it that is booked."""

    day: date
    length: timedelta


def half_days(day: OpenDay) -> list[Slot]:
    """The ranges around a break; a long day without one is cut in two."""
    midday = opening_moment(day.day, MIDDAY)
    if len(day.ranges) == 1 and day.whole.length > HALF_DAY:
        whole = day.whole
        if whole.start < midday < whole.end:
            return [Slot(whole.start, midday), Slot(midday, whole.end)]
    return list(day.ranges)


def stints_of(opening: Opening, slot: Slot) -> list[Stint]:
    """The open half-days that `slot` touches, in order; never none.

    At the counter one may come while the place is closed: that counts for one half-day.
    """
    days = days_between(day_of(slot.start), day_of(slot.end))
    found = [
        Stint(day, min(slot.end, half.end) - max(slot.start, half.start))
        for day in days
        for half in half_days(opening.on(day))
        if half.touches(slot)
    ]
    return found or [Stint(day_of(slot.start), slot.length)]


def hours(stints: Sequence[Stint]) -> int:
    """Begun hours, of all of them together."""
    return -(-sum((stint.length for stint in stints), timedelta()) // timedelta(hours=1))
