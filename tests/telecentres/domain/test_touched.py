from datetime import UTC, datetime, time

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.domain.touched import bookings_outside_hours
from telecentres.enums import BookingState, TelecentreState
from telecentres.models import Booking
from tests.factories import BookingFactory, OpeningHoursFactory, SpaceFactory, TelecentreFactory

NOW = datetime(2027, 2, 28, 10, tzinfo=UTC)


@pytest.fixture
def place(territory):
    return TelecentreFactory(territory=territory)


def booked(place, hours: tuple[int, int], **details) -> Booking:
    """On Monday 1 March 2027, at these hours UTC."""
    start, end = (datetime(2027, 3, 1, hour, tzinfo=UTC) for hour in hours)
    space = SpaceFactory(telecentre=place)
    return BookingFactory(space=space, period=DateTimeTZRange(start, end), **details)


def test_bookings_outside_the_hours_are_found_the_soonest_first(place):
    OpeningHoursFactory(telecentre=place, weekday=1, opens_at=time(9), closes_at=time(12))
    late, early = booked(place, (15, 16)), booked(place, (6, 9))
    booked(place, (8, 11))
    booked(place, (15, 16), state=BookingState.CANCELLED)
    offered = booked(place, (16, 17), state=BookingState.OFFERED, answer_before=NOW)
    booked(TelecentreFactory(), (15, 16))

    assert bookings_outside_hours(telecentre=place, now=NOW) == [early, late, offered]


def test_bookings_of_a_closed_place_are_all_outside(place):
    OpeningHoursFactory(telecentre=place, weekday=1, opens_at=time(9), closes_at=time(12))
    booking = booked(place, (8, 11))
    place.state = TelecentreState.CLOSED

    assert bookings_outside_hours(telecentre=place, now=NOW) == [booking]


def test_place_without_bookings_asks_for_no_hours(place, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert bookings_outside_hours(telecentre=place, now=NOW) == []
