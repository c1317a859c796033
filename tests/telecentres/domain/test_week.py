from datetime import time

from telecentres.domain.week import opening_week
from telecentres.enums import Weekday
from tests.factories import OpeningHoursFactory, TelecentreFactory


def test_opening_week_says_the_closed_days(territory):
    place = TelecentreFactory(territory=territory)
    OpeningHoursFactory(
        telecentre=place, weekday=Weekday.MONDAY, opens_at=time(14), closes_at=time(18)
    )
    OpeningHoursFactory(telecentre=place, weekday=Weekday.MONDAY)
    OpeningHoursFactory(telecentre=place, weekday=Weekday.FRIDAY)

    week = opening_week(place)

    assert [(day.weekday, [each.opens_at.hour for each in day.ranges]) for day in week] == [
        (1, [9, 14]), (2, []), (3, []), (4, []), (5, [9]), (6, []), (7, []),
    ]  # fmt: skip


def test_opening_week_unknown_is_empty(territory):
    assert opening_week(TelecentreFactory(territory=territory)) == []
