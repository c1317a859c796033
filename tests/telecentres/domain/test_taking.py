import secrets
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, repeat
from random import Random
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from psycopg.errors import DeadlockDetected, QueryCanceled

from comptes.models import User
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import SlotTaken
from telecentres.domain.taking import (
    ALPHABET,
    new_reference,
    once_more_on_deadlock,
    take_first_free,
)
from telecentres.enums import BookingAct, BookingOrigin, BookingState
from telecentres.models import Booking, BookingChange, Space
from tests.factories import BookingFactory, SpaceFactory, UserFactory
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, at, hold, march

MORNING = march(1, "09:00", "12:00")
CROWD = 16


def take(spaces: list[Space], slot: Slot, holder: User, **values: object) -> int:
    given = {
        "act": BookingAct.BOOKED,
        "territory": spaces[0].telecentre.territory_id if spaces else None,
        "holder": holder.pk,
        "people": 1,
        "origin": BookingOrigin.SITE,
        "note": "",
        "answer_before": None,
        "author": holder.pk,
        "now": NOW,
    }
    return take_first_free(spaces=spaces, slot=slot, **given | values)


def overlaps() -> int:
    """Pairs of bookings that hold one space at one time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM telecentres_booking one JOIN telecentres_booking other"
            " ON one.space_id = other.space_id AND one.id < other.id"
            " AND one.occupied && other.occupied"
            " WHERE one.state = ANY(%(holding)s) AND other.state = ANY(%(holding)s)",
            {"holding": [str(state) for state in BookingState.holding()]},
        )
        return cursor.fetchone()[0]


def row_of(space: Space, slot: Slot = MORNING) -> Booking:
    """Not saved."""
    period = DateTimeTZRange(slot.start, slot.end)
    return BookingFactory.build(
        space=space,
        territory=space.telecentre.territory,
        holder=None,
        period=period,
        occupied=period,
        reference=new_reference(),
    )


def refused(answers: list[object]) -> list[str]:
    return [type(answer).__name__ for answer in answers if isinstance(answer, Exception)]


# ---- One after the other --------------------------------------------------------------------
def test_take_first_free_writes_the_booking_and_its_history(site):
    desk, holder, author = SpaceFactory(telecentre=site), UserFactory(), UserFactory()
    desk.buffer_before, desk.buffer_after = 10, 20
    said = {"people": 3, "note": "L’écran", "answer_before": NOW, "author": author.pk}

    key = take([desk], MORNING, holder, act=BookingAct.REQUESTED, **said)

    booking = Booking.objects.get()
    wide = Slot(MORNING.start - timedelta(minutes=10), MORNING.end + timedelta(minutes=20))
    assert (booking.pk, booking.space, booking.territory) == (key, desk, site.territory)
    assert (Slot.of(booking.period), Slot.of(booking.occupied)) == (MORNING, wide)
    assert (booking.holder, booking.people, booking.note) == (holder, 3, "L’écran")
    assert (booking.state, booking.origin) == (BookingState.REQUESTED, BookingOrigin.SITE)
    assert (booking.answer_before, booking.booked_at, booking.sequence) == (NOW, NOW, 0)
    change = BookingChange.objects.get()
    assert (change.booking, change.act, change.at) == (booking, BookingAct.REQUESTED, NOW)
    assert (change.author, change.reason) == (author, "")


def test_take_first_free_follows_the_order_given(site):
    desks = SpaceFactory.create_batch(3, telecentre=site)
    holder, order = UserFactory(), [desks[1], desks[2], desks[0]]
    hold(desks[1], march(1, "11:00", "14:00"))

    keys = [take(order, MORNING, holder) for _time in range(2)]

    rows = Booking.objects.in_bulk(keys)
    assert [rows[key].space for key in keys] == [desks[2], desks[0]]


def test_take_first_free_when_none_is_writes_nothing(site):
    desk = SpaceFactory(telecentre=site)
    hold(desk, MORNING)

    with pytest.raises(SlotTaken):
        take([desk], MORNING, UserFactory())

    assert (Booking.objects.count(), BookingChange.objects.count()) == (1, 0)


def test_take_first_free_of_no_space_is_refused(site):
    with pytest.raises(SlotTaken):
        take([], MORNING, UserFactory())

    assert Booking.objects.count() == 0


def test_take_first_free_that_loses_once_tries_again(site, monkeypatch):
    """Whose reference is given already is not inserted either; the next one passes."""
    desks, holder = SpaceFactory.create_batch(2, telecentre=site), UserFactory()
    hold(SpaceFactory(telecentre=site), MORNING, reference="AAAAAAAA")
    letters = chain(repeat("A", 8), repeat("B"))
    monkeypatch.setattr(secrets, "choice", lambda _alphabet: next(letters))

    booking = Booking.objects.get(pk=take(desks, MORNING, holder))

    assert (booking.reference, booking.space) == ("BBBBBBBB", desks[0])
    assert BookingChange.objects.count() == 1


def test_new_reference_is_eight_letters_and_figures_read_without_doubt():
    drawn = {new_reference() for _time in range(1000)}

    assert (len(drawn), {len(each) for each in drawn}) == (1000, {8})
    assert set("".join(drawn)) == set(ALPHABET)
    assert (len(ALPHABET), len(set(ALPHABET)), set("IL O01") & set(ALPHABET)) == (31, 31, set())


# ---- At once --------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_hundred_attempts_of_twenty_leave_no_overlap(site):
    desks, holder = SpaceFactory.create_batch(3, telecentre=site), UserFactory()

    def ten_attempts(seed: int) -> int:
        chance, booked = Random(seed), 0
        for _time in range(10):
            start = at(1, "09:00") + timedelta(minutes=15 * chance.randrange(32))
            slot = Slot(start, start + timedelta(minutes=15 * chance.randrange(1, 9)))
            try:
                take(chance.sample(desks, 3), slot, holder)
            except SlotTaken:
                continue
            booked += 1
        return booked

    answers = all_at_once([lambda seed=seed: ten_attempts(seed) for seed in range(20)])

    assert refused(answers) == []
    assert 0 < sum(answers) < 200
    assert (Booking.objects.count(), BookingChange.objects.count()) == (sum(answers),) * 2
    assert overlaps() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [1, 3])
def test_crowd_for_one_slot_leaves_one_winner_for_each_desk(site, count):
    desks, holder = SpaceFactory.create_batch(count, telecentre=site), UserFactory()

    answers = all_at_once([lambda: take(desks, MORNING, holder)] * CROWD)

    assert refused(answers) == ["SlotTaken"] * (CROWD - count)
    assert Booking.objects.values("space").distinct().count() == Booking.objects.count() == count
    assert (BookingChange.objects.count(), overlaps()) == (count, 0)


# ---- Controls: what keeps two apart is the constraint ---------------------------------------
@pytest.fixture
def unconstrained(transactional_db) -> Iterator[None]:
    """The table without the constraint, put back afterwards over no row."""
    alone = next(
        each for each in Booking._meta.constraints if each.name == "booking_alone_in_its_space"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(Booking, alone)
    yield
    Booking.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Booking, alone)


def check_then_insert(space: Space) -> list[object]:
    """A crowd of the naive: each sees the space free, and only then writes."""
    seen = Barrier(CROWD, timeout=30)

    def book() -> None:
        is_free = not Booking.objects.touching(MORNING.start, MORNING.end).exists()
        seen.wait()
        if is_free:
            row_of(space).save()

    return all_at_once([book] * CROWD)


@pytest.mark.django_db(transaction=True)
def test_check_then_insert_without_the_constraint_overlaps(unconstrained, site):
    answers = check_then_insert(SpaceFactory(telecentre=site))

    assert refused(answers) == []
    assert (Booking.objects.count(), overlaps()) == (CROWD, CROWD * (CROWD - 1) // 2)


@pytest.mark.django_db(transaction=True)
def test_check_then_insert_under_the_constraint_leaves_one(site):
    answers = check_then_insert(SpaceFactory(telecentre=site))

    assert (Booking.objects.count(), overlaps()) == (1, 0)
    assert len(refused(answers)) == CROWD - 1
    assert set(refused(answers)) <= {"IntegrityError", "OperationalError"}


def write_anew(space: Space) -> None:
    row = row_of(space)
    Booking.objects.create(
        space=space,
        territory=row.territory,
        reference=row.reference,
        period=row.period,
        occupied=row.occupied,
    )


def write_many(space: Space) -> None:
    Booking.objects.bulk_create([row_of(space)])


def write_over(space: Space) -> None:
    other = hold(SpaceFactory(telecentre=space.telecentre), MORNING)
    Booking.objects.filter(pk=other.pk).update(space=space)


def wake_up(space: Space) -> None:
    """A booking given back holds its space again."""
    other = hold(space, MORNING, state=BookingState.CANCELLED)
    Booking.objects.filter(pk=other.pk).update(state=BookingState.CONFIRMED)


WAYS = pytest.mark.parametrize("write", [write_anew, write_many, write_over, wake_up])


@WAYS
def test_row_that_overlaps_is_refused_however_it_is_written(site, write):
    held = hold(SpaceFactory(telecentre=site), march(1, "11:00", "14:00"))

    with pytest.raises(IntegrityError), transaction.atomic():
        write(held.space)

    assert list(Booking.objects.all()) == [held]
    assert overlaps() == 0


@WAYS
def test_row_that_overlaps_is_accepted_without_the_constraint(site, write):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE telecentres_booking DROP CONSTRAINT booking_alone_in_its_space")
    held = hold(SpaceFactory(telecentre=site), march(1, "11:00", "14:00"))

    write(held.space)

    assert overlaps() == 1


# ---- Two who wait for each other ------------------------------------------------------------
def test_act_ended_by_a_deadlock_is_tried_once_more():
    calls = []

    def act() -> str:
        calls.append("called")
        if len(calls) == 1:
            raise OperationalError from DeadlockDetected()
        return "done"

    assert (once_more_on_deadlock(act), len(calls)) == ("done", 2)


@pytest.mark.parametrize(
    ("cause", "times"), [(DeadlockDetected(), 2), (QueryCanceled(), 1), (None, 1)]
)
def test_act_that_goes_on_failing_says_so(cause, times):
    calls = []

    def act() -> str:
        calls.append("called")
        raise OperationalError from cause

    with pytest.raises(OperationalError):
        once_more_on_deadlock(act)

    assert len(calls) == times


def test_act_that_succeeds_is_done_once():
    calls = []

    assert once_more_on_deadlock(lambda: calls.append("called")) is None
    assert calls == ["called"]
