import pytest
from django.contrib.auth.models import AnonymousUser

from telecentres.domain.presence import Arrival, arrival_of
from telecentres.enums import BookingState
from tests.factories import SpaceFactory, UserFactory
from tests.telecentres.march import at, hold, march

MORNING = march(1, "09:00", "12:00")
TEN = at(1, "10:00")
NOTHING = Arrival(None, None, ())


@pytest.fixture
def desk(site):
    return SpaceFactory(telecentre=site)


@pytest.fixture
def holder(db):
    return UserFactory()


def test_arrival_is_of_ones_own_booking_in_progress(desk, holder):
    held = hold(desk, MORNING, holder=holder)

    assert arrival_of(holder, desk, TEN) == Arrival(held, None, ())
    assert arrival_of(UserFactory(), desk, TEN) == NOTHING


def test_arrival_of_a_visitor_asks_nothing(desk, holder, django_assert_num_queries):
    hold(desk, MORNING, holder=None)

    with django_assert_num_queries(0):
        assert arrival_of(AnonymousUser(), desk, TEN) == NOTHING


@pytest.mark.parametrize(
    ("clock", "is_there"), [("08:44", False), ("08:45", True), ("11:59", True), ("12:00", False)]
)
def test_arrival_is_from_a_little_before_until_the_end(desk, holder, clock, is_there):
    held = hold(desk, MORNING, holder=holder)

    assert arrival_of(holder, desk, at(1, clock)).here == (held if is_there else None)


def test_arrival_goes_on_to_the_next_once_one_has_come(desk, holder):
    first = hold(desk, MORNING, holder=holder)
    second = hold(desk, march(1, "12:00", "14:00"), holder=holder)
    soon = at(1, "11:50")

    assert arrival_of(holder, desk, soon).here == first
    first.checked_in_at = TEN
    first.save()
    assert arrival_of(holder, desk, soon).here == second


def test_arrival_says_what_was_given_up_and_what_is_beside(site, desk, holder):
    lost = hold(desk, MORNING, holder=holder, state=BookingState.NO_SHOW)
    beside = hold(SpaceFactory(telecentre=site), MORNING, holder=holder)
    hold(SpaceFactory(telecentre=site), MORNING, holder=holder, state=BookingState.NO_SHOW)
    hold(SpaceFactory(), MORNING, holder=holder)
    hold(desk, MORNING, holder=holder, state=BookingState.CANCELLED)

    assert arrival_of(holder, desk, TEN) == Arrival(None, lost, (beside,))
