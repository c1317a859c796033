"""What a booking costs, line by line: computed from what was read, without a query."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal

from dateutil.relativedelta import relativedelta
from django.utils.translation import ngettext

from telecentres.domain.stints import Stint, hours
from telecentres.enums import BookingUnit, LineKind
from telecentres.models import BookingLine
from telecentres.models.payment import vat_within

SPANS = {
    BookingUnit.MONTH: relativedelta(months=1),
    BookingUnit.WEEK: relativedelta(weeks=1),
    BookingUnit.DAY: relativedelta(days=1),
}

Prices = Mapping[BookingUnit, Decimal]


@dataclass(frozen=True)
class Line:
    """So many lengths of time, at a price each, in euros; nothing where it was paid ahead.

    Or so many of an extra: it has no unit, a key and a label.
    """

    kind: LineKind
    unit: BookingUnit | Literal[""]
    quantity: int
    unit_price: Decimal = Decimal(0)
    # The key of the pack that pays.
    pack_id: int | None = None
    extra_id: int | None = None
    label: str = ""

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.unit_price

    @property
    def words(self) -> str:
        """What it is, for whoever pays."""
        if self.kind == LineKind.FREE:
            return (
                ngettext(
                    "%d demi-journée offerte ce mois-ci",
                    "%d demi-journées offertes ce mois-ci",
                    self.quantity,
                )
                % self.quantity
            )
        if self.kind == LineKind.PACK:
            return (
                ngettext(
                    "%d demi-journée de votre carnet",
                    "%d demi-journées de votre carnet",
                    self.quantity,
                )
                % self.quantity
            )
        if not self.unit:
            return f"{self.quantity} × {self.label}" if self.quantity > 1 else self.label
        return _lengths(self.unit, self.quantity)


def line_of(row: BookingLine) -> Line:
    """What was written down of a booking, whichever of its packs paid."""
    return Line(
        LineKind(row.kind),
        BookingUnit(row.unit) if row.unit else "",
        row.quantity,
        row.unit_price,
        extra_id=row.extra_id,
        label=row.label,
    )


@dataclass(frozen=True)
class Quote:
    """The price of one booking and how it is made; in euros, VAT included."""

    lines: tuple[Line, ...]
    vat_rate: Decimal | None = None

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def vat(self) -> Decimal:
        """The VAT within the total, to the cent."""
        return vat_within(self.total, self.vat_rate)

    @property
    def is_without_space(self) -> bool:
        """Whether nothing says what the space itself costs."""
        return {line.kind for line in self.lines} == {LineKind.EXTRA}


@dataclass(frozen=True)
class PaidAhead:
    """A pack that may pay, and the half-days left in it."""

    key: int
    left: int


@dataclass(frozen=True)
class Means:
    """What one person may use for one kind of space: prices, offered half-days, packs in order."""

    prices: Prices
    offered: int = 0
    packs: Sequence[PaidAhead] = ()
    vat_rate: Decimal | None = None


def compose_quote(stints: Sequence[Stint], means: Means) -> Quote | None:
    """First what is offered this month, then the packs, then the tariffs, the cheapest way.

    None when a part of it has no price: the place tells.
    """
    lines = list(_without_paying(len(stints), means))
    rest = stints[sum(line.quantity for line in lines) :]
    if rest and not means.prices:
        return None
    return Quote((*lines, *_cheapest(rest, means.prices)), means.vat_rate)


def add_up(quotes: Iterable[Quote | None]) -> Quote | None:
    """One price of several bookings, line by line; None when that of one of them is not known."""
    quantities: Counter[Line] = Counter()
    vat_rate = None
    for quote in quotes:
        if quote is None:
            return None
        vat_rate = quote.vat_rate
        for line in quote.lines:
            quantities[replace(line, quantity=1)] += line.quantity
    lines = (replace(line, quantity=quantity) for line, quantity in quantities.items())
    return Quote(tuple(lines), vat_rate)


def _without_paying(count: int, means: Means) -> Iterator[Line]:
    offered = [(LineKind.FREE, means.offered, None)]
    paid_ahead = [(LineKind.PACK, pack.left, pack.key) for pack in means.packs]
    for kind, left, key in (*offered, *paid_ahead):
        if quantity := min(count, left):
            yield Line(kind, BookingUnit.HALF_DAY, quantity, pack_id=key)
            count -= quantity


def _lengths(unit: BookingUnit, count: int) -> str:
    words = {
        BookingUnit.HOUR: ngettext("%d heure", "%d heures", count),
        BookingUnit.HALF_DAY: ngettext("%d demi-journée", "%d demi-journées", count),
        BookingUnit.DAY: ngettext("%d journée", "%d journées", count),
        BookingUnit.WEEK: ngettext("%d semaine", "%d semaines", count),
        BookingUnit.MONTH: ngettext("%d mois", "%d mois", count),
    }
    return words[unit] % count


def _cheapest(stints: Sequence[Stint], prices: Prices) -> list[Line]:
    """The units whose sum is the least.

    A week and a month begin on any day; a unit is paid whole, even if a part of it is used.
    """
    days = [(day, list(some)) for day, some in groupby(stints, key=lambda stint: stint.day)]
    # By the rank of a day: what it costs from there to the end, and in which units.
    best: dict[int, tuple[Decimal, Counter[BookingUnit]]] = {len(days): (Decimal(0), Counter())}
    for rank in reversed(range(len(days))):
        bills = (
            (prices[unit] * count + best[after][0], best[after][1] + Counter({unit: count}))
            for unit, count, after in _ways(days, rank)
            if unit in prices
        )
        best[rank] = min(bills, key=lambda bill: bill[0])
    units = best[0][1]
    return [
        Line(LineKind.PRICE, unit, units[unit], prices[unit]) for unit in BookingUnit if units[unit]
    ]


def _ways(
    days: Sequence[tuple[date, list[Stint]]], rank: int
) -> Iterator[tuple[BookingUnit, int, int]]:
    """What may pay for a day: a unit, how many, and the rank of the first day that it leaves.

    The longest first: of two ways that cost the same, the one with the fewest lines.
    """
    day, stints = days[rank]
    for unit, span in SPANS.items():
        yield unit, 1, bisect_left(days, day + span, key=lambda each: each[0])
    yield BookingUnit.HALF_DAY, len(stints), rank + 1
    yield BookingUnit.HOUR, hours(stints), rank + 1
