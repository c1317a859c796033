from datetime import timedelta

import pytest

from telecentres.domain import errors
from telecentres.domain.calendar import Slot
from telecentres.domain.closures import close_spaces, closures_to_come, reopen_spaces
from telecentres.enums import BookingAct, BookingState
from telecentres.models import Booking, Space
from tests.factories import SpaceFactory, UserFactory
from tests.telecentres.march import NOW, hold, march

WORKS = march(1, "08:00", "20:00", last=3)


@pytest.fixture
def spaces(site) -> list[Space]:
    return [SpaceFactory(telecentre=site, name=f"Poste {number}") for number in (1, 2, 3)]


def close(spaces, slot=WORKS, **values) -> list[Booking]:
    given = {"author": UserFactory(), "now": NOW, **values}
    return close_spaces(spaces=spaces, slot=slot, **given)


def test_close_spaces_keeps_each_for_nobody(spaces):
    manager = UserFactory()

    bookings = close(reversed(spaces), author=manager, note="Travaux")

    assert [booking.space for booking in bookings] == spaces
    assert {(each.state, each.holder, each.note) for each in bookings} == {
        (BookingState.BLOCKED, None, "Travaux")
    }
    assert {Slot.of(booking.period) for booking in bookings} == {WORKS}
    changes = [change for booking in bookings for change in booking.changes.all()]
    assert [(change.act, change.author) for change in changes] == [
        (BookingAct.BLOCKED, manager)
    ] * 3


def test_close_spaces_where_somebody_comes_closes_none_and_names_them(site, spaces):
    spaces[2].buffer_before = 60
    last = hold(spaces[1], march(3, "10:00", "11:00"))
    first = hold(spaces[1], march(1, "09:00", "12:00"))
    eve = hold(spaces[2], march(1, "06:00", "07:30"))
    hold(spaces[0], march(1, "06:00", "08:00"))
    hold(SpaceFactory(telecentre=site), march(1, "09:00", "12:00"))
    hold(spaces[0], march(2, "09:00", "12:00"), state=BookingState.CANCELLED)

    with pytest.raises(errors.SpacesTaken) as refusal:
        close(spaces)

    assert refusal.value.bookings == (eve, first, last)
    assert not Booking.objects.filter(state=BookingState.BLOCKED).exists()


@pytest.mark.parametrize(
    ("slot", "refusal"),
    [
        (march(1, "12:00", "09:00"), errors.EndsBeforeStart),
        (Slot(NOW, NOW + timedelta(days=94)), errors.TooLong),
        (Slot(NOW - timedelta(hours=1), NOW), errors.InThePast),
    ],
)
def test_close_spaces_for_no_time_is_refused(spaces, slot, refusal):
    with pytest.raises(refusal):
        close(spaces, slot)

    assert not Booking.objects.exists()


def test_close_spaces_without_a_time_said_is_now(spaces):
    past = Slot(WORKS.start.replace(year=2020), WORKS.end.replace(year=2020))

    with pytest.raises(errors.InThePast):
        close(spaces, past, now=None)


def test_what_was_closed_in_one_go_reopens_in_one_go(site, spaces):
    works = close(spaces[:2], note="Travaux")
    later = close(spaces[2:], march(8, "08:00", "20:00"), note="Travaux")
    close([SpaceFactory()])
    hold(spaces[0], march(9, "09:00", "12:00"))

    closures = closures_to_come(site, NOW)
    assert [(each.slot, each.note, each.bookings) for each in closures] == [
        (WORKS, "Travaux", tuple(works)),
        (march(8, "08:00", "20:00"), "Travaux", tuple(later)),
    ]
    assert closures[0].reference == works[0].reference
    reopen_spaces(closure=closures[0], author=UserFactory(), now=NOW)

    assert [each.bookings for each in closures_to_come(site, NOW)] == [tuple(later)]
    assert closures_to_come(site, march(8, "08:00", "20:00").end) == []


def test_reopen_spaces_when_one_of_them_is_reopened_already_changes_nothing(site, spaces):
    bookings = close(spaces)
    [closure] = closures_to_come(site, NOW)
    Booking.objects.filter(pk=bookings[2].pk).update(state=BookingState.CANCELLED)

    with pytest.raises(errors.NoLongerPossible):
        reopen_spaces(closure=closure, author=UserFactory(), now=NOW)

    states = Booking.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [BookingState.BLOCKED, BookingState.BLOCKED, BookingState.CANCELLED]


@pytest.mark.parametrize("number", [1, 3])
def test_closures_cost_the_same_for_one_and_three(site, spaces, django_assert_num_queries, number):
    for rank in range(number):
        close(spaces, march(8 + rank, "08:00", "20:00"))

    with django_assert_num_queries(1):
        shown = [each.bookings[0].space.name for each in closures_to_come(site, NOW)]
    assert shown == ["Poste 1"] * number
