"""What someone would pay for a slot; and, once it is booked, what is written of it."""

from dataclasses import asdict
from decimal import Decimal

from django.db import connection

from comptes.models import User
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.errors import PriceChanged
from telecentres.domain.open_days import opening_of
from telecentres.domain.prices import Line, Quote, compose_quote, line_of
from telecentres.domain.purse import read_purse
from telecentres.domain.stints import stints_of
from telecentres.enums import SpaceKind
from telecentres.models import Booking, BookingLine, Telecentre
from territoires.scoping import Anyone

# As text: each attempt at a place that everyone wants asks it, and the ORM took a third of it.
_LOCK_MEANS = """
SELECT FROM comptes_user AS holder
WHERE holder.id = %(holder)s AND (
    EXISTS (SELECT FROM telecentres_freeallowance WHERE telecentre_id = %(place)s)
    OR EXISTS (
        SELECT FROM telecentres_pack
        WHERE telecentre_id = %(place)s AND holder_id = %(holder)s
    )
)
FOR NO KEY UPDATE OF holder
"""


def quote(
    *,
    telecentre: Telecentre,
    kind: SpaceKind,
    slot: Slot,
    holder: Anyone | None,
    besides: Booking | None = None,
    extras: tuple[Line, ...] = (),
) -> Quote | None:
    """The price of a slot as things are, explained; None where the place writes none down.

    Without account, what everyone pays. `besides`: a booking whose own half-days are free again.
    `extras`: what is taken with the space, counted even where nothing says what the space costs.
    """
    found = _quote_of_space(telecentre, kind, slot, holder, besides)
    if not extras:
        return found
    return Quote((*(found.lines if found else ()), *extras), telecentre.vat_rate)


def _quote_of_space(
    telecentre: Telecentre,
    kind: SpaceKind,
    slot: Slot,
    holder: Anyone | None,
    besides: Booking | None,
) -> Quote | None:
    day = day_of(slot.start)
    purse = read_purse(
        telecentre=telecentre, kind=kind, holder=holder, first=day, last=day, besides=besides
    )
    if purse.is_empty:
        return None
    opening = opening_of(telecentre, day, day_of(slot.end))
    return compose_quote(stints_of(opening, slot), purse.on(day))


def quote_of(booking: Booking, extras: tuple[Line, ...] = ()) -> Quote | None:
    """What a booking would cost if it were taken now, with `extras`."""
    return quote(
        telecentre=booking.space.telecentre,
        kind=SpaceKind(booking.space.kind),
        slot=Slot.of(booking.period),
        holder=booking.holder,
        besides=booking,
        extras=extras,
    )


def lock_means(telecentre: Telecentre, holder: User | None) -> None:
    """Let no other booking of the same account use what is offered or paid ahead meanwhile.

    Before anything else is locked, or written.
    """
    if holder is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_MEANS, {"holder": holder.pk, "place": telecentre.pk})


def charge(booking: Booking, agreed: Decimal | None = None, extras: tuple[Line, ...] = ()) -> None:
    """Write down what the booking costs, for good; in the transaction that takes or moves it.

    `extras`: all that it holds beside its space, what it held before included. `agreed` is the
    total that its holder was shown. Raises PriceChanged when it is another now.
    """
    found = quote_of(booking, extras)
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
    return Quote(tuple(line_of(row) for row in booking.lines.all()), booking.vat_rate)
