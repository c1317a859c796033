from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from courrier.models import OutgoingMail
from telecentres.domain import errors
from telecentres.domain.answers import answer_request, expire_requests
from telecentres.domain.calendar import Slot
from telecentres.domain.locks import lock_booking
from telecentres.domain.moving import move_booking
from telecentres.enums import BookingAct, BookingState
from telecentres.models import Booking, BookingChange, Space
from tests.factories import (
    ExceptionalHoursFactory,
    SpaceFactory,
    TelecentreGrantFactory,
    UserFactory,
)
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, at, hold, march

MORNING, AFTERNOON = march(1, "09:00", "12:00"), march(1, "14:00", "17:00")
SOON = NOW + timedelta(seconds=1)
WORDS = "lundi 1er mars 2027, de 09:00 à 12:00"


def mails() -> list[tuple[str, str, str]]:
    """Recipient, message, subject of each, in their order."""
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", "message", "subject"))


def changes(booking) -> list[tuple]:
    return list(booking.changes.values_list("act", "author", "reason"))


def facts(booking) -> tuple:
    """What an act may change of a booking, as the database has it."""
    row = Booking.objects.get(pk=booking.pk)
    return row.state, row.sequence, row.space_id, Slot.of(row.period), row.answer_before


def move(booking, spaces=None, slot=AFTERNOON, author=None, now=NOW) -> Booking:
    return move_booking(
        booking=booking,
        spaces=spaces or [booking.space],
        slot=slot,
        author=author or booking.holder,
        now=now,
    )


@pytest.fixture
def desks(site) -> list[Space]:
    return SpaceFactory.create_batch(3, telecentre=site, capacity=2)


def request(site, answer_before) -> Booking:
    space = SpaceFactory(telecentre=site)
    return hold(space, MORNING, state=BookingState.REQUESTED, answer_before=answer_before)


# ---- Requests -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("is_accepted", "state", "act", "message", "subject"),
    [
        (
            True,
            BookingState.CONFIRMED,
            BookingAct.APPROVED,
            "telecentres.reservation",
            f"Cap Delta\N{NO-BREAK SPACE}: c’est réservé, {WORDS}",
        ),
        (
            False,
            BookingState.REFUSED,
            BookingAct.REFUSED,
            "telecentres.demande-refusee",
            f"Cap Delta\N{NO-BREAK SPACE}: votre demande pour {WORDS} n’a pas abouti",
        ),
    ],
    ids=["accept", "refuse"],
)
def test_answer_request_tells_its_holder_once(site, is_accepted, state, act, message, subject):
    held = request(site, answer_before=SOON)
    manager = UserFactory()
    answer = {"booking": held, "author": manager, "reason": "Voilà", "now": NOW}

    booking = answer_request(is_accepted=is_accepted, **answer)

    assert facts(booking) == (state, 1, held.space_id, MORNING, SOON)
    assert changes(booking) == [(act, manager.pk, "Voilà")]
    assert mails() == [(held.holder.email, message, subject)]
    for again in (True, False):
        with pytest.raises(errors.NoLongerPossible):
            answer_request(is_accepted=again, **answer)
    assert (facts(held)[:2], len(changes(held)), len(mails())) == ((state, 1), 1, 1)


@pytest.mark.parametrize("is_accepted", [True, False])
def test_answer_request_after_its_deadline_is_too_late(site, is_accepted):
    """Its place is given back, even where the task that does it has not come round."""
    held = request(site, answer_before=NOW)

    with pytest.raises(errors.NoLongerPossible):
        answer_request(booking=held, is_accepted=is_accepted, author=UserFactory(), now=NOW)

    assert (facts(held)[:2], changes(held), mails()) == ((BookingState.REQUESTED, 0), [], [])


