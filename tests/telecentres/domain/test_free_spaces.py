from datetime import timedelta

import pytest

from telecentres.domain.availability import read_plan
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.free_spaces import find_free_spaces
from telecentres.enums import BookingState
from telecentres.models import Telecentre
from telecentres.querysets import LONGEST, LONGEST_BUFFER, SHORT
from tests.factories import SpaceFactory, TelecentreFactory
from tests.telecentres.march import hold, march

MORNING = march(1, "09:00", "12:00")


def free_at(site: Telecentre, slot: Slot) -> set[int]:
    [keys] = find_free_spaces({slot: [site.pk]}).values()
    return keys


def test_find_free_spaces_answers_each_place_and_slot_apart(site):
    here = SpaceFactory.create_batch(2, telecentre=site)
    there = SpaceFactory(telecentre=TelecentreFactory(territory=site.territory))
    SpaceFactory()
    hold(here[0], MORNING)
    next_day = march(2, "09:00", "12:00")

    found = find_free_spaces({MORNING: [site.pk, there.telecentre_id], next_day: [site.pk]})

    assert found == {MORNING: {here[1].pk, there.pk}, next_day: {here[0].pk, here[1].pk}}


def test_find_free_spaces_of_nothing_asks_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert find_free_spaces({}) == {}


@pytest.mark.parametrize(
    ("starts", "ends", "is_free"),
    [
        ("07:00", "09:00", True),
        ("07:00", "09:01", False),
        ("10:00", "11:00", False),
        ("11:59", "14:00", False),
        ("12:00", "14:00", True),
    ],
)
def test_find_free_spaces_knows_the_edges(site, starts, ends, is_free):
    desk = SpaceFactory(telecentre=site)
    hold(desk, march(1, starts, ends))

    assert free_at(site, MORNING) == ({desk.pk} if is_free else set())


def test_find_free_spaces_counts_the_buffers_of_both(site):
    """Held until 8:00 and from 12:30: an hour before is there, an hour after is not."""
    before, after, none = (
        SpaceFactory(telecentre=site, **buffers)
        for buffers in ({"buffer_before": 60}, {"buffer_after": 60}, {})
    )
    for space in (before, after, none):
        hold(space, march(1, "06:00", "08:00"))
        hold(space, march(1, "12:30", "13:30"))

    # The hour before 12:30 of the first one is held too.
    assert free_at(site, MORNING) == {none.pk}
    assert free_at(site, march(1, "09:00", "11:30")) == {before.pk, after.pk, none.pk}


@pytest.mark.parametrize("state", BookingState)
def test_find_free_spaces_looks_at_what_holds(site, state):
    desk = SpaceFactory(telecentre=site)
    hold(desk, MORNING, state=state, answer_before=MORNING.start)

    is_free = state not in BookingState.holding()
    assert free_at(site, MORNING) == ({desk.pk} if is_free else set())


@pytest.mark.parametrize(
    ("length", "buffer"),
    [(SHORT, timedelta()), (SHORT + timedelta(hours=1), timedelta()), (LONGEST, LONGEST_BUFFER)],
)
def test_find_free_spaces_sees_what_began_long_ago(site, length, buffer):
    """The longest of each index that still reaches the slot."""
    desk = SpaceFactory(telecentre=site, buffer_after=buffer.total_seconds() / 60)
    end = MORNING.start - buffer + timedelta(minutes=1)
    hold(desk, type(MORNING)(end - length, end))

    assert free_at(site, MORNING) == set()


def test_find_free_spaces_agrees_with_the_plan_of_a_place(site):
    """The same week told by the other reading: what a page of one place is made of."""
    spaces = [
        SpaceFactory(telecentre=site, buffer_before=20 * number, buffer_after=45 * number)
        for number in range(4)
    ]
    slots = [
        march(day, f"{hour:02}:00", f"{hour + 2:02}:00") for day in (1, 2) for hour in (8, 12, 15)
    ]
    for number, space in enumerate(spaces):
        hold(space, slots[number])
    plan = read_plan(site, spaces, day_of(slots[0].start), day_of(slots[-1].end))

    found = find_free_spaces({slot: [site.pk] for slot in slots})

    assert found == {slot: {space.pk for space in plan.free(slot)} for slot in slots}
    assert len(set(map(frozenset, found.values()))) > 2
