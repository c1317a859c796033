from datetime import timedelta

import pytest

from courrier.models import OutgoingMail
from telecentres.domain import errors
from telecentres.domain.booking import take_walk_in
from telecentres.domain.calendar import Slot
from telecentres.enums import BookingAct, BookingOrigin, BookingState, TelecentreState
from telecentres.models import Booking
from tests.factories import SpaceFactory, UserFactory
from tests.telecentres.march import at, hold, march

ARRIVES = at(1, "09:07") + timedelta(seconds=42)


def walk_in(space, until=None, **values) -> Booking:
    until = until or at(1, "12:00")
    return take_walk_in(space=space, until=until, author=UserFactory(), now=ARRIVES, **values)


def test_walk_in_holds_the_space_from_this_minute(site):
    desk = SpaceFactory(telecentre=site, notice=60, units=[], needs_approval=True)

    booking = walk_in(desk, note="Un voisin")

    assert Slot.of(booking.period) == march(1, "09:07", "12:00")
    assert (booking.state, booking.origin) == (BookingState.CONFIRMED, BookingOrigin.COUNTER)
    assert (booking.holder, booking.note, booking.booked_at) == (None, "Un voisin", ARRIVES)
    [change] = booking.changes.all()
    assert (change.act, change.at) == (BookingAct.BOOKED, ARRIVES)
    assert not OutgoingMail.objects.exists()


def test_walk_in_without_a_time_said_is_now(site):
    with pytest.raises(errors.EndsBeforeStart):
        take_walk_in(
            space=SpaceFactory(telecentre=site), until=at(1, "09:00").replace(year=2020),
            author=UserFactory(),
        )  # fmt: skip


def test_walk_in_where_somebody_comes_later_is_refused(site):
    desk = SpaceFactory(telecentre=site)
    hold(desk, march(1, "11:00", "14:00"))

    with pytest.raises(errors.SlotTaken):
        walk_in(desk)
    walk_in(desk, at(1, "11:00"))

    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("until", "refusal"),
    [
        (at(1, "09:07"), errors.EndsBeforeStart),
        (at(1, "08:00"), errors.EndsBeforeStart),
        (ARRIVES + timedelta(days=94), errors.TooLong),
    ],
)
def test_walk_in_that_ends_nowhere_is_refused(site, until, refusal):
    with pytest.raises(refusal):
        walk_in(SpaceFactory(telecentre=site), until)

    assert not Booking.objects.exists()


def test_walk_in_where_the_place_is_closed_for_good_is_refused(site):
    desk = SpaceFactory(telecentre=site)
    site.state = TelecentreState.CLOSED

    with pytest.raises(errors.NotBookable):
        walk_in(desk)

    assert not Booking.objects.exists()
