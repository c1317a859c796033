from datetime import time, timedelta

import pytest

from courrier.models import OutgoingMail
from telecentres.domain.calendar import Slot
from telecentres.domain.counter import move_for_somebody
from telecentres.domain.errors import SlotTaken
from telecentres.domain.relocation import Proposal, move_as_proposed, propose_moves
from telecentres.enums import BookingState, BookingUnit, SpaceKind, TelecentreState
from telecentres.models import OpeningHours, Space
from tests.factories import OpeningHoursFactory, RightsGroupFactory, SpaceFactory, UserFactory
from tests.telecentres.march import NOW, at, hold, march

MORNING = march(1, "09:00", "12:00")
NEXT_DAY = march(2, "09:00", "12:00")


@pytest.fixture
def desks(site) -> list[Space]:
    return [SpaceFactory(telecentre=site, name=f"Poste {number}") for number in (1, 2, 3)]


def proposed(site, *bookings, **values) -> list[tuple[Space | None, Slot | None]]:
    given = {"now": NOW, **values}
    found = propose_moves(telecentre=site, bookings=bookings, **given)
    assert [each.booking for each in found] == list(bookings)
    return [(each.space, each.slot) for each in found]


# ---- A closure ------------------------------------------------------------------------------
def test_same_hours_are_proposed_in_another_space(site, desks):
    held = hold(desks[0], MORNING)

    assert proposed(site, held, closed=([desks[0]], MORNING)) == [(desks[1], MORNING)]


def test_two_are_never_proposed_the_same_space(site, desks):
    bookings = [hold(desk, MORNING) for desk in desks[:2]]

    found = proposed(site, *bookings, closed=(desks[:2], MORNING))

    assert found == [(desks[2], MORNING), (desks[1], march(1, "12:00", "15:00"))]


def test_whole_place_closed_for_days_leaves_the_next_day_that_is_open(site, desks):
    held = hold(desks[1], MORNING)
    closed = (desks, march(1, "00:00", "23:59", last=2))

    assert proposed(site, held, closed=closed) == [(desks[1], march(3, "09:00", "12:00"))]


def test_nothing_is_proposed_beyond_a_week(site, desks):
    held = hold(desks[0], MORNING)

    assert proposed(site, held, closed=(desks, march(1, "00:00", "23:59", last=8))) == [
        (None, None)
    ]


def test_buffers_of_what_is_closed_are_kept(site, desks):
    Space.objects.update(buffer_after=30)
    desks = list(Space.objects.order_by("pk"))
    held = hold(desks[0], march(1, "14:00", "17:00"))

    [found] = proposed(site, held, closed=(desks, march(1, "12:30", "18:00")))

    assert found == (desks[0], march(1, "09:00", "12:00"))


# ---- What may be proposed -------------------------------------------------------------------
def test_space_of_another_kind_too_small_not_let_or_kept_for_some_is_left_out(site, desks):
    booking = hold(desks[0], MORNING, people=2)
    SpaceFactory(telecentre=site, kind=SpaceKind.MEETING_ROOM, capacity=8)
    SpaceFactory(telecentre=site, capacity=4, units=[])
    kept = SpaceFactory(telecentre=site, capacity=4)
    kept.audience.add(RightsGroupFactory(territory=site.territory))
    large = SpaceFactory(telecentre=site, capacity=4, name="Table")
    closed = ([desks[0]], MORNING)

    assert proposed(site, booking, closed=closed) == [(large, MORNING)]


def test_booking_of_a_space_kept_for_some_goes_to_one_of_everyone(site, desks):
    desks[0].audience.add(RightsGroupFactory(territory=site.territory))
    held = hold(desks[0], MORNING)

    assert proposed(site, held) == [(desks[1], MORNING)]


def test_what_is_held_by_others_is_left_out(site, desks):
    held = hold(desks[0], MORNING)
    hold(desks[1], march(1, "11:00", "12:00"))
    hold(desks[2], march(1, "09:00", "09:30"))

    [found] = proposed(site, held, closed=([desks[0]], MORNING))

    assert found == (desks[2], march(1, "09:30", "12:30"))


def test_what_has_begun_stays_where_it_is(site, desks):
    begun, later = hold(desks[0], MORNING), hold(desks[0], NEXT_DAY)

    found = proposed(site, begun, later, now=at(1, "10:00"), closed=([desks[0]], NEXT_DAY))

    assert found == [(None, None), (desks[1], NEXT_DAY)]


