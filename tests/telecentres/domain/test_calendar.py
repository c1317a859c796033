from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import translation

from telecentres.domain.calendar import (
    PARIS,
    Slot,
    day_of,
    days_between,
    moment,
    monday_of,
    public_holiday,
    when_in_words,
    whole_day,
)
from telecentres.domain.errors import NoSuchTime, TimeTwice
from tests.telecentres.march import march

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
SHARED_HOLIDAYS = {
    date(2027, 1, 1): ("Jour de l’an", "New Year’s Day"),
    date(2027, 3, 29): ("Lundi de Pâques", "Easter Monday"),
    date(2027, 5, 1): ("Fête du Travail", "Labor Day"),
    date(2027, 5, 6): ("Ascension", "Ascension Day"),
    date(2027, 5, 8): ("Fête de la Victoire", "Victory Day"),
    date(2027, 5, 17): ("Lundi de Pentecôte", "Pentecost Monday"),
    date(2027, 7, 14): ("Fête nationale", "National Day"),
    date(2027, 8, 15): ("Assomption", "Assumption Day"),
    date(2027, 11, 1): ("Toussaint", "All Saints’ Day"),
    date(2027, 11, 11): ("Armistice", "Armistice Day"),
    date(2027, 12, 25): ("Noël", "Christmas Day"),
}
EASTERN_HOLIDAYS = {
    date(2027, 3, 26): ("Vendredi saint", "Good Friday"),
    date(2027, 12, 26): ("Saint-Étienne", "Saint Stephen’s Day"),
}


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "stands_for"),
    [
        (date(2027, 3, 1), time(9), utc(2027, 3, 1, 8)),
        (date(2027, 7, 1), time(9), utc(2027, 7, 1, 7)),
        (SPRING, time(1, 59), utc(2027, 3, 28, 0, 59)),
        (SPRING, time(3), utc(2027, 3, 28, 1)),
        (AUTUMN, time(1, 59), utc(2027, 10, 30, 23, 59)),
        (AUTUMN, time(3), utc(2027, 10, 31, 2)),
    ],
)
def test_moment_is_what_the_clock_in_paris_shows(day, clock, stands_for):
    assert moment(day, clock).astimezone(UTC) == stands_for
    assert moment(day, clock, is_second=True).astimezone(UTC) == stands_for


@pytest.mark.parametrize("clock", [time(2), time(2, 30), time(2, 59), time(2, 30, fold=1)])
@pytest.mark.parametrize("is_second", [None, False, True])
def test_moment_that_the_clocks_jump_over_is_refused(clock, is_second):
    with pytest.raises(NoSuchTime):
        moment(SPRING, clock, is_second=is_second)


@pytest.mark.parametrize("clock", [time(2), time(2, 30), time(2, 59), time(2, 30, fold=1)])
def test_moment_that_the_clocks_show_twice_is_asked(clock):
    with pytest.raises(TimeTwice):
        moment(AUTUMN, clock)


@pytest.mark.parametrize("clock", [time(2, 30), time(2, 30, fold=1)])
def test_moment_shown_twice_is_an_hour_later_the_second_time(clock):
    first = moment(AUTUMN, clock, is_second=False)
    second = moment(AUTUMN, clock, is_second=True)

    assert first.astimezone(UTC) == utc(2027, 10, 31, 0, 30)
    assert second.astimezone(UTC) == utc(2027, 10, 31, 1, 30)
    assert Slot(first, second).length == timedelta(hours=1)


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        (date(2027, 3, 1), date(2027, 3, 2), 10),
        (date(2027, 3, 27), SPRING, 9),
        (date(2027, 10, 30), AUTUMN, 11),
    ],
)
def test_length_of_a_night_is_what_passes(first, last, hours):
    slot = Slot(moment(first, time(22)), moment(last, time(8)))

    assert slot.length == timedelta(hours=hours)


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 1), 24), (SPRING, 23), (AUTUMN, 25)])
def test_whole_day_goes_from_midnight_to_midnight(day, hours):
    whole = whole_day(day)

    assert whole.start == datetime.combine(day, time.min, PARIS)
    assert whole.end == datetime.combine(day + timedelta(days=1), time.min, PARIS)
    assert whole.length == timedelta(hours=hours)


def test_slot_of_a_range_is_from_its_lower_to_its_upper_bound():
    starts, ends = utc(2027, 3, 1, 8), utc(2027, 3, 1, 11)

    assert Slot.of(DateTimeTZRange(starts, ends)) == Slot(starts, ends)