def test_expire_requests_gives_back_those_left_without_an_answer(site):
    late, waiting = (
        hold(
            SpaceFactory(telecentre=site),
            MORNING,
            state=BookingState.REQUESTED,
            answer_before=NOW + timedelta(seconds=seconds),
        )
        for seconds in (0, 1)
    )
    confirmed = hold(SpaceFactory(telecentre=site), MORNING, answer_before=NOW)

    assert expire_requests(now=NOW) == [late]

    assert facts(late)[:2] == (BookingState.EXPIRED, 1)
    assert changes(late) == [(BookingAct.EXPIRED, None, "")]
    assert [facts(each)[:2] for each in (waiting, confirmed)] == [
        (BookingState.REQUESTED, 0),
        (BookingState.CONFIRMED, 0),
    ]
    subject = f"Cap Delta\N{NO-BREAK SPACE}: votre demande pour {WORDS} n’a pas abouti"
    assert mails() == [(late.holder.email, "telecentres.demande-refusee", subject)]
    assert expire_requests(now=NOW) == []


def test_expire_requests_without_a_time_said_is_now(site):
    past = Slot(MORNING.start - timedelta(days=9000), MORNING.end - timedelta(days=9000))
    late = hold(
        SpaceFactory(telecentre=site), past, state=BookingState.REQUESTED, answer_before=past.start
    )

    assert expire_requests() == [late]


# ---- Move -----------------------------------------------------------------------------------
def test_move_booking_keeps_its_space_when_that_is_free(site, desks):
    held, manager = hold(desks[1], MORNING, people=2), UserFactory()

    booking = move(held, desks, author=manager)

    assert facts(booking) == (BookingState.CONFIRMED, 1, desks[1].pk, AFTERNOON, None)
    assert (booking.space, Slot.of(booking.period), booking.sequence) == (desks[1], AFTERNOON, 1)
    [change] = booking.changes.all()
    assert (change.act, change.author, change.reason) == (BookingAct.MOVED, manager, "")
    assert (change.former_space, Slot.of(change.former_period)) == (desks[1], MORNING)
    words = "lundi 1er mars 2027, de 14:00 à 17:00"
    subject = f"Cap Delta\N{NO-BREAK SPACE}: votre réservation est maintenant {words}"
    assert mails() == [(held.holder.email, "telecentres.reservation-deplacee", subject)]


def test_move_booking_goes_to_the_first_sibling_free_in_the_order_given(site, desks):
    held = hold(desks[0], MORNING)
    hold(desks[0], AFTERNOON)
    hold(desks[2], AFTERNOON)

    booking = move(held, [desks[2], desks[1], desks[0]])

    assert facts(booking)[2:4] == (desks[1].pk, AFTERNOON)
    [change] = booking.changes.all()
    assert (change.former_space, Slot.of(change.former_period)) == (desks[0], MORNING)
    assert booking.space == desks[1]


def test_move_booking_that_is_taken_stays_as_it_was(site, desks):
    held = hold(desks[0], MORNING)
    for desk in desks:
        hold(desk, march(1, "16:00", "18:00"))
    before = facts(held)

    with pytest.raises(errors.SlotTaken):
        move(held, desks)

    assert (facts(held), changes(held), mails()) == (before, [], [])


def test_move_booking_over_its_own_former_time_passes(site, desks):
    held = hold(desks[0], MORNING)

    booking = move(held, desks, march(1, "10:00", "14:00"))

    assert facts(booking)[2:4] == (desks[0].pk, march(1, "10:00", "14:00"))


def test_move_booking_carries_the_buffers_of_its_new_space(site, desks):
    held = hold(desks[0], MORNING)
    room = SpaceFactory(telecentre=site, buffer_before=15, buffer_after=30)

    booking = move(held, [room])

    assert Slot.of(Booking.objects.get().occupied) == march(1, "13:45", "17:30")
    assert (booking.space, Slot.of(booking.occupied)) == (room, march(1, "13:45", "17:30"))


def test_move_booking_counts_a_buffer_as_it_passes_in_the_night_of_spring(site):
    room = SpaceFactory(telecentre=site, buffer_before=30)
    held = hold(room, march(26, "09:00", "10:00"))
    ExceptionalHoursFactory(
        telecentre=site, day=date(2027, 3, 28), opens_at="00:00", closes_at="23:00"
    )
    night = march(28, "03:15", "05:00")

    move(held, slot=night)

    row = Booking.objects.get()
    assert Slot.of(row.period) == night
    assert row.period.lower - row.occupied.lower == timedelta(minutes=30)


