"""Three sources of the use of a place, each counted alone, in half-days of spaces."""

from datetime import date

import pytest

from telecentres.domain.use import last_months, use_of_months
from telecentres.enums import BookingOrigin, BookingState, SpaceKind
from tests.factories import SpaceFactory, UseStatementFactory
from tests.telecentres.march import at, hold, march

MARCH = date(2027, 3, 1)
AFTER = at(31, "23:00")


def use(site, now=AFTER, month=MARCH) -> list[int | None]:
    """Booked, walked in, stated."""
    [found] = use_of_months(site, [month], now)
    return found.numbers


@pytest.fixture
def desk(site):
    return SpaceFactory(telecentre=site)


@pytest.mark.parametrize(
    ("slot", "half_days"),
    [
        (march(1, "09:00", "12:30"), 1),
        (march(1, "11:00", "12:00"), 1),
        (march(1, "09:00", "18:00"), 2),
        (march(1, "12:00", "14:00"), 2),
        # The lunch break, and a Sunday: someone was there all the same.
        (march(1, "12:45", "13:15"), 1),
        (march(7, "10:00", "17:00"), 1),
        # Friday to Monday: the place is closed in between.
        (march(5, "09:00", "12:30", last=8), 3),
    ],
)
def test_booking_is_so_many_half_days(site, desk, slot, half_days):
    hold(desk, slot)

    assert use(site) == [half_days, 0, None]


def test_two_bookings_of_one_half_day_are_one(site, desk):
    hold(desk, march(1, "09:00", "10:00"))
    hold(desk, march(1, "11:00", "12:00"))
    hold(SpaceFactory(telecentre=site), march(1, "09:00", "10:00"))

    assert use(site) == [2, 0, None]


def test_buffer_is_no_use(site):
    hold(SpaceFactory(telecentre=site, buffer_after=120), march(1, "09:00", "12:30"))

    assert use(site) == [1, 0, None]


def test_sources_stay_apart(site, desk):
    hold(desk, march(1, "09:00", "10:00"))
    walk_in = {"origin": BookingOrigin.COUNTER, "holder": None}
    hold(desk, march(1, "10:00", "12:00"), **walk_in)
    hold(desk, march(1, "14:00", "17:00"), **walk_in)
    UseStatementFactory(telecentre=site, kind=SpaceKind.DESK, half_days=7)
    UseStatementFactory(telecentre=site, kind=SpaceKind.OFFICE, half_days=5)

    assert use(site) == [1, 2, 12]


def test_nothing_stated_is_not_zero(site):
    assert use(site) == [0, 0, None]
    UseStatementFactory(telecentre=site, half_days=0)
    assert use(site) == [0, 0, 0]


@pytest.mark.parametrize("state", [one for one in BookingState if one != BookingState.CONFIRMED])
def test_what_is_not_confirmed_is_no_use(site, desk, state):
    hold(desk, march(1, "09:00", "12:00"), state=state, answer_before=AFTER)

    assert use(site) == [0, 0, None]


def test_use_is_of_what_has_come(site, desk):
    hold(desk, march(1, "09:00", "18:00"))
    hold(desk, march(2, "09:00", "18:00"))

    assert use(site, at(1, "09:00"))[0] == 0
    assert use(site, at(1, "12:00"))[0] == 1
    assert use(site, at(2, "08:00"))[0] == 2
    assert use(site, at(1, "08:00"), date(2027, 4, 1)) == [0, 0, None]


def test_each_month_has_its_own_part(site, desk):
    hold(desk, march(31, "09:00", "18:00"))
    hold(SpaceFactory(telecentre__territory=site.territory), march(30, "09:00", "18:00"))
    UseStatementFactory(telecentre=site, month=date(2027, 2, 1), half_days=3)
    UseStatementFactory(half_days=99)

    months = use_of_months(site, last_months(date(2027, 4, 9), 3), at(31, "12:00"))

    assert [(each.month, each.numbers) for each in months] == [
        (date(2027, 2, 1), [0, 0, 3]),
        (date(2027, 3, 1), [1, 0, None]),
        (date(2027, 4, 1), [0, 0, None]),
    ]


def test_last_months_end_with_that_of_today():
    months = last_months(date(2027, 1, 31), 3)

    assert months == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


@pytest.mark.parametrize("number", [1, 3])
def test_use_costs_the_same_for_one_and_three(site, django_assert_num_queries, number):
    for day, desk in enumerate(SpaceFactory.create_batch(number, telecentre=site), 1):
        hold(desk, march(day, "09:00", "12:00"))

    with django_assert_num_queries(4):
        assert use(site)[0] == number
