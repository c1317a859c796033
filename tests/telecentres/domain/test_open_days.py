from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from telecentres.domain.calendar import Slot
from telecentres.domain.open_days import OpenDay, open_days, openings_of
from telecentres.enums import Weekday
from territoires.models import Department
from tests.factories import (
    CommuneFactory,
    ExceptionalHoursFactory,
    OpeningHoursFactory,
    SeasonFactory,
    TelecentreFactory,
)
from tests.telecentres.march import march

MONDAY, SATURDAY, EASTER_MONDAY = date(2027, 3, 1), date(2027, 3, 6), date(2027, 3, 29)


def usual(day: int) -> OpenDay:
    ranges = march(day, "09:00", "12:30"), march(day, "13:30", "18:00")
    return OpenDay(date(2027, 3, day), ranges)


def on(site, day: date) -> OpenDay:
    [open_day] = open_days(site, day, day)
    return open_day


def test_open_days_follow_the_week(site):
    assert open_days(site, date(2027, 3, 5), date(2027, 3, 8)) == [
        usual(5),
        OpenDay(SATURDAY, ()),
        OpenDay(date(2027, 3, 7), ()),
        usual(8),
    ]


def test_open_day_with_a_break_is_whole_from_morning_to_evening(site):
    day = on(site, MONDAY)

    assert (day.is_open, day.whole) == (True, march(1, "09:00", "18:00"))
    assert not on(site, SATURDAY).is_open


def test_season_replaces_the_week_inside_its_days_only(site):
    season = SeasonFactory(telecentre=site, starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 3))
    for weekday in (Weekday.MONDAY, Weekday.TUESDAY, Weekday.THURSDAY):
        OpeningHoursFactory(
            telecentre=site, season=season, weekday=weekday, opens_at=time(8), closes_at=time(12)
        )

    assert open_days(site, MONDAY, date(2027, 3, 4)) == [
        usual(1),
        OpenDay(date(2027, 3, 2), (march(2, "08:00", "12:00"),)),
        OpenDay(date(2027, 3, 3), ()),
        usual(4),
    ]


def test_season_of_another_place_changes_nothing(site):
    SeasonFactory(telecentre__territory=site.territory, starts_on=MONDAY, ends_on=SATURDAY)

    assert on(site, MONDAY) == usual(1)


def test_day_apart_opens_at_its_own_hours(site):
    for opens, closes, reason in ((14, 16, "Inventaire"), (7, 8, "")):
        ExceptionalHoursFactory(
            telecentre=site, opens_at=time(opens), closes_at=time(closes), reason=reason
        )

    ranges = march(1, "07:00", "08:00"), march(1, "14:00", "16:00")
    assert on(site, MONDAY) == OpenDay(MONDAY, ranges, "Inventaire")
    assert on(site, date(2027, 3, 2)) == usual(2)


def test_day_apart_tells_the_first_of_its_reasons(site):
    for opens, reason in ((14, "Réunion"), (7, "Inventaire")):
        ExceptionalHoursFactory(
            telecentre=site, opens_at=time(opens), closes_at=time(opens + 1), reason=reason
        )

    assert on(site, MONDAY).why == "Inventaire"


@pytest.mark.parametrize("reason", ["Travaux", ""])
def test_day_apart_without_hours_is_closed(site, reason):
    ExceptionalHoursFactory(telecentre=site, reason=reason)

    assert on(site, MONDAY) == OpenDay(MONDAY, (), reason)


def test_day_apart_speaks_louder_than_the_season(site):
    SeasonFactory(telecentre=site, starts_on=MONDAY, ends_on=SATURDAY)
    ExceptionalHoursFactory(telecentre=site, opens_at=time(9), closes_at=time(10))

    assert on(site, MONDAY) == OpenDay(MONDAY, (march(1, "09:00", "10:00"),))
    assert on(site, date(2027, 3, 2)) == OpenDay(date(2027, 3, 2), ())


@pytest.mark.parametrize(("language", "why"), [("fr", "Lundi de Pâques"), ("en", "Easter Monday")])
def test_public_holiday_is_closed_and_named(site, language, why):
    with translation.override(language):
        assert on(site, EASTER_MONDAY) == OpenDay(EASTER_MONDAY, (), why)


def test_public_holiday_opens_on_a_day_apart(site):
    ExceptionalHoursFactory(
        telecentre=site,
        day=EASTER_MONDAY,
        opens_at=time(9),
        closes_at=time(12),
        reason="Portes ouvertes",
    )

    ranges = (march(29, "09:00", "12:00"),)
    assert on(site, EASTER_MONDAY) == OpenDay(EASTER_MONDAY, ranges, "Portes ouvertes")


def test_public_holiday_is_that_of_the_commune(site):
    strasbourg = TelecentreFactory(
        territory=site.territory,
        commune=CommuneFactory(
            insee_code="67482", department=Department.objects.get(pk="67"), epci=None
        ),
    )
    OpeningHoursFactory(telecentre=strasbourg, weekday=Weekday.FRIDAY)
    good_friday = date(2027, 3, 26)

    assert on(strasbourg, good_friday) == OpenDay(good_friday, (), "Vendredi saint")
    assert on(site, good_friday) == usual(26)


def test_opening_within_the_hour_shown_twice_is_the_first_of_the_two(site):
    night = date(2027, 10, 31)
    ExceptionalHoursFactory(telecentre=site, day=night, opens_at=time(2, 15), closes_at=time(2, 45))

    [opened] = on(site, night).ranges
    assert opened.start.astimezone(UTC) == datetime(2027, 10, 31, 0, 15, tzinfo=UTC)
    assert opened.length == timedelta(minutes=30)


def test_closing_within_the_hour_jumped_over_is_when_the_clocks_jump(site):
    """Nobody's page of a week may fail for the place's hours of one night of the year."""
    OpeningHoursFactory(
        telecentre=site, weekday=Weekday.SUNDAY, opens_at=time(0), closes_at=time(2, 30)
    )

    [opened] = on(site, date(2027, 3, 28)).ranges
    assert opened == Slot(
        datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_open_days_are_read_in_one_query(site, django_assert_num_queries, rows):
    for number in range(rows):
        day = date(2027, 3, 1 + number)
        season = SeasonFactory(telecentre=site, starts_on=day, ends_on=day)
        OpeningHoursFactory(telecentre=site, season=season, weekday=day.isoweekday())
        ExceptionalHoursFactory(telecentre=site, day=date(2027, 3, 10 + number))

    with django_assert_num_queries(1):
        assert len(open_days(site, MONDAY, date(2027, 3, 31))) == 31


def test_openings_of_many_places_are_read_together_and_kept_apart(site, django_assert_num_queries):
    other = TelecentreFactory(territory=site.territory)
    OpeningHoursFactory(telecentre=other, weekday=6)
    ExceptionalHoursFactory(telecentre=other, day=date(2027, 3, 1))
    SeasonFactory(telecentre=site, starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 2))
    places, week = [site, other], [date(2027, 3, day) for day in range(1, 8)]

    with django_assert_num_queries(1):
        openings = openings_of(places, week[0], week[-1])

    assert [[openings[place.pk].on(day).is_open for day in week] for place in places] == [
        [True, False, True, True, True, False, False],
        [False, False, False, False, False, True, False],
    ]
