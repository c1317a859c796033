from datetime import UTC, date

import pytest

from telecentres.domain.calendar import Slot
from telecentres.domain.door import door_board
from telecentres.enums import BookingState, SpaceKind
from tests.factories import ExceptionalHoursFactory, SpaceFactory
from tests.telecentres.march import at, hold, march

TEN = at(1, "10:00")


def seen(site, now=TEN) -> list[tuple]:
    return [(each.space.name, each.taken, each.following) for each in door_board(site, now).spaces]


def test_door_says_what_is_taken_and_what_follows(site):
    desk = SpaceFactory(telecentre=site, name="Poste 1")
    SpaceFactory(telecentre=site, name="Poste 2")
    SpaceFactory(telecentre=site, name="Salle", kind=SpaceKind.MEETING_ROOM)
    hold(desk, march(1, "09:00", "12:00"))
    hold(desk, march(1, "14:00", "17:00"))

    assert seen(site) == [
        ("Poste 1", march(1, "09:00", "12:00"), march(1, "14:00", "17:00")),
        ("Poste 2", None, None),
        ("Salle", None, None),
    ]
    assert door_board(site, TEN).free_count == 2


def test_door_joins_what_follows_without_a_gap_and_its_buffers(site):
    desk = SpaceFactory(telecentre=site, name="Poste", buffer_after=30)
    hold(desk, march(1, "09:00", "10:30"))
    hold(desk, march(1, "11:00", "12:00"))
    hold(desk, march(1, "13:00", "14:00"))

    assert seen(site) == [("Poste", march(1, "09:00", "12:30"), march(1, "13:00", "14:30"))]


@pytest.mark.parametrize(
    ("clock", "is_taken"), [("08:59", False), ("09:00", True), ("11:59", True), ("12:00", False)]
)
def test_door_is_of_this_very_minute(site, clock, is_taken):
    hold(SpaceFactory(telecentre=site), march(1, "09:00", "12:00"))

    [(_name, taken, _following)] = seen(site, at(1, clock))
    assert (taken is not None) == is_taken


def test_door_shows_requests_and_works_and_nothing_that_was_given_back(site):
    for number, state in enumerate(BookingState):
        desk = SpaceFactory(telecentre=site, name=f"{number}")
        hold(desk, march(1, "09:00", "12:00"), state=state, answer_before=TEN)

    taken = [bool(taken) for _name, taken, _following in seen(site)]
    assert taken == [state in BookingState.holding() for state in BookingState]


def test_door_says_nothing_of_tomorrow_but_the_end_of_what_lasts(site):
    desk = SpaceFactory(telecentre=site, name="Bureau")
    hold(desk, march(1, "09:00", "18:00", last=12))
    hold(SpaceFactory(telecentre=site, name="Poste"), march(2, "09:00", "12:00"))

    assert seen(site) == [
        ("Bureau", march(1, "09:00", "18:00", last=12), None),
        ("Poste", None, None),
    ]


def opening(site, now) -> tuple:
    board = door_board(site, now)
    return board.opened, board.opens_at, board.opens_today


def test_door_says_when_the_place_is_open(site):
    morning = march(1, "09:00", "12:30")
    afternoon, tuesday = at(1, "13:30").astimezone(UTC), at(2, "09:00")

    assert opening(site, at(1, "08:00")) == (None, morning.start, True)
    assert opening(site, TEN) == (morning, afternoon, True)
    assert opening(site, at(1, "12:30")) == (None, afternoon, True)
    assert opening(site, at(1, "18:00")) == (None, tuesday, False)


def test_door_of_a_place_without_hours_is_closed(site):
    site.opening_hours.all().delete()

    assert opening(site, TEN) == (None, None, False)


def test_door_says_why_the_day_is_apart(site):
    ExceptionalHoursFactory(telecentre=site, day=date(2027, 3, 1), reason="Inventaire")

    board = door_board(site, TEN)
    assert (board.today.why, board.opened) == ("Inventaire", None)


@pytest.mark.parametrize("number", [1, 3])
def test_door_costs_the_same_for_one_and_three(site, django_assert_num_queries, number):
    for desk in SpaceFactory.create_batch(number, telecentre=site):
        hold(desk, march(1, "09:00", "12:00"))

    with django_assert_num_queries(3):
        assert [Slot, Slot, Slot][:number] == [type(taken) for _name, taken, _next in seen(site)]
