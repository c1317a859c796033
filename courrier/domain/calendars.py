"""Calendars as programs read them (RFC 5545): a file, or an address read again and again."""

from collections.abc import Iterable
from datetime import timedelta
from unicodedata import category

from icalendar import Calendar, Event

PRODUCER = "-//Solos//Agenda//FR"
# How often a program may come back to a calendar that it follows.
READ_AGAIN = timedelta(hours=1)


def calendar_file(events: Iterable[Event], *, method: str = "PUBLISH") -> str:
    """The text of a calendar; one that cancels speaks of one UID alone (RFC 5546, 3.2.5)."""
    return _text(_calendar(method), events)


def calendar_to_follow(name: str, events: Iterable[Event]) -> str:
    """The text of a calendar that a program reads again and again: what it no longer says ends."""
    calendar = _calendar("PUBLISH")
    # The first of each pair is the standard's (RFC 7986), the second what programs knew before it.
    for told in ("name", "x-wr-calname"):
        calendar.add(told, " ".join(one_text(name).splitlines()))
    for every in ("refresh-interval", "x-published-ttl"):
        calendar.add(every, READ_AGAIN, parameters={"VALUE": "DURATION"})
    return _text(calendar, events)


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
