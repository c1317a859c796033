from datetime import date, timedelta
from decimal import Decimal

import pytest

from telecentres.domain.prices import Line, PaidAhead, Quote
from telecentres.domain.purse import Purse, read_purse
from telecentres.enums import BookingState, BookingUnit, LineKind, SpaceKind
from tests.factories import (
    BookingLineFactory,
    FreeAllowanceFactory,
    PackFactory,
    RightsGroupFactory,
    RightsMemberFactory,
    SpaceFactory,
    TariffFactory,
    UserFactory,
)
from tests.telecentres.march import hold, march

HALF = BookingUnit.HALF_DAY
FIRST, LAST = date(2027, 3, 1), date(2027, 4, 30)
LATER = date(2027, 4, 5)
PURSE_QUERIES = 4


@pytest.fixture
def camille(db):
    return UserFactory()


def read(site, holder, first=FIRST, last=LAST, **values) -> Purse:
    return read_purse(
        telecentre=site, kind=SpaceKind.DESK, holder=holder, first=first, last=last, **values
    )


def test_prices_follow_the_days_of_ones_groups(site, camille):
    TariffFactory(telecentre=site, price=8)
    group, other = RightsGroupFactory.create_batch(2)
    TariffFactory(telecentre=site, price=5, group=group)
    TariffFactory(telecentre=site, price=2, group=other)
    for first, last in ((date(2026, 1, 1), FIRST), (date(2027, 4, 1), None)):
        RightsMemberFactory(group=group, user=camille, starts_on=first, ends_on=last)
    RightsMemberFactory(group=other, user=camille, starts_on=LAST + timedelta(days=1))
    RightsMemberFactory(group=other, user=camille, ends_on=FIRST - timedelta(days=1))
    RightsMemberFactory(group=other)

    purse = read(site, camille)

    assert [purse.on(day).prices for day in (FIRST, date(2027, 3, 2), LATER)] == [
        {HALF: Decimal(5)},
        {HALF: Decimal(8)},
        {HALF: Decimal(5)},
    ]


def test_half_days_offered_are_counted_month_by_month(site, camille):
    FreeAllowanceFactory(telecentre=site, half_days=2)
    desk = SpaceFactory(telecentre=site)
    for slot, state in (
        (march(2, "09:00", "12:00"), BookingState.CONFIRMED),
        (march(3, "09:00", "12:00"), BookingState.CANCELLED),
    ):
        BookingLineFactory(
            booking=hold(desk, slot, holder=camille, state=state), kind="free", unit_price=0
        )

    purse = read(site, camille)

    assert [purse.on(day).offered for day in (FIRST, LATER)] == [1, 2]


def test_packs_pay_until_they_end(site, camille):
    lasting = PackFactory(telecentre=site, holder=camille, half_days=3)
    short = PackFactory(telecentre=site, holder=camille, half_days=1, expires_on=FIRST)
    PackFactory(telecentre=site, holder=camille, expires_on=FIRST - timedelta(days=1))
    PackFactory(telecentre=site)

    purse = read(site, camille)

    assert purse.on(FIRST).packs == [PaidAhead(short.pk, 1), PaidAhead(lasting.pk, 3)]
    assert purse.on(LATER).packs == [PaidAhead(lasting.pk, 3)]


def test_what_is_spent_is_left_to_no_other_booking(site, camille):
    FreeAllowanceFactory(telecentre=site, half_days=2)
    pack = PackFactory(telecentre=site, holder=camille, half_days=3)
    PackFactory(telecentre=site, holder=camille, half_days=1)
    purse = read(site, camille)
    tried = purse.copy()

    tried.spend(
        Quote(
            (
                Line(LineKind.FREE, HALF, 1),
                Line(LineKind.PACK, HALF, 2, pack_id=pack.pk),
                Line(LineKind.PRICE, HALF, 1, Decimal(8)),
            )
        ),
        FIRST,
    )

    assert (tried.on(FIRST).offered, tried.on(LATER).offered) == (1, 2)
    assert [each.left for each in tried.on(FIRST).packs] == [1, 1]
    assert (purse.on(FIRST).offered, [each.left for each in purse.on(FIRST).packs]) == (2, [3, 1])


def test_purse_without_account_holds_the_prices_of_everyone(site, django_assert_num_queries):
    TariffFactory(telecentre=site, price=8)
    TariffFactory(telecentre=site, price=5, group=RightsMemberFactory().group)
    FreeAllowanceFactory(telecentre=site)

    with django_assert_num_queries(1):
        purse = read(site, None)

    assert (purse.on(FIRST).prices, purse.on(FIRST).offered) == ({HALF: Decimal(8)}, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_purse_costs_the_same_for_one_pack_and_three(
    site, camille, django_assert_num_queries, number
):
    FreeAllowanceFactory(telecentre=site)
    PackFactory.create_batch(number, telecentre=site, holder=camille)

    with django_assert_num_queries(PURSE_QUERIES):
        purse = read(site, camille)

    assert (len(purse.packs), purse.is_empty) == (number, False)


def test_purse_of_a_place_that_writes_no_price_is_empty(site, camille):
    assert read(site, camille).is_empty
