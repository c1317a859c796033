from datetime import date, time

import pytest

from telecentres.domain.calendar import PARIS
from telecentres.domain.free_week import free_week
from telecentres.enums import BookingUnit
from tests.factories import ExceptionalHoursFactory, SpaceFactory
from tests.telecentres.march import NOW, hold, march

MONDAY = date(2027, 3, 1)


def grid(site, spaces, people=1, now=NOW):
    """Per day: start, end, free and total of each half."""
    days = free_week(telecentre=site, spaces=spaces, monday=MONDAY, people=people, now=now)
    return [
        [
            half
            and (
                f"{half.slot.start.astimezone(PARIS):%H:%M}",
                f"{half.slot.end.astimezone(PARIS):%H:%M}",
                half.free,
                half.total,
            )
            for half in day.halves
        ]
        for day in days
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_free_week_counts_each_half_day(site, django_assert_num_queries, number):
    desks = SpaceFactory.create_batch(number, telecentre=site)
    hold(desks[0], march(2, "09:00", "10:00"))
    ExceptionalHoursFactory(telecentre=site, day=date(2027, 3, 3))
    ExceptionalHoursFactory(
        telecentre=site, day=date(2027, 3, 4), opens_at=time(14), closes_at=time(17)
    )

    with django_assert_num_queries(2):
        found = grid(site, desks)

    morning, afternoon = ("09:00", "12:30", number, number), ("13:30", "18:00", number, number)
    assert found == [
        [morning, afternoon],
        [("09:00", "12:30", number - 1, number), afternoon],
        [None, None],
        [None, ("14:00", "17:00", number, number)],
        [morning, afternoon],
        [None, None],
        [None, None],
    ]


def test_free_week_counts_the_spaces_let_by_the_half_day(site):
    spaces = [
        SpaceFactory(telecentre=site, units=[BookingUnit.HOUR]),
        SpaceFactory(telecentre=site, capacity=4),
    ]

    assert grid(site, spaces)[0][0] == ("09:00", "12:30", 1, 1)
    assert grid(site, spaces, people=5)[0][0] == ("09:00", "12:30", 0, 0)
