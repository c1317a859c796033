"""The half-days that a booking takes: what is offered, paid ahead and priced."""

from collections.abc import Callable, Iterator, Sequence
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


def halves_touched(
    halves_on: Callable[[date], list[Slot]], slot: Slot
) -> Iterator[tuple[date, int, Slot]]:
    """The half-days that `slot` touches, in order: the day, which of its halves, and its hours."""
    for day in days_between(day_of(slot.start), day_of(slot.end)):
        for rank, half in enumerate(halves_on(day)):
            if half.touches(slot):
                yield day, rank, half


def stints_of(opening: Opening, slot: Slot) -> list[Stint]:
    """The open half-days that `slot` touches, in order; never none.

    At the counter one may come while the place is closed: that counts for one half-day.
    """
    touched = halves_touched(lambda day: half_days(opening.on(day)), slot)
    found = [
        Stint(day, min(slot.end, half.end) - max(slot.start, half.start))
        for day, _rank, half in touched
    ]
    return found or [Stint(day_of(slot.start), slot.length)]


def hours(stints: Sequence[Stint]) -> int:
    """Begun hours, of all of them together."""
    return -(-sum((stint.length for stint in stints), timedelta()) // timedelta(hours=1))
