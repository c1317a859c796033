"""How much a place was used, month by month, by three sources that are never added up.

What was booked, who walked in, what the manager states the platform did not see. The unit of all
three is a space's half-day: a space that served for a part of a morning or an afternoon, as the
place cuts its days. An hour in the morning is one, and so are three hours in two bookings of the
same source; a day is two; an office let for a month has two for each day when the place is open.
What was given back (cancelled, not come to) and what the manager closed is no use.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Sum

from telecentres.domain.calendar import Slot, day_of, days_between, whole_day
from telecentres.domain.open_days import Opening, opening_of
from telecentres.domain.stints import half_days
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
    """Of months that follow each other, each by its first day; in six queries.

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
        halves = _Halves(opening, within)
        for space, period, origin in _periods(telecentre, within):
            source = UseSource.WALK_IN if origin == BookingOrigin.COUNTER else UseSource.BOOKED
            found[source].update((space, *half) for half in halves.of(Slot.of(period)))
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


class _Halves:
    """Which half-days a booking touches, each day's hours being read once."""

    def __init__(self, opening: Opening, within: Slot) -> None:
        self.opening, self.within = opening, within
        self.known: dict[date, list[Slot]] = {}

    def of(self, slot: Slot) -> set[tuple[date, int]]:
        """At least one: whoever came outside the hours has come."""
        lived = Slot(max(slot.start, self.within.start), min(slot.end, self.within.end))
        days = days_between(day_of(lived.start), day_of(lived.end))
        touched = {
            (day, rank)
            for day in days
            for rank, half in enumerate(self._on(day))
            if half.touches(lived)
        }
        return touched or {(day_of(lived.start), OUTSIDE_HOURS)}

    def _on(self, day: date) -> list[Slot]:
        if day not in self.known:
            opened = self.opening.on(day)
            self.known[day] = half_days(opened) if opened.is_open else []
        return self.known[day]


def _stated(telecentre: Telecentre, months: Sequence[date]) -> dict[date, int]:
    rows = UseStatement.objects.filter(telecentre=telecentre, month__in=months)
    sums = rows.order_by().values("month").annotate(total=Sum("half_days"))
    return dict(sums.values_list("month", "total"))
