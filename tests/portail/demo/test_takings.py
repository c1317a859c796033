from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from types import SimpleNamespace

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from portail.demo import takings
from portail.demo.diary import WALKED_IN
from portail.demo.takings import payments_of, statements_of
from telecentres.domain.payments import record_payment
from telecentres.enums import PaymentMeans, SpaceKind
from telecentres.models import Payment, UseStatement
from tests.factories import BookingFactory, PackFactory, TelecentreFactory, UserFactory

JANUARY, FEBRUARY, MARCH = (date(2027, month, 1) for month in (1, 2, 3))
TODAY = date(2027, 3, 30)


@pytest.fixture
def counter(db):
    return UserFactory()


@pytest.fixture
def ana(db):
    return UserFactory(first_name="Ana", last_name="Roux")


@pytest.fixture
def diary(territory, ana):
    """What `payments_of` reads of one: Ana owes three months, a stranger came in February."""
    hour = DateTimeTZRange(datetime(2027, 2, 1, 8, tzinfo=UTC), datetime(2027, 2, 1, 9, tzinfo=UTC))
    due = {(ana, JANUARY): Decimal(10), (ana, FEBRUARY): Decimal(7), (ana, MARCH): Decimal(3)}
    place = TelecentreFactory(territory=territory)
    stranger = BookingFactory(
        space__telecentre=place, holder=None, price=Decimal(5), period=hour, occupied=hour
    )
    return SimpleNamespace(
        place=place,
        due=defaultdict(Decimal, due),
        bookings=[stranger],
    )


@pytest.fixture
def in_time(monkeypatch):
    monkeypatch.setattr(takings, "PAYS_IN_TIME", 1)


def written(payments: list[Payment]) -> list[tuple[int, int, str, int]]:
    return [
        (row.number, row.paid_on.month, row.payer, int(row.amount))
        for row in Payment.objects.bulk_create(payments)
    ]


def test_payments_settle_a_month_in_the_next_or_with_the_one_after(diary, counter, monkeypatch):
    monkeypatch.setattr(takings, "PAYS_IN_TIME", 0.5)
    seen = set()
    for seed in range(20):
        payments = payments_of(diary, Random(seed), counter, TODAY)
        seen.add(tuple((row.paid_on.month, int(row.amount)) for row in payments if row.holder))

    # In time, always or once; with the month after; not yet.
    assert seen == {((2, 10), (3, 7)), ((2, 10),), ((3, 17),), ()}


@pytest.mark.usefixtures("in_time")
def test_payments_settle_a_pack_with_the_month_of_its_sale(diary, counter, ana):
    PackFactory(telecentre=diary.place, holder=ana, price=50, sold_on=date(2027, 1, 9))

    paid = written(payments_of(diary, Random(9), counter, TODAY))

    assert paid == [(1, 2, WALKED_IN, 5), (2, 2, "Ana Roux", 60), (3, 3, "Ana Roux", 7)]
    # The accounts of the diary are its own.
    assert diary.due[ana, JANUARY] == 10


@pytest.mark.usefixtures("in_time")
def test_payments_are_numbered_as_the_next_ones_will_be(diary, counter):
    written(payments_of(diary, Random(9), counter, TODAY))

    following = record_payment(
        telecentre=diary.place,
        payer="Ana Roux",
        amount=Decimal(3),
        means=PaymentMeans.CASH,
        paid_on=TODAY,
        author=counter,
    )

    assert str(following) == "2027-0004"


def test_statements_are_about_what_is_usual_and_less_in_summer(territory, counter):
    place = TelecentreFactory(territory=territory)
    stated = {"kind": SpaceKind.DESK, "half_days": 100, "people": 40, "note": "Cahier"}
    months = [date(2026, month, 1) for month in (6, 8)]

    rows = statements_of(place, stated, months, Random(9), counter)

    assert len(UseStatement.objects.bulk_create(rows)) == 2
    june, august = rows
    assert 75 <= june.half_days <= 125
    assert 37 <= august.half_days <= 63
    assert (june.kind, june.note, june.stated_by) == ("desk", "Cahier", counter)
