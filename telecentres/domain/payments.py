"""Write down what was paid on site, and number its receipt."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Sum

from comptes.models import User
from telecentres.domain.statements import NOTHING
from telecentres.enums import BookingState, PaymentMeans
from telecentres.models import Booking, Payment, Telecentre


def record_payment(
    *,
    telecentre: Telecentre,
    payer: str,
    amount: Decimal,
    means: PaymentMeans,
    paid_on: date,
    author: User,
    holder: User | None = None,
    booking: Booking | None = None,
) -> Payment:
    """`amount` in euros; less than nothing for money that is given back. `booking`: what it is
    for, where no account keeps count of it.

    Receipts of a place are numbered from 1 each year, without a gap: one at a time is written.
    """
    with transaction.atomic():
        Telecentre.objects.select_for_update(of=("self",), no_key=True).get(pk=telecentre.pk)
        before = Payment.objects.filter(telecentre=telecentre, year=paid_on.year)
        last: int | None = before.aggregate(last=Max("number"))["last"]
        return Payment.objects.create(
            telecentre=telecentre,
            holder=holder,
            booking=booking,
            payer=payer,
            amount=amount,
            means=means,
            paid_on=paid_on,
            year=paid_on.year,
            number=(last or 0) + 1,
            author=author,
        )


def left_to_pay(booking: Booking) -> Decimal:
    """For a booking that is on nobody's account; nothing once it was given back."""
    if booking.holder_id is not None or booking.state in BookingState.given_back():
        return NOTHING
    paid: Decimal | None = booking.payments.aggregate(paid=Sum("amount"))["paid"]
    return (booking.price or NOTHING) - (paid or NOTHING)
