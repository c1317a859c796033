from datetime import UTC, date, datetime, time

import pytest

from portail.demo.setting import Setting, Stage, moment, weeks_from


@pytest.mark.parametrize(
    ("stage", "day"),
    [
        (Stage.MIDDLE, date(2006, 6, 30)),
        (Stage.END, date(2007, 12, 31)),
        (Stage.TODAY, date(2026, 11, 22)),
    ],
)
def test_day_is_the_last_that_the_stage_tells(stage, day):
    setting = Setting(stage, date(2026, 11, 22), seed=9)

    assert setting.day == day
    assert setting.has_come(day)
    assert setting.has_present == (stage == Stage.TODAY)


@pytest.mark.parametrize("day", range(16, 23))
def test_weeks_from_any_day_of_the_week_reaches_the_same_saturday(day):
    assert weeks_from(date(2026, 11, day), 4, weekday=6) == date(2026, 12, 19)


def test_weeks_from_without_weekday_keeps_it():
    assert weeks_from(date(2026, 11, 22), -2) == date(2026, 11, 8)


def test_moment_is_in_the_country_time():
    assert moment(date(2026, 7, 4), time(9, 30)) == datetime(2026, 7, 4, 7, 30, tzinfo=UTC)
