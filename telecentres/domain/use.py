"""How much a place was used, month by month, by three sources that are never added up.

What was booked, who walked in, what the manager states the platform did not see. The unit of all
three is a space's half-day: a space that served for a part of a morning or an afternoon, as the
place cuts its days. An hour in the morning is one, and so are three hours in two bookings of the
same source; a day is two; an office let for a month has two for each day when the place is open.
What was given back (cancelled, not come to) and what the manager closed is no use.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from dateutil.relativedelta import relativedelta
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Sum

from telecentres.domain.calendar import Slot, day_of, whole_day
from telecentres.domain.open_days import opening_of
from telecentres.domain.stints import half_days, halves_touched
from telecentres.enums import BookingOrigin, BookingState, UseSource
from telecentres.models import Booking, Telecentre, UseStatement

# A space, a day, and which half of it.
Half = tuple[int, date, int]
OUTSIDE_HOURS = -1


@dataclass(frozen=True)
class MonthUse:
    month: date
    # Half-days of spaces, by source; None: nothing was stated, which is not zero.
    half_days: dict[UseSource, int | None]

    @property
    def numbers(self) -> list[int | None]:
        """In the order of the sources."""
        return [self.half_days[source] for source in UseSource]


def last_months(today: date, count: int) -> list[date]:
    """The first days of so many months, the one of today last."""
    first = today.replace(day=1)
    return [first - relativedelta(months=back) for back in reversed(range(count))]


def use_of_months(telecentre: Telecentre, months: Sequence[date], now: datetime) -> list[MonthUse]:
    """Of months that follow each other, each by its first day; in four queries.

    Only what has come until `now`; the hours are those written down today.
    """
    end = whole_day(months[-1] + relativedelta(months=1, days=-1)).end
    counts = _counts(telecentre, Slot(whole_day(months[0]).start, min(end, now)))
    stated = _stated(telecentre, months)
    return [
        MonthUse(
            month,
            {
                UseSource.BOOKED: counts[UseSource.BOOKED][month],
                UseSource.WALK_IN: counts[UseSource.WALK_IN][month],
                UseSource.STATED: stated.get(month),
            },
        )
        for month in months
    ]


def _counts(telecentre: Telecentre, within: Slot) -> dict[UseSource, Counter[date]]:
    """Half-days by source and month."""
    found: dict[UseSource, set[Half]] = defaultdict(set)
    if within.start < within.end:
        opening = opening_of(telecentre, day_of(within.start), day_of(within.end))
        # Many bookings share a day, whose hours are read once.
        halves_on = cache(lambda day: half_days(opening.on(day)))
        for space, period, origin in _periods(telecentre, within):
            source = UseSource.WALK_IN if origin == BookingOrigin.COUNTER else UseSource.BOOKED
            halves = _halves(halves_on, Slot.of(period), within)
            found[source].update((space, *half) for half in halves)
    return {
        source: Counter(day.replace(day=1) for _space, day, _half in found[source])
        for source in UseSource
    }


def _periods(telecentre: Telecentre, within: Slot) -> list[tuple[int, DateTimeTZRange, str]]:
    """Of confirmed bookings, by the index of the constraint that keeps those of a space apart."""
    keys = list(telecentre.spaces.values_list("pk", flat=True))
    rows = Booking.objects.filter(
        space__in=keys,
        state=BookingState.CONFIRMED,
        occupied__overlap=(within.start, within.end),
        period__overlap=(within.start, within.end),
    )
    return list(rows.order_by().values_list("space_id", "period", "origin"))


def _halves(
    halves_on: Callable[[date], list[Slot]], slot: Slot, within: Slot
) -> set[tuple[date, int]]:
    """At least one: whoever came outside the hours has come."""
    lived = Slot(max(slot.start, within.start), min(slot.end, within.end))
    touched = {(day, rank) for day, rank, _half in halves_touched(halves_on, lived)}
    return touched or {(day_of(lived.start), OUTSIDE_HOURS)}


def _stated(telecentre: Telecentre, months: Sequence[date]) -> dict[date, int]:
    rows = UseStatement.objects.filter(telecentre=telecentre, month__in=months)
    sums = rows.order_by().values("month").annotate(total=Sum("half_days"))
    return dict(sums.values_list("month", "total"))