@pytest.mark.parametrize("state", [BookingState.OFFERED, BookingState.BLOCKED])
def test_what_is_nobodys_yet_is_no_move(site, desks, state):
    held = hold(desks[0], MORNING, state=state, answer_before=MORNING.start)

    assert proposed(site, held) == [(None, None)]


@pytest.mark.parametrize("state", [TelecentreState.PLANNED, TelecentreState.CLOSED])
def test_place_that_is_not_open_proposes_nothing(site, desks, state):
    site.state = state

    assert proposed(site, hold(desks[0], MORNING)) == [(None, None)]


def test_without_bookings_nothing_is_read(site, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert propose_moves(telecentre=site, bookings=[], now=NOW) == []


@pytest.mark.parametrize("count", [1, 3])
def test_proposals_cost_the_same_whatever_their_number(
    site, desks, count, django_assert_num_queries
):
    bookings = [hold(desk, MORNING) for desk in desks[:count]]

    # The spaces, then the opening's three and what is held.
    with django_assert_num_queries(3):
        assert len(proposed(site, *bookings)) == count


# ---- Other hours ----------------------------------------------------------------------------
def test_booking_that_hours_leave_outside_is_brought_back_within_them_in_its_space(site, desks):
    held = hold(desks[2], march(1, "16:00", "18:00"))
    OpeningHours.objects.filter(weekday=1, opens_at=time(13, 30)).update(closes_at=time(17))

    assert proposed(site, held) == [(desks[2], march(1, "15:00", "17:00"))]


def test_day_that_is_closed_now_leaves_the_same_hours_of_the_next(site, desks):
    held = hold(desks[0], MORNING)
    OpeningHours.objects.filter(weekday=1).delete()

    assert proposed(site, held) == [(desks[0], NEXT_DAY)]


def test_hour_that_the_clocks_jump_over_is_passed_by(site, desks):
    """Saturday at half past two, closed now; on Sunday that night there is no such time."""
    for weekday in (6, 7, 2):
        OpeningHoursFactory(telecentre=site, weekday=weekday, opens_at=time(1), closes_at=time(5))
    held = hold(desks[0], march(27, "02:30", "03:30"))
    OpeningHours.objects.filter(weekday=6).delete()

    [found] = proposed(site, held)

    assert found == (desks[0], march(30, "02:30", "03:30"))


def test_notice_and_horizon_are_those_of_anybody(site, desks):
    Space.objects.update(units=[BookingUnit.DAY], horizon=10)
    held = hold(desks[0], march(4, "09:00", "12:00"))
    closed = (desks, march(4, "00:00", "23:59"))

    # Ten days after now is the fourth, early: nothing of the next day may be asked for.
    assert proposed(site, held, closed=closed) == [(None, None)]


def test_what_is_proposed_is_what_the_counter_takes(site, desks):
    bookings = [hold(desk, MORNING) for desk in desks]
    OpeningHours.objects.filter(weekday=1, opens_at=time(9)).delete()

    found = propose_moves(telecentre=site, bookings=bookings, now=NOW)

    for each in found:
        moved = move_for_somebody(
            booking=each.booking, space=each.space, slot=each.slot, author=UserFactory(), now=NOW
        )
        assert (moved.space, Slot.of(moved.period)) == (each.space, each.slot)
    assert {each.slot.length for each in found} == {timedelta(hours=3)}


def test_proposal_says_what_is_held_and_is_named_by_what_it_proposes(site, desks):
    booking = hold(desks[0], MORNING)
    one, other = Proposal(booking, desks[1], MORNING), Proposal(booking, desks[1], NEXT_DAY)

    assert one.former == MORNING
    assert one.key == f"{booking.reference}-{desks[1].pk}-202703010800"
    assert (one.key != other.key, Proposal(booking).key) == (True, "")


def test_moves_are_done_each_on_its_own_and_those_refused_are_told(site, desks):
    taken, free, nowhere = (hold(desk, MORNING) for desk in desks)
    hold(desks[0], NEXT_DAY)
    proposals = [
        Proposal(taken, desks[0], NEXT_DAY),
        Proposal(free, desks[1], NEXT_DAY),
        Proposal(nowhere),
    ]

    refused = move_as_proposed(proposals=proposals, author=UserFactory(), now=NOW)

    assert [(each, type(why)) for each, why in refused] == [(proposals[0], SlotTaken)]
    for booking in (taken, free, nowhere):
        booking.refresh_from_db()
    held = [Slot.of(booking.period) for booking in (taken, free, nowhere)]
    assert held == [MORNING, NEXT_DAY, MORNING]
    assert list(OutgoingMail.objects.values_list("recipient", flat=True)) == [free.holder.email]
