from datetime import date, timedelta

import pytest

from telecentres.domain.week_grid import week_grid
from telecentres.enums import BookingState, SpaceKind, TelecentreState
from tests.factories import ExceptionalHoursFactory, SpaceFactory
from tests.telecentres.march import NOW, at, hold, march

MONDAY = date(2027, 3, 1)
LUNCH = "12:30–13:30 fermé"


def said(stretch) -> str:
    if stretch.is_free:
        return f"{stretch.hours} libre"
    return f"{stretch.hours} {stretch.booking.state if stretch.booking else 'fermé'}"


def shown(grid) -> list[list[str]]:
    """Day by day, what is said of the first space."""
    return [[said(each) for each in column.spaces[0].stretches] for column in grid.days]


def test_week_grid_says_what_is_held_free_and_closed(site):
    ExceptionalHoursFactory(telecentre=site, day="2027-03-05", reason="Inventaire")
    desk = SpaceFactory(telecentre=site, name="Poste")
    SpaceFactory(telecentre=site, name="Salle", kind=SpaceKind.MEETING_ROOM)
    hold(desk, march(1, "10:00", "12:30"))
    hold(
        desk, march(2, "12:00", "18:00"), state=BookingState.REQUESTED, answer_before=at(1, "08:00")
    )
    hold(desk, march(3, "16:00", "10:00", last=5), state=BookingState.BLOCKED)
    hold(desk, march(6, "09:00", "10:00"), state=BookingState.REFUSED)

    grid = week_grid(site, MONDAY, NOW)

    assert [space.name for space in grid.spaces] == ["Poste", "Salle"]
    assert shown(grid) == [
        ["09:00–10:00 libre", "10:00–12:30 confirmed", LUNCH, "13:30–18:00 libre"],
        ["09:00–12:00 libre", "12:00–18:00 requested"],
        ["09:00–12:30 libre", LUNCH, "13:30–16:00 libre", "à partir de 16:00 blocked"],
        ["toute la journée blocked"],
        ["jusqu’à 10:00 blocked"],
        [],
        [],
    ]
    assert [column.opened.why for column in grid.days][4:] == ["Inventaire", "", ""]
    assert (len(grid.bookings), grid.requests) == (3, 1)
    [*_before, blocked] = grid.days[2].spaces[0].stretches
    free = grid.days[0].spaces[0].stretches[0]
    assert (blocked.is_blocked, free.is_blocked) == (True, False)


def test_week_grid_leaves_the_buffers_of_both_bookings(site):
    """One that ends, and one that would come: the space is tidied before and after each."""
    room = SpaceFactory(telecentre=site, buffer_before=30, buffer_after=60)
    hold(room, march(1, "10:30", "11:00"))
    hold(room, march(2, "15:00", "23:00"))
    hold(room, march(3, "00:45", "01:00"))  # Whose eve is tidied for it.

    days = shown(week_grid(site, MONDAY, NOW))

    # Nothing from 9:00 (10:30 less both buffers) to 12:30 (11:00 and both).
    assert days[0] == ["10:30–11:00 confirmed", LUNCH, "13:30–18:00 libre"]
    assert days[1] == ["09:00–12:30 libre", LUNCH, "15:00–23:00 confirmed"]


def test_week_grid_proposes_nothing_past_nor_too_short(site):
    desk = SpaceFactory(telecentre=site)
    hold(desk, march(1, "11:29", "17:31"))

    def monday(clock):
        return shown(week_grid(site, MONDAY, at(1, clock)))[0]

    assert monday("10:30") == ["10:30–11:29 libre", "11:29–17:31 confirmed"]
    assert monday("10:31") == ["11:29–17:31 confirmed"]
    assert monday("19:00") == ["11:29–17:31 confirmed"]


@pytest.mark.parametrize("state", [TelecentreState.PLANNED, TelecentreState.CLOSED])
def test_week_grid_of_a_place_that_is_not_open_proposes_nothing(site, state):
    site.state = state
    hold(SpaceFactory(telecentre=site), march(1, "09:00", "12:00"))

    assert shown(week_grid(site, MONDAY, NOW)) == [["09:00–12:00 confirmed"], *[[]] * 6]


def test_request_whose_deadline_is_past_waits_no_longer(site):
    held = {"state": BookingState.REQUESTED, "answer_before": NOW}
    hold(SpaceFactory(telecentre=site), march(1, "09:00", "12:00"), **held)

    assert week_grid(site, MONDAY, NOW).requests == 0
    grid = week_grid(site, MONDAY, NOW - timedelta(seconds=1))
    assert (grid.requests, grid.days[0].spaces[0].stretches[0].waits) == (1, True)


@pytest.mark.parametrize("number", [1, 3])
def test_week_grid_costs_the_same_for_one_and_three(site, django_assert_num_queries, number):
    for desk in SpaceFactory.create_batch(number, telecentre=site):
        for day in range(1, number + 1):
            hold(desk, march(day, "09:00", "12:00"))

    with django_assert_num_queries(3):
        grid = week_grid(site, MONDAY, NOW)
        assert len([str(booking.holder) for booking in grid.bookings]) == number * number
