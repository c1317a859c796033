from datetime import date, time, timedelta

import pytest

from telecentres.domain.open_days import OpenDay, opening_of
from telecentres.domain.stints import Stint, half_days, hours, stints_of
from tests.factories.telecentres import ExceptionalHoursFactory
from tests.telecentres.march import march

MONDAY = date(2027, 3, 1)


def hour(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.mark.parametrize(
    ("ranges", "halves"),
    [
        ((), []),
        # A long day without a break is cut at one o'clock.
        ((march(1, "09:00", "18:00"),), [march(1, "09:00", "13:00"), march(1, "13:00", "18:00")]),
        # Five hours make one half-day, and so does a long evening.
        ((march(1, "09:00", "14:00"),), [march(1, "09:00", "14:00")]),
        ((march(1, "14:00", "20:00"),), [march(1, "14:00", "20:00")]),
        ((march(1, "06:00", "13:00"),), [march(1, "06:00", "13:00")]),
        (
            (march(1, "08:00", "14:00"), march(1, "15:00", "19:00")),
            [march(1, "08:00", "14:00"), march(1, "15:00", "19:00")],
        ),
    ],
)
def test_half_days_of_a_day(ranges, halves):
    assert half_days(OpenDay(MONDAY, ranges)) == halves


@pytest.mark.parametrize(
    ("slot", "stints"),
    [
        # The morning ends at 12:30, the afternoon begins at 13:30.
        (march(1, "09:00", "10:00"), [Stint(MONDAY, hour(1))]),
        (march(1, "09:00", "12:30"), [Stint(MONDAY, hour(3.5))]),
        (march(1, "11:00", "15:00"), [Stint(MONDAY, hour(1.5)), Stint(MONDAY, hour(1.5))]),
        (march(1, "09:00", "18:00"), [Stint(MONDAY, hour(3.5)), Stint(MONDAY, hour(4.5))]),
        # At the counter, while the place is closed: one half-day.
        (march(1, "19:00", "22:00"), [Stint(MONDAY, hour(3))]),
        (march(7, "09:00", "12:00"), [Stint(date(2027, 3, 7), hour(3))]),
    ],
)
def test_half_days_that_a_slot_takes(site, slot, stints):
    assert stints_of(opening_of(site, MONDAY, date(2027, 3, 7)), slot) == stints


def test_closed_days_within_a_booking_count_for_nothing(site):
    ExceptionalHoursFactory(telecentre=site, day=date(2027, 3, 5))
    opening = opening_of(site, MONDAY, date(2027, 3, 8))

    # From Thursday afternoon to Monday morning; closed on Friday and over the weekend.
    assert stints_of(opening, march(4, "13:30", "12:30", last=8)) == [
        Stint(date(2027, 3, 4), hour(4.5)),
        Stint(date(2027, 3, 8), hour(3.5)),
    ]


def test_night_when_the_clocks_go_forward_is_as_long_as_it_passes(site):
    night = date(2027, 3, 28)
    ExceptionalHoursFactory(telecentre=site, day=night, opens_at=time(1), closes_at=time(5))

    # From one o'clock to five, three hours.
    stints = stints_of(opening_of(site, night, night), march(28, "01:00", "05:00"))

    assert stints == [Stint(night, hour(3))]


def test_begun_hours_are_paid_together():
    assert hours([]) == 0
    assert hours([Stint(MONDAY, hour(1.5))]) == 2
    assert hours([Stint(MONDAY, hour(1.5)), Stint(MONDAY, hour(1.5))]) == 3
