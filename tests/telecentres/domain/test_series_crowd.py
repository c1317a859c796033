"""Two groups want more than there is, in the same second: one has it all, the other is told."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import OperationalError
from psycopg.errors import DeadlockDetected

from telecentres.domain import series as several
from telecentres.domain.booking import book_space
from telecentres.domain.closures import close_spaces
from telecentres.domain.series import Asked, Outcome, book_series, every_week
from telecentres.enums import BookingState
from telecentres.models import Booking, Space
from tests.factories import FreeAllowanceFactory, SpaceFactory, UserFactory
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, march

pytestmark = pytest.mark.django_db(transaction=True)

MORNING = march(1, "09:00", "12:00")
ROUNDS = 4


def ask(site, desks: list[Space], count: int, slots=(MORNING,)) -> Callable[[], Outcome]:
    asked = Asked(site, desks, UserFactory(), count=count)
    return lambda: book_series(asked=asked, slots=slots, now=NOW)


def taken(outcomes: list[Outcome]) -> list[int]:
    return sorted(len(outcome.bookings) for outcome in outcomes)


@pytest.mark.parametrize(("desks", "count"), [(3, 2), (5, 3), (5, 5)])
def test_of_two_groups_on_fewer_desks_than_both_want_one_has_all(site, desks, count):
    rows = SpaceFactory.create_batch(desks, telecentre=site)
    for _round in range(ROUNDS):
        # Each in its own order: it is the lock that keeps them apart, not the order.
        outcomes = all_at_once([ask(site, rows, count), ask(site, rows[::-1], count)])

        assert taken(outcomes) == [0, count]
        [(_slot, why)] = next(outcome.lost for outcome in outcomes if outcome.lost)
        assert getattr(why, "free", 0) == desks - count
        assert Booking.objects.count() == count
        Booking.objects.all().delete()


def test_groups_among_a_crowd_of_people_alone_have_all_or_none(site):
    """Whoever comes alone locks no place: a group that loses a desk to them gives the rest back."""
    rows = SpaceFactory.create_batch(5, telecentre=site)
    FreeAllowanceFactory(telecentre=site, half_days=1)

    def alone(holder) -> Booking:
        return book_space(telecentre=site, spaces=rows, slot=MORNING, holder=holder, now=NOW)

    for _round in range(ROUNDS):
        people = UserFactory.create_batch(3)
        answers = all_at_once(
            [
                ask(site, rows, 3),
                ask(site, rows[::-1], 3),
                *(lambda holder=holder: alone(holder) for holder in people),
            ]
        )

        groups, singles = answers[:2], [one for one in answers[2:] if isinstance(one, Booking)]
        assert {type(one).__name__ for one in answers} <= {"Outcome", "Booking", "SlotTaken"}
        assert taken(groups) in ([0, 0], [0, 3])
        assert Booking.objects.count() == sum(taken(groups)) + len(singles)
        Booking.objects.all().delete()


def test_series_and_a_closing_at_once_never_wait_for_each_other(site):
    """One goes from week to week, the other from desk to desk over all of them."""
    rows = SpaceFactory.create_batch(2, telecentre=site)
    manager, weeks = UserFactory(), every_week(MORNING, date(2027, 3, 22))

    def close() -> list[Booking]:
        works = march(1, "08:00", "20:00", last=26)
        return close_spaces(spaces=rows, slot=works, author=manager, now=NOW)

    for _round in range(ROUNDS):
        outcome, closed = all_at_once([ask(site, rows[::-1], 1, weeks), close])

        assert isinstance(outcome, Outcome)
        blocked = Booking.objects.filter(state=BookingState.BLOCKED).count()
        found = (type(closed).__name__, blocked, len(outcome.bookings))
        assert found in {("list", 2, 0), ("SpacesTaken", 0, 4)}
        Booking.objects.all().delete()


def test_without_the_lock_two_groups_wait_for_each_other(site, monkeypatch):
    """Control: each holds the desk that the other wants next; PostgreSQL ends one, then the other
    or the same again, until somebody is told of an error that is no refusal."""
    rows = SpaceFactory.create_batch(2, telecentre=site)
    both_hold_one = Barrier(2, timeout=5)

    def book_then_wait(**asked) -> Booking:
        booking = book_space(**asked)
        with suppress(BrokenBarrierError):
            both_hold_one.wait()
        return booking

    monkeypatch.setattr(several, "lock_place", lambda key: None)
    monkeypatch.setattr(several, "book_space", book_then_wait)
    monkeypatch.setattr("telecentres.domain.taking.once_more_on_deadlock", lambda act: act())

    answers = all_at_once([ask(site, rows, 2), ask(site, rows[::-1], 2)])

    errors = [one for one in answers if isinstance(one, OperationalError)]
    assert [type(error.__cause__) for error in errors] == [DeadlockDetected]