def test_move_booking_against_another_rule_of_the_database_says_so(site, desks):
    """It is no space that is taken: a buffer gone wrong would leave the period uncovered."""
    held = hold(desks[0], MORNING)
    desks[0].buffer_before = -30
    before = facts(held)

    with pytest.raises(IntegrityError):
        move(held, [desks[0]])

    assert (facts(held), changes(held), mails()) == (before, [], [])


@pytest.mark.parametrize(
    ("state", "answer_before", "kept"),
    [
        (BookingState.CONFIRMED, SOON, NOW + timedelta(days=2)),
        # Moved again and again, it would hold its space without end.
        (BookingState.REQUESTED, SOON, SOON),
        (BookingState.REQUESTED, at(8, "09:00"), NOW + timedelta(days=2)),
    ],
)
def test_move_booking_of_a_member_on_approval_is_asked_for_anew(site, state, answer_before, kept):
    """What the manager accepted was another time."""
    room = SpaceFactory(telecentre=site, needs_approval=True)
    manager = TelecentreGrantFactory(telecentre=site).user
    held = hold(room, MORNING, state=state, answer_before=answer_before)

    booking = move(held, [room], slot=AFTERNOON)

    assert (booking.state, booking.answer_before) == (BookingState.REQUESTED, kept)
    assert [(to, key) for to, key, _subject in mails()] == [
        (held.holder.email, "telecentres.demande"),
        (manager.email, "telecentres.demande-a-traiter"),
    ]


def test_move_booking_of_a_request_to_a_free_desk_is_confirmed(site, desks):
    held = hold(desks[0], MORNING, state=BookingState.REQUESTED, answer_before=NOW)

    booking = move(held, slot=AFTERNOON)

    assert (booking.state, booking.answer_before) == (BookingState.CONFIRMED, None)


@pytest.mark.parametrize(
    ("state", "answer_before", "kept"),
    [
        (BookingState.REQUESTED, at(8, "09:00"), at(1, "14:00")),
        (BookingState.REQUESTED, at(1, "09:00"), at(1, "09:00")),
        (BookingState.CONFIRMED, None, None),
    ],
)
def test_move_booking_by_the_manager_leaves_it_as_it_is(site, state, answer_before, kept):
    room = SpaceFactory(telecentre=site, needs_approval=True)
    held = hold(room, MORNING, state=state, answer_before=answer_before)

    booking = move_booking(
        booking=held, spaces=[room], slot=AFTERNOON, author=UserFactory(), now=NOW
    )

    assert (booking.state, booking.answer_before) == (state, kept)


@pytest.mark.parametrize(
    "state",
    [
        BookingState.BLOCKED,
        BookingState.REFUSED,
        BookingState.EXPIRED,
        BookingState.CANCELLED,
    ],
)
def test_move_booking_of_nobody_who_means_to_come_is_refused(site, desks, state):
    held = hold(desks[0], MORNING, state=state)
    before = facts(held)

    with pytest.raises(errors.NoLongerPossible):
        move(held)

    assert (facts(held), changes(held), mails()) == (before, [], [])


def test_move_booking_is_possible_until_it_begins_and_refused_then(site, desks):
    held = hold(desks[0], MORNING)
    before = facts(held)

    with pytest.raises(errors.NoLongerPossible):
        move(held, now=MORNING.start)
    assert (facts(held), changes(held), mails()) == (before, [], [])

    move(held, now=MORNING.start - timedelta(seconds=1))
    assert facts(held)[3] == AFTERNOON


def test_move_booking_follows_the_rules_of_a_new_one(site, desks):
    held = hold(desks[0], MORNING, people=2)
    small = SpaceFactory(telecentre=site, capacity=1)
    before = facts(held)

    with pytest.raises(errors.TooManyPeople) as caught:
        move(held, [small])
    with pytest.raises(errors.OutsideHours):
        move(held, slot=march(6, "09:00", "12:00"))

    assert caught.value == errors.TooManyPeople(1)
    assert (facts(held), changes(held), mails()) == (before, [], [])


