from datetime import date
from decimal import Decimal

import pytest
import time_machine

from telecentres.domain.statements import (
    Account,
    Entry,
    Total,
    around,
    asked_month,
    month_accounts,
    total_of,
)
from telecentres.enums import BookingState
from tests.factories import (
    BookingLineFactory,
    EnrolmentFactory,
    PackFactory,
    PaymentFactory,
    SpaceFactory,
    TelecentreFactory,
    UserFactory,
)
from tests.telecentres.march import hold, march

MARCH = date(2027, 3, 1)
QUERIES = 9
SECOND = "Poste 1, mar 2 mars 2027 09:00–12:30"


@pytest.fixture
def desk(site):
    return SpaceFactory(telecentre=site, name="Poste 1")


@pytest.fixture
def camille(db):
    return UserFactory(first_name="Camille", last_name="Roux")


def used(desk, holder, day, price="8.50", **values):
    return hold(desk, march(day, "09:00", "12:30"), holder=holder, price=price, **values)


def test_month_without_anything_is_empty(site):
    assert month_accounts(MARCH, telecentres=[site]) == []


def test_month_tells_what_was_used_bought_and_paid(site, desk, camille):
    used(desk, camille, 30)
    BookingLineFactory(of_extra=True, booking=used(desk, camille, 2, price=4))
    used(desk, camille, 3, state=BookingState.CANCELLED)
    used(desk, camille, 4, price=None)
    used(desk, camille, 5, price=0)
    PackFactory(telecentre=site, holder=camille, half_days=10, price=50, sold_on=date(2027, 3, 9))
    PackFactory(telecentre=site, holder=camille, price=0, sold_on=date(2027, 3, 9))
    paid = PaymentFactory(
        telecentre=site, holder=camille, amount=20, paid_on=date(2027, 3, 9), number=7
    )

    assert month_accounts(MARCH, telecentres=[site]) == [
        Account(
            site,
            camille,
            entries=[
                Entry(date(2027, 3, 2), f"{SECOND} – Vidéoprojecteur", Decimal(4)),
                Entry(date(2027, 3, 9), "Carnet de 10 demi-journées", Decimal(50)),
                Entry(date(2027, 3, 9), "Paiement, reçu 2027-0007", Decimal(-20), paid.pk),
                Entry(date(2027, 3, 30), "Poste 1, mar 30 mars 2027 09:00–12:30", Decimal("8.5")),
            ],
        )
    ]


def test_those_without_account_are_one_with_the_words_of_each(site, desk, camille):
    used(desk, camille, 1)
    held = used(desk, None, 8, note="Mme Dupuy")
    paid = PaymentFactory(
        telecentre=site, holder=None, booking=held, payer="P. Dupuy", amount=8, number=7
    )
    PaymentFactory(telecentre=site, holder=None, payer="Un passant", amount=3, number=8)

    [nobody] = month_accounts(MARCH, telecentres=[site], holders=[None])

    told = [each.words for each in nobody.entries]
    assert (nobody.name, nobody.holder, nobody.balance) == ("Sans compte", None, Decimal("-2.5"))
    assert told == [
        "Paiement, reçu 2027-0008 – Un passant",
        f"Paiement, reçu {paid} – P. Dupuy – {held}",
        f"Poste 1, lun 8 mars 2027 09:00–12:30 – Mme Dupuy – {held}",
    ]
    assert month_accounts(MARCH, telecentres=[site])[1:] == [nobody]
    assert len(month_accounts(MARCH, telecentres=[site], holders=[camille, None])) == 2


def test_names_are_in_the_order_in_which_one_looks_for_them(site, desk):
    for number, name in enumerate(("Zoé", "élodie", "Eva", "Édith"), 1):
        used(desk, UserFactory(first_name=name, last_name="Roux"), number)
    used(desk, None, 5)

    accounts = month_accounts(MARCH, telecentres=[site])

    assert [each.name for each in accounts] == [
        "Édith Roux", "élodie Roux", "Eva Roux", "Zoé Roux", "Sans compte",
    ]  # fmt: skip


