from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta

from comptes.models import User
from portail.demo.loading import MEMBERS_PLACE
from portail.demo.setting import Setting, Stage
from portail.demo.year import MONTHS, People, live_a_year
from telecentres.domain.calendar import day_of
from telecentres.enums import SpaceKind
from telecentres.models import Booking, ExceptionalHours, Payment, Telecentre, UseStatement
from tests.factories import (
    OpeningHoursFactory,
    SpaceFactory,
    TariffFactory,
    TelecentreFactory,
    UserFactory,
)


@pytest.fixture
def place(territory):
    place = TelecentreFactory(territory=territory, takes_bookings=True)
    for weekday in range(1, 6):
        OpeningHoursFactory(telecentre=place, weekday=weekday)
    SpaceFactory.create_batch(2, telecentre=place)
    SpaceFactory(telecentre=place, name="Bureau", kind=SpaceKind.OFFICE)
    TariffFactory(telecentre=place, price=Decimal(6))
    return place


def lived(place: Telecentre, today: date, seed: int = 9) -> list[tuple[object, ...]]:
    """The year as rows, taken away again."""
    setting = Setting(Stage.TODAY, today, seed)
    live_a_year("ariege", {MEMBERS_PLACE: place}, People(UserFactory()), setting)
    rows = list(
        Booking.objects.order_by("pk").values_list(
            "space__name", "holder__email", "period", "state", "price", "booked_at"
        )
    )
    for model in (Payment, Booking, UseStatement, ExceptionalHours, User):
        model.objects.all().delete()
    return rows


def test_year_is_the_same_for_the_same_day_and_seed(place):
    today = date(2027, 3, 17)
    year = lived(place, today)

    assert len(year) > 100
    assert lived(place, today) == year
    assert lived(place, today, seed=10) != year


@pytest.mark.parametrize(
    "today", [date(2028, 2, 29), date(2027, 1, 1), date(2026, 12, 31), date(2027, 8, 15)]
)
def test_year_may_end_on_any_day(place, today):
    year = lived(place, today)

    first = min(day_of(period.lower) for _name, _holder, period, *_rest in year)
    assert first >= today.replace(day=1) - relativedelta(months=MONTHS)
    assert all(day_of(row[-1]) < today for row in year)
    # Let by the month nowhere, the office is used by the day.
    assert {name for name, *_rest in year} >= {"Bureau"}
