"""A booking as an entry of a calendar (RFC 5545), that replaces the one sent before it."""

from datetime import UTC

from icalendar import Event, vUri

from courrier.domain.calendars import calendar_file, one_text
from telecentres.enums import BookingState
from telecentres.models import Booking
from territoires.domain.brand import site_name


def calendar_entry(booking: Booking, address: str) -> str:
    """The text of a calendar that holds this booking alone.

    Its UID never changes and its SEQUENCE grows, so that a program replaces what it holds; a
    booking that holds nothing any more takes its entry away.
    """
    return calendar_file(
        [event_of(booking, address)], method="PUBLISH" if booking.holds else "CANCEL"
    )


def event_of(booking: Booking, address: str, *, summary: str = "", description: str = "") -> Event:
    """The same UID and SEQUENCE wherever it is told; the place and the space unless said."""
    telecentre = booking.space.telecentre
    changed = max((change.at for change in booking.changes.all()), default=booking.booked_at)
    event = Event()
    event.add("uid", f"{booking.reference}@{site_name(booking.territory)}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", changed)
    # In UTC: a named time zone would have to be described in full beside it.
    event.add("dtstart", booking.period.lower.astimezone(UTC))
    event.add("dtend", booking.period.upper.astimezone(UTC))
    event.add("summary", one_text(summary or f"{telecentre.name} – {booking.space.name}"))
    where = ", ".join(filter(None, [telecentre.address, telecentre.commune.name]))
    event.add("location", one_text(where))
    if description:
        event.add("description", one_text(description))
    event.add("status", _status(booking))
    event.add("url", vUri(address))
    return event


def _status(booking: Booking) -> str:
    if not booking.holds:
        return "CANCELLED"
    return "TENTATIVE" if booking.state in BookingState.awaiting() else "CONFIRMED"