def test_move_booking_of_a_member_prefers_a_space_that_needs_no_answer(site):
    """The room comes first in the line, as the smaller one."""
    desk, other = SpaceFactory.create_batch(2, telecentre=site, capacity=2)
    room = SpaceFactory(telecentre=site, needs_approval=True)
    booking = hold(desk, MORNING)
    hold(desk, march(2, "09:00", "12:00"))

    moved = move_booking(
        booking=booking,
        spaces=[room, desk, other],
        slot=march(2, "09:00", "12:00"),
        author=booking.holder,
        now=NOW,
    )

    assert (moved.space, moved.state) == (other, BookingState.CONFIRMED)


def test_move_booking_of_a_member_confirms_no_space_on_approval(site, desks):
    """Be it refused or asked for, nobody gives themselves the room by way of a desk."""
    held = hold(desks[0], MORNING)
    room = SpaceFactory(telecentre=site, needs_approval=True)

    with suppress(errors.BookingRefusal):
        move(held, [room])

    assert list(Booking.objects.filter(space=room, state=BookingState.CONFIRMED)) == []


def test_move_booking_is_dated_when_it_is_done(site, desks):
    [change] = move(hold(desks[0], MORNING)).changes.all()

    assert change.at == NOW


def test_move_booking_without_a_time_said_is_now(site, desks):
    held = hold(desks[0], MORNING)
    past = Slot(MORNING.start - timedelta(days=9000), MORNING.end - timedelta(days=9000))

    with pytest.raises(errors.InThePast):
        move_booking(booking=held, spaces=desks, slot=past, author=held.holder)

    assert (facts(held)[3], changes(held)) == (MORNING, [])


def test_row_moved_onto_another_is_refused_whoever_writes_it(site, desks):
    """Control: what `move_booking` leans on is the database's."""
    held = hold(desks[0], MORNING)
    hold(desks[1], MORNING)

    with pytest.raises(IntegrityError):
        Booking.objects.filter(pk=held.pk).update(
            space=desks[1], period=DateTimeTZRange(MORNING.start, MORNING.end)
        )


@pytest.mark.django_db(transaction=True)
def test_crowd_that_moves_to_one_slot_leaves_one_winner(site):
    target, *desks = SpaceFactory.create_batch(9, telecentre=site)
    crowd = [hold(desk, MORNING) for desk in desks]

    answers = all_at_once([lambda held=held: move(held, [target]) for held in crowd])

    assert sorted(type(answer).__name__ for answer in answers) == ["Booking"] + ["SlotTaken"] * 7
    [winner] = Booking.objects.filter(space=target)
    assert Slot.of(winner.period) == AFTERNOON
    assert [change.booking for change in BookingChange.objects.all()] == [winner]


@pytest.mark.django_db(transaction=True)
def test_two_that_change_places_in_time_never_wait_for_each_other(site):
    """Each enters the space of the other, where the other no longer is in the afternoon."""
    desks = SpaceFactory.create_batch(2, telecentre=site)
    one, other = (hold(desk, MORNING) for desk in desks)

    answers = all_at_once(
        [lambda: move(one, [desks[1]]), lambda: move(other, [desks[0]], march(1, "14:00", "16:00"))]
    )

    assert [type(answer).__name__ for answer in answers] == ["Booking", "Booking"]
    assert [facts(one)[2], facts(other)[2]] == [desks[1].pk, desks[0].pk]


def test_request_that_is_answered_meanwhile_does_not_expire(site, monkeypatch):
    asked = hold(
        SpaceFactory(telecentre=site), MORNING, state=BookingState.REQUESTED, answer_before=NOW
    )

    def answered_first(booking: Booking) -> Booking:
        Booking.objects.filter(pk=booking.pk).update(state=BookingState.CONFIRMED)
        return lock_booking(booking)

    monkeypatch.setattr("telecentres.domain.answers.lock_booking", answered_first)

    assert expire_requests(now=NOW) == []
    assert Booking.objects.get(pk=asked.pk).state == BookingState.CONFIRMED
