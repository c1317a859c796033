"""A booking as an entry of a calendar (RFC 5545), that replaces the one sent before it."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from unicodedata import category

from icalendar import Calendar, Event, vUri

from telecentres.enums import BookingState
from telecentres.models import Booking
from territoires.domain.brand import site_address

PRODUCER = "-//Solos//Reservations//FR"
# How often a program may come back to a calendar that it follows.
READ_AGAIN = timedelta(hours=1)


def calendar_entry(booking: Booking, address: str) -> str:
    """The text of a calendar that holds this booking alone.

    Its UID never changes and its SEQUENCE grows, so that a program replaces what it holds; a
    booking that holds nothing any more takes its entry away.
    """
    return _text(_calendar("PUBLISH" if booking.holds else "CANCEL"), [event_of(booking, address)])


def calendar_of_several(events: Iterable[Event]) -> str:
    """The text of a calendar of several bookings, held or given back: each its UID and its status.

    Published even where they are given back: a calendar that cancels speaks of one UID alone
    (RFC 5546, 3.2.5).
    """
    return _text(_calendar("PUBLISH"), events)


def calendar_to_follow(name: str, events: Iterable[Event]) -> str:
    """The text of a calendar that a program reads again and again: what it no longer says ends."""
    calendar = _calendar("PUBLISH")
    # The first of each pair is the standard's (RFC 7986), the second what programs knew before it.
    for told in ("name", "x-wr-calname"):
        calendar.add(told, one_text(name))
    for every in ("refresh-interval", "x-published-ttl"):
        calendar.add(every, READ_AGAIN, parameters={"VALUE": "DURATION"})
    return _text(calendar, events)


def event_of(booking: Booking, address: str, *, summary: str = "", description: str = "") -> Event:
    """The same UID and SEQUENCE wherever it is told; the place and the space unless said."""
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
    event.add("summary", one_text(summary or f"{telecentre.name} – {booking.space.name}"))
    where = ", ".join(filter(None, [telecentre.address, telecentre.commune.name]))
    event.add("location", one_text(where))
    if description:
        event.add("description", one_text(description))
    event.add("status", _status(booking))
    event.add("url", vUri(address))
    return event


def one_text(text: str) -> str:
    """Without what some program would read as the end of a line, or as no text at all.

    The library escapes line feeds; others cut lines at U+2028, and the standard has no control.
    """
    return "\n".join(
        "".join(letter for letter in line if category(letter) != "Cc") for line in text.splitlines()
    )


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _text(calendar: Calendar, events: Iterable[Event]) -> str:
    for event in events:
        calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def _status(booking: Booking) -> str:
    if not booking.holds:
        return "CANCELLED"
    return "TENTATIVE" if booking.state in BookingState.awaiting() else "CONFIRMED"
