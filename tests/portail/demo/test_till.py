from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portail.demo.till import Till
from telecentres.domain.calendar import Slot
from telecentres.domain.open_days import opening_of
from telecentres.domain.prices import Line
from telecentres.domain.quotes import quote
from telecentres.enums import BookingUnit, LineKind, SpaceKind
from tests.factories import (
    FreeAllowanceFactory,
    OpeningHoursFactory,
    PackFactory,
    RightsGroupFactory,
    RightsMemberFactory,
    TariffFactory,
    TelecentreFactory,
    UserFactory,
)

DESK, HALF = SpaceKind.DESK, BookingUnit.HALF_DAY
# A Monday, from 9 to 12:30 in Paris.
MORNING = Slot(datetime(2027, 3, 1, 8, tzinfo=UTC), datetime(2027, 3, 1, 11, 30, tzinfo=UTC))
LATER = Slot(datetime(2027, 3, 8, 8, tzinfo=UTC), datetime(2027, 3, 8, 11, 30, tzinfo=UTC))
BOOKED = date(2027, 2, 20)
FREE, FULL = Line(LineKind.FREE, HALF, 1), Line(LineKind.PRICE, HALF, 1, Decimal(6))
REDUCED = Line(LineKind.PRICE, HALF, 1, Decimal(3))


@pytest.fixture
def place(territory):
    place = TelecentreFactory(territory=territory, vat_rate=Decimal(20))
    OpeningHoursFactory(telecentre=place)
    TariffFactory(telecentre=place, price=Decimal(6))
    return place


@pytest.fixture
def newcomer(place):
    group = RightsGroupFactory(territory=place.territory)
    TariffFactory(telecentre=place, price=Decimal(3), group=group)
    FreeAllowanceFactory(telecentre=place, group=group, half_days=1)
    return RightsMemberFactory(group=group, ends_on=date(2027, 3, 31)).user


def till_of(place) -> Till:
    return Till(place, opening_of(place, date(2027, 2, 1), date(2027, 4, 30)))


def test_till_asks_what_the_domain_asks(place, newcomer):
    till = till_of(place)

    for holder in (None, UserFactory(), newcomer):
        for slot in (MORNING, LATER):
            asked = quote(telecentre=place, kind=DESK, slot=slot, holder=holder)
            assert till.quote(holder, DESK, slot, BOOKED) == asked
            assert asked.vat_rate == 20


def test_till_gives_what_is_offered_once_a_month_and_only_to_members(place, newcomer):
    till, lines = till_of(place), []
    april = Slot(*(at.replace(month=4, day=5) for at in (MORNING.start, MORNING.end)))

    for slot in (MORNING, LATER, april):
        found = till.quote(newcomer, DESK, slot, BOOKED)
        till.use(newcomer, DESK, slot, found)
        lines += found.lines

    # In April they are members no more.
    assert lines == [FREE, REDUCED, FULL]


def test_till_takes_from_a_pack_once_it_is_sold_until_it_is_empty(place):
    pack = PackFactory(telecentre=place, half_days=1, sold_on=BOOKED)
    till, lines = till_of(place), []

    for slot, on in ((MORNING, date(2027, 2, 19)), (MORNING, BOOKED), (LATER, BOOKED)):
        found = till.quote(pack.holder, DESK, slot, on)
        till.use(pack.holder, DESK, slot, found)
        lines += found.lines

    assert lines == [FULL, Line(LineKind.PACK, HALF, 1, pack_id=pack.pk), FULL]


def test_till_says_no_price_where_the_place_writes_none_down(place):
    till = till_of(place)
    found = till.quote(None, SpaceKind.WORKSHOP, MORNING, BOOKED)
    till.use(None, SpaceKind.WORKSHOP, MORNING, found)

    assert found is None
