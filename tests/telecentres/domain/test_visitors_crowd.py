"""Everyone at once: strangers who want one place, one link followed twice, a late confirmation."""

import re

import pytest
from django.core import mail

from comptes.models import User
from courrier.models import OutgoingMail
from telecentres.domain.answers import expire_requests
from telecentres.domain.visitors import MOST_OF_PLACE, Visitor, confirm_hold, hold_for_visitor
from telecentres.enums import BookingState
from telecentres.models import Booking, VisitorHold
from tests.factories import SpaceFactory
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, march

pytestmark = pytest.mark.django_db(transaction=True)

MORNING = march(1, "09:00", "12:00")
ROUNDS = 4


@pytest.fixture
def ask(site):
    site.takes_visitors = True
    site.save()

    def ask(spaces, name: str = "ada") -> Booking:
        visitor = Visitor(f"{name}@exemple.fr", "Ada", "Martin")
        return hold_for_visitor(
            telecentre=site, spaces=spaces, slot=MORNING, visitor=visitor, now=NOW
        )

    return ask


def token() -> str:
    """As it left: nothing of it stays in the outbox."""
    assert OutgoingMail.objects.get().text_body == ""
    return re.findall(r"/reservations/([^/]+)/", mail.outbox[-1].body)[0]


def names(answers: list[object]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def test_crowd_of_strangers_holds_no_more_than_may_be(site, ask):
    """However many there are at once: they are counted under the lock of the place."""
    desks = SpaceFactory.create_batch(8, telecentre=site)

    answers = all_at_once([lambda who=who: ask(desks, f"v{who}") for who in range(8)])

    assert names(answers) == ["Booking"] * MOST_OF_PLACE + ["TooManyHeld"] * 3
    assert VisitorHold.objects.count() == OutgoingMail.objects.count() == MOST_OF_PLACE


def test_link_followed_by_a_crowd_confirms_once(site, ask):
    ask([SpaceFactory(telecentre=site)])
    link = token()

    answers = all_at_once([lambda: confirm_hold(token=link, now=NOW)] * 6)

    assert names(answers) == ["Booking"] + ["LinkUsed"] * 5
    assert Booking.objects.get().state == BookingState.CONFIRMED
    assert User.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_confirmation_and_expiry_at_once_leave_one_of_the_two(site, ask, _round):
    booking = ask([SpaceFactory(telecentre=site)])
    link, late = token(), booking.answer_before

    confirmed, expired = all_at_once(
        [lambda: confirm_hold(token=link, now=NOW), lambda: expire_requests(now=late)]
    )

    booking.refresh_from_db()
    if booking.state == BookingState.CONFIRMED:
        assert (confirmed, expired) == (booking, [])
        assert booking.holder == User.objects.get()
    else:
        assert (booking.state, expired) == (BookingState.EXPIRED, [booking])
        assert names([confirmed])[0] in {"NoLongerPossible", "LinkUnknown"}
        assert booking.holder is None
        assert not User.objects.exists()
    assert not VisitorHold.objects.exists()