def test_day_of_a_moment_is_the_one_in_paris():
    assert day_of(utc(2027, 3, 1, 22, 59)) == date(2027, 3, 1)
    assert day_of(utc(2027, 3, 1, 23)) == date(2027, 3, 2)


def test_slot_is_one_day_in_paris():
    assert Slot(utc(2027, 3, 1, 23), utc(2027, 3, 2, 22)).is_one_day
    assert not Slot(utc(2027, 3, 1, 22), utc(2027, 3, 1, 23)).is_one_day


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "lundi 1er mars 2027, de 09:00 à 12:30"),
        ("en", "Monday 1 March 2027, 09:00 to 12:30"),
    ],
)
def test_words_of_one_day_name_it_once(language, words):
    slot = march(1, "09:00", "12:30")
    read = Slot(slot.start.astimezone(UTC), slot.end.astimezone(UTC))

    with translation.override(language):
        assert (slot.words, read.words) == (words, words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "du lundi 1er mars 2027 à 09:00 au mercredi 3 mars 2027 à 18:00"),
        ("en", "from Monday 1 March 2027 at 09:00 to Wednesday 3 March 2027 at 18:00"),
    ],
)
def test_words_of_several_days_name_the_first_and_the_last(language, words):
    with translation.override(language):
        assert march(1, "09:00", "18:00", last=3).words == words


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (1, "lun 1 mars 2027 09:00–18:00"),
        (3, "lun 1 mars 2027 09:00–mer 3 mars 2027 18:00"),
    ],
)
def test_short_words_are_the_day_and_the_hours(last, words):
    assert march(1, "09:00", "18:00", last=last).short == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "lundi 1er mars 2027 à 09:00"), ("en", "Monday 1 March 2027 at 09:00")],
)
def test_when_in_words_is_the_clock_in_paris(language, words):
    with translation.override(language):
        assert when_in_words(utc(2027, 3, 1, 8)) == words


@pytest.mark.parametrize(
    ("starts", "ends", "touches"),
    [
        ("08:00", "09:00", False),
        ("08:00", "09:01", True),
        ("09:30", "10:00", True),
        ("08:00", "13:00", True),
        ("11:59", "13:00", True),
        ("12:00", "13:00", False),
    ],
)
def test_slots_touch_when_they_share_a_moment(starts, ends, touches):
    one, other = march(1, "09:00", "12:00"), march(1, starts, ends)

    assert (one.touches(other), other.touches(one)) == (touches, touches)


def test_days_between_holds_both_ends():
    assert list(days_between(date(2027, 2, 27), date(2027, 3, 1))) == [
        date(2027, 2, 27),
        date(2027, 2, 28),
        date(2027, 3, 1),
    ]
    assert list(days_between(SPRING, SPRING)) == [SPRING]
    assert list(days_between(AUTUMN, SPRING)) == []


@pytest.mark.parametrize(
    ("department", "holidays"),
    [
        ("09", SHARED_HOLIDAYS),
        ("57", SHARED_HOLIDAYS | EASTERN_HOLIDAYS),
        ("67", SHARED_HOLIDAYS | EASTERN_HOLIDAYS),
        ("68", SHARED_HOLIDAYS | EASTERN_HOLIDAYS),
    ],
)
def test_public_holidays_of_a_year_are_those_of_the_department(department, holidays):
    year = list(days_between(date(2027, 1, 1), date(2027, 12, 31)))
    told = []
    for language in ("fr", "en"):
        with translation.override(language):
            told.append({day: public_holiday(day, department) for day in year})
    french, english = told

    assert {day: (french[day], english[day]) for day in year if french[day]} == holidays
    assert [day for day in year if english[day]] == sorted(holidays)


def test_public_holiday_without_a_language_is_said_in_french():
    with translation.override(None):
        assert public_holiday(date(2027, 7, 14), "09") == "Fête nationale"


def test_slots_are_in_the_order_of_their_moments():
    earlier, later = march(1, "09:00", "12:00"), march(2, "08:00", "09:00")

    assert sorted([later, earlier]) == [earlier, later]
    assert earlier == Slot(utc(2027, 3, 1, 8), utc(2027, 3, 1, 11))


def test_week_of_a_day_begins_on_monday():
    assert [monday_of(date(2027, 3, day)) for day in (1, 4, 7, 8)] == [
        date(2027, 3, 1), date(2027, 3, 1), date(2027, 3, 1), date(2027, 3, 8),
    ]  # fmt: skip
