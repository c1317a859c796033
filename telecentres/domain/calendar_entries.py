"""A booking as an entry of a calendar (RFC 5545), that replaces the one sent before it."""

from datetime import UTC

from icalendar import Calendar, Event, vUri

from telecentres.enums import BookingState
from telecentres.models import Booking
from territoires.domain.brand import site_address

PRODUCER = "-//Solos//Reservations//FR"


def calendar_entry(booking: Booking, address: str) -> str:
    """The text of a calendar that holds this booking alone.

    Its UID never changes and its SEQUENCE grows, so that a program replaces what it holds; a
    booking that holds nothing any more takes its entry away.
    """
    method = "PUBLISH" if booking.holds else "CANCEL"
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event_of(booking, address))
    text: str = calendar.to_ical().decode()
    return text


def event_of(booking: Booking, address: str) -> Event:
    telecentre = booking.space.telecentre
    host = site_address(booking.territory).partition("://")[2].partition(":")[0]
    changed = max((change.at for change in booking.changes.all()), default=booking.booked_at)
    event = Event()
    event.add("uid", f"{booking.reference}@{host}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", changed)
    # In UTC: a named time zone would have to be described in full beside it.
    event.add("dtstart", booking.period.lower.astimezone(UTC))
    event.add("dtend", booking.period.upper.astimezone(UTC))
    event.add("summary", f"{telecentre.name} – {booking.space.name}")
    event.add("location", ", ".join(filter(None, [telecentre.address, telecentre.commune.name])))
    event.add("status", _status(booking))
    event.add("url", vUri(address))
    return event


def _status(booking: Booking) -> str:
    if not booking.holds:
        return "CANCELLED"
    return "TENTATIVE" if booking.state in BookingState.awaiting() else "CONFIRMED"
