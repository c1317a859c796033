from datetime import time

import pytest
from django.core.exceptions import ValidationError

from telecentres.domain.errors import HoursOverlap
from telecentres.domain.opening_hours import OpenRange, set_opening_hours
from telecentres.enums import Weekday
from tests.factories.telecentres import OpeningHoursFactory, TelecentreFactory

MORNING = OpenRange(Weekday.MONDAY, time(9), time(12, 30))
AFTERNOON = OpenRange(Weekday.MONDAY, time(13, 30), time(18))


def week(telecentre) -> list[tuple[int, time, time]]:
    return list(telecentre.opening_hours.values_list("weekday", "opens_at", "closes_at"))


def test_set_opening_hours_replaces_the_week(territory):
    site = TelecentreFactory(territory=territory)
    OpeningHoursFactory(telecentre=site, weekday=Weekday.FRIDAY)
    other = OpeningHoursFactory(telecentre__territory=territory)

    set_opening_hours(telecentre=site, ranges=[AFTERNOON, MORNING])

    assert week(site) == [(1, time(9), time(12, 30)), (1, time(13, 30), time(18))]
    assert week(other.telecentre) == [(1, time(9), time(12, 30))]


def test_set_opening_hours_that_touch_are_two_ranges(territory):
    site = TelecentreFactory(territory=territory)

    set_opening_hours(
        telecentre=site, ranges=[MORNING, OpenRange(Weekday.MONDAY, time(12, 30), time(14))]
    )

    assert len(week(site)) == 2


@pytest.mark.parametrize(
    ("ranges", "refusal"),
    [
        ([MORNING, OpenRange(Weekday.MONDAY, time(12), time(14))], HoursOverlap),
        ([OpenRange(Weekday.TUESDAY, time(18), time(9))], ValidationError),
    ],
    ids=["overlap", "backwards"],
)
def test_set_opening_hours_refused_keeps_the_old_week(territory, ranges, refusal):
    site = TelecentreFactory(territory=territory)
    set_opening_hours(telecentre=site, ranges=[MORNING])

    with pytest.raises(refusal):
        set_opening_hours(telecentre=site, ranges=ranges)

    assert week(site) == [(1, time(9), time(12, 30))]
