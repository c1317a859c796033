"""Who has come, and what is given back when nobody has."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from courrier.models import OutgoingMail
from telecentres.domain import errors
from telecentres.domain.answers import check_in, release_unclaimed
from telecentres.domain.booking import take_walk_in
from telecentres.domain.calendar import Slot
from telecentres.domain.moving import move_booking
from telecentres.enums import BookingAct, BookingState
from telecentres.models import Booking
from telecentres.tasks import release_unclaimed as release_task
from tests.factories import SpaceFactory, UserFactory
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, at, hold, march

MORNING, AFTERNOON = march(1, "09:00", "12:00"), march(1, "14:00", "17:00")
SECOND = timedelta(seconds=1)
GIVEN_UP = at(1, "09:20")


def facts(booking) -> tuple:
    row = Booking.objects.get(pk=booking.pk)
    return row.state, row.checked_in_at, list(row.changes.values_list("act", "author", "at"))


@pytest.fixture
def waiting(site):
    """A desk that waits for twenty minutes."""
    return SpaceFactory(telecentre=site, name="Poste 3", release_after=20)


# ---- Coming ---------------------------------------------------------------------------------
@pytest.mark.parametrize("now", [at(1, "08:45"), at(1, "11:59")], ids=["early", "late"])
def test_check_in_is_written_with_who_said_so(waiting, now):
    held, author = hold(waiting, MORNING), UserFactory()

    booking = check_in(booking=held, author=author, now=now)

    assert booking.checked_in_at == now
    assert facts(held) == (
        BookingState.CONFIRMED, now, [(BookingAct.CHECKED_IN, author.pk, now)],
    )  # fmt: skip
    assert not OutgoingMail.objects.exists()


def test_check_in_said_twice_is_written_once(waiting):
    held = hold(waiting, MORNING)
    check_in(booking=held, author=held.holder, now=at(1, "09:00"))

    again = check_in(booking=held, author=UserFactory(), now=at(1, "10:00"))

    assert again.checked_in_at == at(1, "09:00")
    assert len(facts(held)[2]) == 1


@pytest.mark.parametrize("now", [at(1, "08:45") - SECOND, at(1, "12:00")], ids=["before", "after"])
def test_check_in_out_of_its_time_is_refused(waiting, now):
    held = hold(waiting, MORNING)

    with pytest.raises(errors.NoLongerPossible):
        check_in(booking=held, author=held.holder, now=now)
    assert facts(held) == (BookingState.CONFIRMED, None, [])


@pytest.mark.parametrize("state", [one for one in BookingState if one != BookingState.CONFIRMED])
def test_check_in_of_what_is_not_confirmed_is_refused(waiting, state):
    held = hold(waiting, MORNING, state=state, answer_before=NOW)

    with pytest.raises(errors.NoLongerPossible):
        check_in(booking=held, author=held.holder, now=at(1, "09:00"))
    assert facts(held) == (state, None, [])


def test_check_in_without_a_time_said_is_now(waiting):
    held = hold(waiting, MORNING)

    with pytest.raises(errors.NoLongerPossible):
        check_in(booking=held, author=held.holder)


def test_walk_in_is_there(waiting):
    booking = take_walk_in(
        space=waiting, until=at(1, "12:00"), author=UserFactory(), now=at(1, "09:00")
    )

    assert Booking.objects.get().checked_in_at == booking.checked_in_at == at(1, "09:00")
    assert release_unclaimed(now=GIVEN_UP) == []


def test_booking_moved_is_come_to_anew(waiting):
    held = hold(waiting, MORNING)
    check_in(booking=held, author=held.holder, now=at(1, "08:50"))

    moved = move_booking(
        booking=held, spaces=[waiting], slot=AFTERNOON, author=held.holder, now=at(1, "08:55")
    )

    assert (moved.checked_in_at, facts(held)[1]) == (None, None)


# ---- Not coming -----------------------------------------------------------------------------
def test_release_gives_back_what_nobody_came_to(waiting):
    held = hold(waiting, MORNING)

    assert release_unclaimed(now=GIVEN_UP - SECOND) == []
    assert release_unclaimed(now=GIVEN_UP) == [held]

    assert facts(held) == (
        BookingState.NO_SHOW, None, [(BookingAct.NO_SHOW, None, GIVEN_UP)],
    )  # fmt: skip
    [mail] = OutgoingMail.objects.all()
    assert (mail.recipient, mail.message) == (
        held.holder.email, "telecentres.reservation-non-honoree",
    )  # fmt: skip
    assert mail.subject == (
        "Cap Delta : votre place a été rendue, lundi 1er mars 2027, de 09:00 à 12:00"
    )
    assert "METHOD:CANCEL" in mail.calendar
    assert release_unclaimed(now=GIVEN_UP) == []
    # Somebody else has it at once.
    hold(waiting, Slot(GIVEN_UP, MORNING.end))


@pytest.mark.parametrize(
    "kept",
    [
        {"checked_in_at": at(1, "09:19")},
        {"state": BookingState.REQUESTED, "answer_before": at(1, "12:00")},
        {"state": BookingState.BLOCKED, "holder": None},
        {"state": BookingState.CANCELLED},
    ],
    ids=["come", "requested", "blocked", "cancelled"],
)
def test_release_leaves_alone_what_is_not_awaited(waiting, kept):
    held = hold(waiting, MORNING, **kept)
    before = facts(held)

    assert release_unclaimed(now=GIVEN_UP) == []
    assert facts(held) == before


def test_release_waits_for_ever_where_nothing_is_said(site):
    hold(SpaceFactory(telecentre=site), MORNING)

    assert release_unclaimed(now=GIVEN_UP) == []


def test_release_never_gives_back_several_days(waiting):
    hold(waiting, march(1, "09:00", "11:01", last=2))
    assert release_unclaimed(now=GIVEN_UP) == []


def test_release_gives_back_the_longest_of_short_ones(waiting):
    held = hold(waiting, march(1, "09:00", "23:00"))
    assert release_unclaimed(now=GIVEN_UP) == [held]


def test_release_puts_nobody_out_late(waiting):
    """The option was just switched on, or the worker slept: whoever is there was asked nothing."""
    held = hold(waiting, MORNING)

    assert release_unclaimed(now=at(1, "09:35")) == []
    assert release_unclaimed(now=at(1, "09:35") - SECOND) == [held]


def test_release_leaves_what_is_over(site):
    hold(SpaceFactory(telecentre=site, release_after=60), march(1, "09:00", "10:00"))

    assert release_unclaimed(now=at(1, "10:00")) == []


def test_release_after_the_longest_wait(site):
    held = hold(SpaceFactory(telecentre=site, release_after=240), march(1, "09:00", "18:00"))

    assert release_unclaimed(now=at(1, "13:14")) == [held]


def test_release_is_a_task(waiting):
    assert release_task() == 0


# ---- Both at once ---------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_release_waits_for_who_is_checking_in_and_leaves_them_alone(waiting):
    held = hold(waiting, MORNING)

    def release() -> list[Booking]:
        connection.cursor().execute("SET lock_timeout = '20ms'")
        return release_unclaimed(now=GIVEN_UP)

    with transaction.atomic():
        check_in(booking=held, author=held.holder, now=GIVEN_UP)
        [waited] = all_at_once([release])

    assert "lock timeout" in str(waited)
    assert release_unclaimed(now=GIVEN_UP) == []
    assert facts(held)[:2] == (BookingState.CONFIRMED, GIVEN_UP)


@pytest.mark.django_db(transaction=True)
def test_check_in_waits_for_the_release_and_is_refused(waiting):
    held, holder = hold(waiting, MORNING), UserFactory()

    def say_so() -> None:
        connection.cursor().execute("SET lock_timeout = '20ms'")
        check_in(booking=held, author=holder, now=GIVEN_UP)

    with transaction.atomic():
        assert release_unclaimed(now=GIVEN_UP) == [held]
        [waited] = all_at_once([say_so])
    [refused] = all_at_once([say_so])

    assert "lock timeout" in str(waited)
    assert isinstance(refused, errors.NoLongerPossible)
    assert facts(held)[:2] == (BookingState.NO_SHOW, None)


@pytest.mark.django_db(transaction=True)
def test_check_in_at_the_minute_of_the_release_is_one_or_the_other(site):
    desks = SpaceFactory.create_batch(6, telecentre=site, release_after=20)
    bookings = [hold(desk, MORNING) for desk in desks]

    def come(booking) -> object:
        return check_in(booking=booking, author=booking.holder, now=GIVEN_UP)

    acts = [lambda booking=booking: come(booking) for booking in bookings]
    *came, released = all_at_once([*acts, lambda: release_unclaimed(now=GIVEN_UP)])

    for booking, answer in zip(bookings, came, strict=True):
        state, checked_in_at, [change] = facts(booking)
        if booking in released:
            assert isinstance(answer, errors.NoLongerPossible)
            assert (state, checked_in_at) == (BookingState.NO_SHOW, None)
            assert change[0] == BookingAct.NO_SHOW
        else:
            assert answer == booking
            assert (state, checked_in_at) == (BookingState.CONFIRMED, GIVEN_UP)
            assert change[0] == BookingAct.CHECKED_IN
    assert OutgoingMail.objects.count() == len(released)