def test_columns_add_up(site, desk, camille):
    used(desk, camille, 1, price=10)
    used(desk, None, 2, price=5)
    PaymentFactory(telecentre=site, holder=camille, amount=4, paid_on=date(2027, 2, 2))
    PaymentFactory(telecentre=site, holder=camille, amount=8)

    accounts = month_accounts(MARCH, telecentres=[site])

    assert total_of(accounts) == Total(Decimal(-4), Decimal(15), Decimal(8), Decimal(3))
    assert total_of([]) == Total(*[Decimal(0)] * 4)


def test_what_is_left_is_carried_over(site, desk, camille):
    used(desk, camille, 1, price=10)
    used(desk, camille, 2, price=10)
    PaymentFactory(telecentre=site, holder=camille, amount=15, paid_on=date(2027, 3, 2))
    PaymentFactory(telecentre=site, holder=camille, amount=30, paid_on=date(2027, 4, 2))

    before, april, may = (
        month_accounts(month, telecentres=[site], holders=[camille])
        for month in (MARCH, date(2027, 4, 1), date(2027, 5, 1))
    )

    told = [(each.before, each.due, each.paid, each.balance) for (each,) in (before, april, may)]
    assert told == [(0, 20, 15, 5), (5, 0, 30, -25), (-25, 0, 0, -25)]


def test_settled_account_is_told_no_more(site, desk, camille):
    used(desk, camille, 1, price=10)
    PaymentFactory(telecentre=site, holder=camille, amount=10, paid_on=date(2027, 3, 2))

    assert month_accounts(date(2027, 4, 1), telecentres=[site]) == []


def test_month_is_that_of_the_wall_clock(site, desk, camille):
    # Half past midnight in Paris, still March in UTC.
    hold(desk, march(31, "23:00", "23:30"), holder=camille, price=1)

    (march_account,) = month_accounts(MARCH, telecentres=[site])

    assert march_account.due == 1
    assert month_accounts(date(2027, 4, 1), telecentres=[site])[0].due == 0


def test_employer_is_that_of_the_month(site, desk, camille):
    used(desk, camille, 1)
    here = {"territory": site.territory, "user": camille, "status": "employee"}
    EnrolmentFactory(**here, employer="Mairie", left_on=date(2027, 3, 1))
    EnrolmentFactory(**here, employer="Région", enrolled_on=date(2027, 3, 1))
    EnrolmentFactory(**{**here, "user": None}, employer="Personne")
    EnrolmentFactory(user=camille, status="employee", employer="Ailleurs")

    assert month_accounts(MARCH, telecentres=[site])[0].employer == "Région"


def test_months_cost_the_same_whatever_is_in_them(site, desk, camille, django_assert_num_queries):
    other = TelecentreFactory(territory=site.territory, name="Autre lieu")
    for number in (1, 2, 3):
        holder = UserFactory()
        used(desk, holder, number)
        PaymentFactory(telecentre=other, holder=holder)
        with django_assert_num_queries(QUERIES):
            assert len(month_accounts(MARCH, telecentres=[site, other])) == 2 * number


@time_machine.travel("2027-06-15T10:00Z")
@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2027-03", MARCH),
        ("", date(2027, 6, 1)),
        ("2027-13", date(2027, 6, 1)),
        ("0001-01", date(2027, 6, 1)),
        ("2000-01", date(2027, 6, 1)),
        ("9999-12", date(2027, 6, 1)),
        ("mars", date(2027, 6, 1)),
    ],
)
def test_month_of_an_address(text, month):
    assert asked_month(text) == month


def test_month_has_neighbours_over_the_year():
    assert around(date(2027, 1, 1)) == {
        "month": date(2027, 1, 1),
        "earlier": date(2026, 12, 1),
        "later": date(2027, 2, 1),
    }
