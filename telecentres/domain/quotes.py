"""What someone would pay for a slot; and, once it is booked, what is written of it."""

from dataclasses import asdict
from datetime import date, time
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, Max, Sum

from comptes.models import User
from telecentres.domain.calendar import Slot, day_of, moment
from telecentres.domain.errors import PriceChanged
from telecentres.domain.open_days import opening_of
from telecentres.domain.prices import Line, Means, PaidAhead, Quote, compose_quote
from telecentres.domain.stints import stints_of
from telecentres.enums import BookingState, BookingUnit, LineKind, SpaceKind
from telecentres.models import Booking, BookingLine, FreeAllowance, Pack, Tariff, Telecentre
from territoires.scoping import Anyone


def quote(
    *,
    telecentre: Telecentre,
    kind: SpaceKind,
    slot: Slot,
    holder: Anyone | None,
    besides: Booking | None = None,
) -> Quote | None:
    """The price of a slot as things are, explained; None where the place writes none down.

    Without account, what everyone pays. `besides`: a booking whose own half-days are free again.
    """
    day = day_of(slot.start)
    means = _means(telecentre, kind, holder, day, besides)
    if not (means.prices or means.offered or means.packs):
        return None
    return compose_quote(stints_of(opening_of(telecentre, day, day_of(slot.end)), slot), means)


def quote_of(booking: Booking) -> Quote | None:
    """What a booking would cost if it were taken now."""
    return quote(
        telecentre=booking.space.telecentre,
        kind=SpaceKind(booking.space.kind),
        slot=Slot.of(booking.period),
        holder=booking.holder,
        besides=booking,
    )


def lock_means(telecentre: Telecentre, holder: User | None) -> None:
    """Let no other booking of the same account use what is offered or paid ahead meanwhile.

    Before anything else is locked, or written.
    """
    if holder is None:
        return
    offers = FreeAllowance.objects.filter(telecentre=telecentre)
    packs = Pack.objects.filter(telecentre=telecentre, holder=holder)
    rows = User.objects.filter(Exists(offers) | Exists(packs), pk=holder.pk)
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def charge(booking: Booking, agreed: Decimal | None = None) -> None:
    """Write down what the booking costs, for good; in the transaction that takes or moves it.

    `agreed` is the total that its holder was shown. Raises PriceChanged when it is another now.
    """
    found = quote_of(booking)
    total = found.total if found else None
    if agreed is not None and agreed != total:
        raise PriceChanged
    if total == booking.price is None:
        return
    booking.lines.all().delete()
    if found:
        lines = (BookingLine(booking=booking, **asdict(line)) for line in found.lines)
        BookingLine.objects.bulk_create(lines)
    booking.price, booking.vat_rate = total, found.vat_rate if found else None
    booking.save(update_fields=["price", "vat_rate"])


def agreed_quote(booking: Booking) -> Quote | None:
    """What was written down when it was taken; None where nothing said what it costs."""
    if booking.price is None:
        return None
    lines = (
        Line(LineKind(line.kind), BookingUnit(line.unit), line.quantity, line.unit_price)
        for line in booking.lines.all()
    )
    return Quote(tuple(lines), booking.vat_rate)


def _means(
    telecentre: Telecentre,
    kind: SpaceKind,
    holder: Anyone | None,
    day: date,
    besides: Booking | None,
) -> Means:
    here = {"telecentre": telecentre, "kind": kind}
    tariffs = Tariff.objects.filter(**here).for_holder(holder, day)
    # Whoever has several pays the least: the last one read.
    rows = tariffs.order_by("-price").values_list("unit", "price")
    prices = {BookingUnit(unit): price for unit, price in rows}
    if holder is None or not holder.pk:
        return Means(prices, vat_rate=telecentre.vat_rate)
    packs = Pack.objects.filter(**here, holder=holder.pk).valid_on(day).to_use(besides)
    return Means(
        prices,
        offered=_left_this_month(here, holder, day, besides),
        packs=[PaidAhead(key, left) for key, left in packs],
        vat_rate=telecentre.vat_rate,
    )


def _left_this_month(
    here: dict[str, Any], holder: Anyone, day: date, besides: Booking | None
) -> int:
    """Half-days still offered in the month of `day`: a booking counts where it begins."""
    allowances = FreeAllowance.objects.filter(**here).for_holder(holder, day)
    offered: int | None = allowances.aggregate(most=Max("half_days"))["most"]
    if not offered:
        return 0
    first = day.replace(day=1)
    month = (moment(first, time.min), moment(first + relativedelta(months=1), time.min))
    used = BookingLine.objects.filter(
        kind=LineKind.FREE,
        booking__holder=holder.pk,
        booking__space__telecentre=here["telecentre"],
        booking__space__kind=here["kind"],
        booking__period__startswith__gte=month[0],
        booking__period__startswith__lt=month[1],
    )
    used = used.exclude(booking__state__in=BookingState.given_back()).exclude(booking=besides)
    return max(0, offered - (used.aggregate(sum=Sum("quantity"))["sum"] or 0))
