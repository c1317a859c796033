"""Everyone at once: spaces given back, offers taken and expiring, people who join and book."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest

from telecentres.domain import waiting as line
from telecentres.domain.answers import accept_offer, cancel_booking, expire_requests
from telecentres.domain.availability import find_free
from telecentres.domain.booking import book_space
from telecentres.domain.waiting import join_line
from telecentres.enums import BookingState, SpaceKind, WaitState
from telecentres.models import Booking, Telecentre, Wait
from tests.factories import SpaceFactory, UserFactory, WaitFactory
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, hold, march

pytestmark = pytest.mark.django_db(transaction=True)

MORNING = march(1, "09:00", "12:00")
DEADLINE = NOW + timedelta(hours=24)
ROUNDS = 4


def names(answers: list[object]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def give_back(booking: Booking) -> Callable[[], Booking]:
    return lambda: cancel_booking(booking=booking, author=booking.holder, now=NOW)


def join(site: Telecentre) -> Callable[[], Wait]:
    holder = UserFactory()
    return lambda: join_line(
        telecentre=site, kind=SpaceKind.DESK, slot=MORNING, holder=holder, now=NOW
    )


def test_spaces_given_back_at_once_go_to_as_many_in_their_order(site):
    held = [hold(desk, MORNING) for desk in SpaceFactory.create_batch(6, telecentre=site)]
    waits = [WaitFactory(telecentre=site) for _each in range(8)]

    answers = all_at_once([give_back(booking) for booking in held])

    assert names(answers) == ["Booking"] * 6
    waits = list(Wait.objects.order_by("pk"))
    assert [wait.state for wait in waits] == [WaitState.OFFERED] * 6 + [WaitState.WAITING] * 2
    assert len({wait.booking.space_id for wait in waits[:6]}) == 6


def test_space_given_back_to_a_line_is_never_booked_by_a_crowd(site):
    """No moment lies between the one who gives it back and the one who waits."""
    desk = SpaceFactory(telecentre=site)
    held, wait = hold(desk, MORNING), WaitFactory(telecentre=site)
    crowd = UserFactory.create_batch(6)

    def book(holder) -> Booking:
        return book_space(telecentre=site, spaces=[desk], slot=MORNING, holder=holder, now=NOW)

    answers = all_at_once([give_back(held), *(lambda user=user: book(user) for user in crowd)])

    assert names(answers) == ["Booking", *["SlotTaken"] * 6]
    wait.refresh_from_db()
    assert (wait.state, wait.booking.holder_id) == (WaitState.OFFERED, wait.holder_id)


def test_offer_accepted_by_several_clicks_is_taken_once(site):
    held, wait = hold(SpaceFactory(telecentre=site), MORNING), WaitFactory(telecentre=site)
    give_back(held)()
    wait.refresh_from_db()

    answers = all_at_once([lambda: accept_offer(booking=wait.booking, now=NOW)] * 4)

    assert names(answers) == ["Booking", *["NoLongerPossible"] * 3]
    assert wait.booking.changes.count() == 2


def test_offer_accepted_at_the_second_when_it_ends_has_one_outcome(site):
    desk = SpaceFactory(telecentre=site)
    for _round in range(ROUNDS):
        held, wait, second = hold(desk, MORNING), *WaitFactory.create_batch(2, telecentre=site)
        give_back(held)()
        offer = Wait.objects.get(pk=wait.pk).booking

        taken, expired = all_at_once(
            [
                lambda offer=offer: accept_offer(
                    booking=offer, now=DEADLINE - timedelta(microseconds=1)
                ),
                lambda: expire_requests(now=DEADLINE),
            ]
        )

        is_taken = isinstance(taken, Booking)
        assert expired == ([] if is_taken else [offer])
        wait.refresh_from_db()
        second.refresh_from_db()
        assert [wait.state, second.state] == (
            [WaitState.TAKEN, WaitState.WAITING]
            if is_taken
            else [WaitState.LAPSED, WaitState.OFFERED]
        )
        assert Booking.objects.holding().count() == 1
        Wait.objects.all().delete()
        Booking.objects.all().delete()


def test_nobody_joins_a_line_while_their_place_comes_free(site):
    """Either it is free and they are told, or they were in time and it is offered."""
    desk = SpaceFactory(telecentre=site)
    for _round in range(ROUNDS):
        _freed, *joined = all_at_once(
            [give_back(hold(desk, MORNING)), *(join(site) for _each in range(2))]
        )

        still_free = [type(one).__name__ for one in joined].count("StillFree")
        offered = Wait.objects.filter(state=WaitState.OFFERED).count()
        held = Booking.objects.holding().count()
        assert (offered, held) == ((1, 1) if still_free < 2 else (0, 0))
        Wait.objects.all().delete()
        Booking.objects.all().delete()


def test_without_the_lock_somebody_would_wait_for_a_place_that_is_free(site, monkeypatch):
    """Control: they look, it is given back, they join; and nobody comes to tell them."""
    held, seen, freed = hold(SpaceFactory(telecentre=site), MORNING), Event(), Event()

    def look_then_wait(**asked):
        try:
            return find_free(**asked)
        finally:
            seen.set()
            freed.wait(timeout=30)

    def free() -> None:
        seen.wait(timeout=30)
        give_back(held)()
        freed.set()

    monkeypatch.setattr(line, "find_free", look_then_wait)
    places = Telecentre.objects.select_related("commune")
    for module in ("waiting", "locks"):
        monkeypatch.setattr(
            f"telecentres.domain.{module}.lock_place", lambda key: places.get(pk=key)
        )

    all_at_once([join(site), free])

    assert Wait.objects.get().state == WaitState.WAITING
    assert not Booking.objects.filter(state__in=BookingState.holding()).exists()
