"""What someone may use at a place to pay for one kind of space, and what is left as they book."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.domain.calendar import day_of, moment
from telecentres.domain.prices import Means, PaidAhead, Quote
from telecentres.enums import BookingState, BookingUnit, LineKind, SpaceKind
from telecentres.models import Booking, BookingLine, FreeAllowance, Pack, Tariff, Telecentre
from territoires.scoping import Anyone

ONE_MONTH = relativedelta(months=1)


@dataclass(frozen=True)
class Told:
    """What is said to someone, from a day to a day; None where there is no bound."""

    first: date | None
    last: date | None
    # Of the price; none, of half-days offered every month.
    unit: BookingUnit | None
    amount: Decimal | int

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass
class PackLeft:
    key: int
    left: int
    expires_on: date | None


@dataclass
class Purse:
    """Over some days, read once; `spend` tells it what is booked meanwhile."""

    # The dearest first: whoever has several prices pays the least, the last one read.
    prices: Sequence[Told]
    vat_rate: Decimal | None
    offered: Sequence[Told] = ()
    packs: Sequence[PackLeft] = ()
    # Of the half-days offered, by the first day of the month.
    used: Counter[date] = field(default_factory=Counter)

    @property
    def is_empty(self) -> bool:
        return not (self.prices or self.offered or self.packs)

    def on(self, day: date) -> Means:
        """What may be used for a booking that begins on `day`."""
        prices = {told.unit: told.amount for told in self.prices if told.holds_on(day)}
        offered = max((int(told.amount) for told in self.offered if told.holds_on(day)), default=0)
        return Means(
            prices,  # type: ignore[arg-type]
            offered=max(0, offered - self.used[_month(day)]),
            packs=[
                PaidAhead(pack.key, pack.left)
                for pack in self.packs
                if pack.expires_on is None or day <= pack.expires_on
            ],
            vat_rate=self.vat_rate,
        )

    def copy(self) -> "Purse":
        """Another, to spend from without touching this one."""
        packs = [replace(pack) for pack in self.packs]
        return replace(self, packs=packs, used=self.used.copy())

    def spend(self, quote: Quote, day: date) -> None:
        """What a booking that begins on `day` takes of it, by its price."""
        for line in quote.lines:
            if line.kind == LineKind.FREE:
                self.used[_month(day)] += line.quantity
            for pack in self.packs:
                if pack.key == line.pack_id:
                    pack.left -= line.quantity


def read_purse(
    *,
    telecentre: Telecentre,
    kind: SpaceKind,
    holder: Anyone | None,
    first: date,
    last: date,
    besides: Booking | None = None,
) -> Purse:
    """For the days from `first` to `last`, both included; in four queries at most.

    `besides`: a booking whose own half-days are free again.
    """
    here = {"telecentre": telecentre, "kind": kind}
    tariffs = Tariff.objects.filter(**here).order_by("-price")
    prices = [
        Told(since, until, BookingUnit(unit), price)
        for unit, price, since, until in tariffs.told(holder, first, last, "unit", "price")
    ]
    if holder is None or not holder.pk:
        return Purse(prices, telecentre.vat_rate)
    allowances = FreeAllowance.objects.filter(**here)
    offered = [
        Told(since, until, None, half_days)
        for half_days, since, until in allowances.told(holder, first, last, "half_days")
    ]
    packs = Pack.objects.filter(**here, holder=holder.pk).valid_on(first).to_use(besides)
    return Purse(
        prices,
        telecentre.vat_rate,
        offered=offered,
        packs=[PackLeft(*pack) for pack in packs],
        used=_used(here, holder, (first, last), besides) if offered else Counter(),
    )


def _used(
    here: Mapping[str, Any], holder: Anyone, days: tuple[date, date], besides: Booking | None
) -> Counter[date]:
    """Half-days offered and used in the months of those days: a booking counts where it begins."""
    start, end = _month(days[0]), _month(days[1]) + ONE_MONTH
    lines = BookingLine.objects.filter(
        kind=LineKind.FREE,
        booking__holder=holder.pk,
        booking__space__telecentre=here["telecentre"],
        booking__space__kind=here["kind"],
        booking__period__startswith__gte=moment(start, time.min),
        booking__period__startswith__lt=moment(end, time.min),
    )
    lines = lines.exclude(booking__state__in=BookingState.given_back()).exclude(booking=besides)
    used: Counter[date] = Counter()
    periods: list[tuple[DateTimeTZRange, int]] = list(
        lines.values_list("booking__period", "quantity")
    )
    for period, quantity in periods:
        used[_month(day_of(period.lower))] += quantity
    return used


def _month(day: date) -> date:
    return day.replace(day=1)
