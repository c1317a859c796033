from telecentres.domain.price_list import PriceRow, price_list
from telecentres.enums import BookingUnit, SpaceKind
from tests.factories import (
    FreeAllowanceFactory,
    RightsGroupFactory,
    TariffFactory,
    TelecentreFactory,
)

QUERIES = 2


def test_place_without_prices_has_no_table(db):
    assert price_list(TelecentreFactory()).rows == []


def test_prices_by_kind_everyone_before_groups(db, django_assert_num_queries):
    place, group = TelecentreFactory(), RightsGroupFactory(name="Nouveaux arrivants")
    TariffFactory(telecentre=place, unit=BookingUnit.DAY, price=14)
    TariffFactory(telecentre=place, price=8)
    TariffFactory(telecentre=place, price=4, group=group)
    TariffFactory(telecentre=place, kind=SpaceKind.OFFICE, unit=BookingUnit.MONTH, price=180)
    FreeAllowanceFactory(telecentre=place, kind=SpaceKind.MEETING_ROOM, half_days=2)
    TariffFactory()

    with django_assert_num_queries(QUERIES):
        prices = price_list(place)

    assert prices.rows == [
        PriceRow(SpaceKind.OFFICE, "", {BookingUnit.MONTH: 180}),
        PriceRow(SpaceKind.DESK, "", {BookingUnit.HALF_DAY: 8, BookingUnit.DAY: 14}),
        PriceRow(SpaceKind.DESK, "Nouveaux arrivants", {BookingUnit.HALF_DAY: 4}),
        PriceRow(SpaceKind.MEETING_ROOM, "", offered=2),
    ]
    assert prices.units == [BookingUnit.HALF_DAY, BookingUnit.DAY, BookingUnit.MONTH]
    assert [[cell for _unit, cell in cells] for _row, cells in prices.lines] == [
        [None, None, 180],
        [8, 14, None],
        [4, None, None],
        [None, None, None],
    ]
    assert [unit for unit, _cell in prices.lines[0][1]] == prices.units
