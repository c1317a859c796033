from datetime import date
from decimal import Decimal

import pytest

from telecentres.domain.payments import left_to_pay, record_payment
from telecentres.enums import PaymentMeans
from telecentres.models import Payment
from tests.factories import BookingFactory, PaymentFactory, TelecentreFactory, UserFactory
from tests.telecentres.crowd import all_at_once


def pay(place, day=date(2027, 3, 5), amount="8.50", **values) -> Payment:
    return record_payment(
        telecentre=place, payer="Camille Roux", amount=Decimal(amount), means=PaymentMeans.CASH,
        paid_on=day, author=UserFactory(), **values,
    )  # fmt: skip


def test_receipts_are_numbered_by_place_and_year(db):
    place = TelecentreFactory()
    PaymentFactory(number=40)

    receipts = [
        pay(place), pay(place, date(2026, 12, 31)), pay(place, amount="-8.50"),
        pay(TelecentreFactory()),
    ]  # fmt: skip

    assert [str(receipt) for receipt in receipts] == [
        "2027-0001", "2026-0001", "2027-0002", "2027-0001",
    ]  # fmt: skip


def test_payment_says_who_paid_what(db):
    place, holder = TelecentreFactory(), UserFactory()

    payment = pay(place, holder=holder)

    payment = Payment.objects.get(pk=payment.pk)
    assert (payment.holder, payment.payer, payment.amount) == (
        holder,
        "Camille Roux",
        Decimal("8.50"),
    )


def test_booking_of_nobody_is_paid_little_by_little(db):
    booking = BookingFactory(holder=None, price=12)
    assert left_to_pay(booking) == 12

    for amount, left in (("5", 7), ("7", 0), ("-2", 2)):
        payment = pay(booking.space.telecentre, amount=amount, booking=booking)
        assert (payment.booking, left_to_pay(booking)) == (booking, left)


@pytest.mark.parametrize(
    "values", [{"price": 12}, {"holder": None}, {"holder": None, "price": 12, "state": "cancelled"}]
)
def test_nothing_is_left_to_pay_of_what_an_account_counts_or_is_given_back(db, values):
    assert left_to_pay(BookingFactory(**values)) == 0


@pytest.mark.django_db(transaction=True)
def test_crowd_at_the_counter_leaves_no_gap():
    place = TelecentreFactory()

    receipts = all_at_once([lambda: pay(place)] * 8)

    assert sorted(receipt.number for receipt in receipts) == list(range(1, 9))
