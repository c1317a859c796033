from datetime import date, time

from telecentres.domain.week import MOST_TOLD, Week, days_apart, opening_week
from telecentres.enums import Weekday
from tests.factories import (
    ExceptionalHoursFactory,
    OpeningHoursFactory,
    SeasonFactory,
    TelecentreFactory,
)

TODAY = date(2027, 3, 1)


def ranges(week: Week) -> list[tuple[int, list[int]]]:
    return [(day.weekday, [each.opens_at.hour for each in day.ranges]) for day in week.days]


def test_opening_week_says_the_closed_days(territory):
    place = TelecentreFactory(territory=territory)
    OpeningHoursFactory(
        telecentre=place, weekday=Weekday.MONDAY, opens_at=time(14), closes_at=time(18)
    )
    OpeningHoursFactory(telecentre=place, weekday=Weekday.MONDAY)
    OpeningHoursFactory(telecentre=place, weekday=Weekday.FRIDAY)

    assert ranges(opening_week(place, TODAY)) == [
        (1, [9, 14]), (2, []), (3, []), (4, []), (5, [9]), (6, []), (7, []),
    ]  # fmt: skip


def test_opening_week_is_that_of_the_season(territory):
    place = TelecentreFactory(territory=territory)
    OpeningHoursFactory(telecentre=place, weekday=Weekday.MONDAY)
    season = SeasonFactory(telecentre=place)
    OpeningHoursFactory(telecentre=place, weekday=Weekday.TUESDAY, season=season)

    week = opening_week(place, season.starts_on)

    assert (week.season, ranges(week)[:2]) == (season, [(1, []), (2, [9])])
    assert opening_week(place, TODAY).season is None


def test_opening_week_unknown_is_empty(territory):
    assert opening_week(TelecentreFactory(territory=territory), TODAY) == Week(())


def test_days_apart_are_the_next_ones(territory):
    place = TelecentreFactory(territory=territory)
    ExceptionalHoursFactory(telecentre=place, day=date(2027, 2, 28))
    to_come = [
        ExceptionalHoursFactory(telecentre=place, day=date(2027, 3, day))
        for day in range(1, MOST_TOLD + 2)
    ]

    assert days_apart(place, TODAY) == to_come[:MOST_TOLD]
