"""March 2027, whose first day is a Monday: the moments of the tests about bookings."""

from datetime import UTC, date, datetime, time

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.domain.calendar import Slot, moment
from telecentres.models import Booking, Space
from tests.factories.telecentres import BookingFactory

# The Monday before, at eight in the morning in Paris.
NOW = datetime(2027, 2, 22, 7, tzinfo=UTC)


def at(day: int, clock: str) -> datetime:
    return moment(date(2027, 3, day), time.fromisoformat(clock))


def march(day: int, starts: str, ends: str, last: int | None = None) -> Slot:
    return Slot(at(day, starts), at(last or day, ends))


def hold(space: Space, slot: Slot, **values: object) -> Booking:
    """A booking of the slot, with the buffers of the space."""
    return BookingFactory(
        space=space,
        period=DateTimeTZRange(slot.start, slot.end),
        occupied=DateTimeTZRange(
            slot.start.astimezone(UTC) - space.before, slot.end.astimezone(UTC) + space.after
        ),
        **values,
    )
