from datetime import date, datetime, time, timedelta
from random import Random

from comptes.models import User
from portail.demo.visits import Fate, Habit, Imagination
from telecentres.domain.calendar import PARIS, Slot, day_of, days_between
from telecentres.domain.open_days import OpenDay
from telecentres.enums import DayPart, SpaceKind

TODAY = date(2027, 3, 17)
FIRST, LAST = date(2027, 1, 1), date(2027, 4, 30)
HOURS = ((time(9), time(12, 30)), (time(13, 30), time(18)))


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, PARIS)


DAYS = [
    OpenDay(day, tuple(Slot(at(day, opens), at(day, closes)) for opens, closes in HOURS))
    for day in days_between(FIRST, LAST)
    if day.isoweekday() < 6
]
HABITS = [
    Habit(User(email="ana@example.org"), SpaceKind.DESK, frozenset({2, 4}), odds=1),
    Habit(
        User(email="bo@example.org"),
        SpaceKind.DESK,
        frozenset({1}),
        odds=1,
        since=date(2027, 2, 1),
        part=DayPart.MORNING,
    ),
    Habit(User(email="cy@example.org"), SpaceKind.MEETING_ROOM, frozenset({3}), odds=1, part=None),
]


def imagined(seed: int = 9, tenants=()):
    return Imagination(Random(seed), TODAY).visits(DAYS, HABITS, tenants)


def test_visits_are_the_same_for_the_same_dice():
    assert imagined() == imagined()
    assert imagined() != imagined(seed=10)


def test_visits_of_a_habit_fall_on_its_days_once_it_began():
    def days(habit: Habit) -> set[int]:
        mine = [visit for visit in imagined() if visit.holder == habit.holder]
        assert all(day_of(visit.slot.start) >= habit.since for visit in mine)
        return {day_of(visit.slot.start).isoweekday() for visit in mine}

    assert [days(habit) for habit in HABITS] == [{2, 4}, {1}, {3}]


def test_visits_stay_within_the_hours():
    opened = {day.day: day.ranges for day in DAYS}
    for visit in imagined():
        ranges = opened[day_of(visit.slot.start)]
        assert any(each.start <= visit.slot.start < each.end for each in ranges)
        assert any(each.start < visit.slot.end <= each.end for each in ranges)


def test_visits_of_the_past_alone_have_a_fate_and_all_were_booked_by_yesterday():
    fates = set()
    for visit in imagined():
        assert (visit.fate == Fate.TO_COME) == (day_of(visit.slot.start) >= TODAY)
        assert day_of(visit.booked_at) < TODAY
        assert visit.booked_at <= visit.slot.start
        assert (visit.holder is None) == (visit.fate == Fate.WALKED_IN)
        fates.add(visit.fate)

    assert fates >= {Fate.TO_COME, Fate.SAID_SO, Fate.CAME, Fate.WALKED_IN}


def test_visits_come_in_the_order_in_which_they_are_booked():
    booked = [visit.booked_at for visit in imagined()]

    assert booked == sorted(booked)


def test_fewer_come_far_ahead_than_before():
    def count(first: date, last: date) -> int:
        return sum(first <= day_of(visit.slot.start) <= last for visit in imagined())

    assert count(date(2027, 4, 5), LAST) < count(date(2027, 2, 1), date(2027, 2, 26)) / 2


def test_tenant_holds_an_office_from_month_to_month_once_it_is_renewed():
    tenant = User(email="dé@example.org")
    lets = [visit for visit in imagined(tenants=[tenant]) if visit.holder is tenant]

    # April is booked on 22 March.
    assert [(day_of(let.slot.start), day_of(let.slot.end)) for let in lets] == [
        (date(2027, 1, 1), date(2027, 1, 29)),
        (date(2027, 2, 1), date(2027, 2, 26)),
        (date(2027, 3, 1), date(2027, 3, 31)),
    ]
    assert lets[0].slot == Slot(at(FIRST, time(9)), at(date(2027, 1, 29), time(18)))
    assert {let.slot.start - let.booked_at for let in lets} == {timedelta(days=10)}
