from datetime import UTC, datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.enums import BookingState, SpaceKind, WaitState
from telecentres.models import Booking, Wait
from tests.factories import BookingFactory, WaitFactory


def test_offers_come_before_what_one_has_accepted(db):
    noon = datetime(2027, 3, 1, 11, tzinfo=UTC)
    later, evening = (
        DateTimeTZRange(noon.replace(hour=hour), noon.replace(hour=hour + 1)) for hour in (14, 18)
    )
    second = BookingFactory(period=later)
    first = BookingFactory()
    offered = BookingFactory(period=evening, state=BookingState.OFFERED, answer_before=noon)

    assert list(Booking.objects.offers_first()) == [offered, first, second]


def test_place_in_line_counts_those_before_who_want_the_same_time(db):
    noon = datetime(2027, 3, 1, 11, tzinfo=UTC)
    first = WaitFactory()
    here = {"telecentre": first.telecentre}
    WaitFactory()
    WaitFactory(**here, kind=SpaceKind.OFFICE)
    WaitFactory(**here, state=WaitState.LEFT)
    WaitFactory(**here, holder__is_active=False)
    later = WaitFactory(**here, period=DateTimeTZRange(noon, noon.replace(hour=12)))
    whole = WaitFactory(**here, period=DateTimeTZRange(noon.replace(hour=8), noon.replace(hour=12)))
    last = WaitFactory(**here)

    line = Wait.objects.filter(**here, kind=SpaceKind.DESK).in_line(noon.replace(hour=7))

    assert [(wait, wait.place) for wait in line.with_place(noon.replace(hour=7))] == [
        (first, 1),
        (later, 1),
        (whole, 3),
        (last, 3),
    ]
