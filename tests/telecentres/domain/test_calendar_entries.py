from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from courrier.domain.calendars import calendar_file
from telecentres.domain.answers import answer_request, cancel_booking
from telecentres.domain.booking import book_space
from telecentres.domain.calendar_entries import calendar_entry, event_of
from telecentres.domain.moving import move_booking
from telecentres.enums import BookingState
from tests.factories import BookingChangeFactory, SpaceFactory, UserFactory
from tests.telecentres.march import NOW, hold, march

MORNING = march(1, "09:00", "12:00")
ADDRESS = "https://solos.example/espace/reservations/R1/"


def entry(booking) -> tuple[Calendar, Event]:
    """Read back from the text, as a program does."""
    calendar = Calendar.from_ical(calendar_entry(booking, ADDRESS))
    [event] = calendar.walk("VEVENT")
    return calendar, event


def held(site, state=BookingState.CONFIRMED, **values):
    desk = SpaceFactory(telecentre=site, name="Poste bleu")
    booking = hold(desk, MORNING, state=state, answer_before=NOW, **values)
    BookingChangeFactory(booking=booking, at=NOW)
    return booking


def versions(booking) -> tuple[str, str, int, str]:
    calendar, event = entry(booking)
    return event["UID"], calendar["METHOD"], event["SEQUENCE"], event["STATUS"]


def test_calendar_entry_says_what_when_and_where(site):
    site.address = "1 place Verte"
    booking = held(site)

    calendar, event = entry(booking)

    assert (calendar["PRODID"], calendar["VERSION"]) == ("-//Solos//Agenda//FR", "2.0")
    assert (event["SUMMARY"], event["LOCATION"]) == (
        "Cap Delta – Poste bleu",
        "1 place Verte, Foix",
    )
    assert event.decoded("DTSTART") == datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2027, 3, 1, 11, tzinfo=UTC)
    assert event.decoded("DTSTAMP") == NOW
    assert event["URL"] == ADDRESS
    assert event["UID"] == f"{booking.reference}@ariege.localhost"


def test_calendar_entry_of_a_place_without_address_names_its_commune(site):
    assert entry(held(site))[1]["LOCATION"] == "Foix"


def test_calendar_entry_writes_its_times_in_utc(site):
    lines = calendar_entry(held(site), ADDRESS).split("\r\n")

    assert [line for line in lines if line.startswith("DT")] == [
        "DTSTART:20270301T080000Z",
        "DTEND:20270301T110000Z",
        "DTSTAMP:20270222T070000Z",
    ]


@pytest.mark.parametrize(
    ("state", "method", "status"),
    [
        (BookingState.CONFIRMED, "PUBLISH", "CONFIRMED"),
        (BookingState.REQUESTED, "PUBLISH", "TENTATIVE"),
        (BookingState.CANCELLED, "CANCEL", "CANCELLED"),
        (BookingState.REFUSED, "CANCEL", "CANCELLED"),
        (BookingState.EXPIRED, "CANCEL", "CANCELLED"),
    ],
)
def test_calendar_entry_is_taken_away_when_it_holds_nothing(site, state, method, status):
    assert versions(held(site, state))[1::2] == (method, status)


def test_calendar_entry_keeps_its_uid_while_its_sequence_grows(site):
    room = SpaceFactory(telecentre=site, needs_approval=True)
    holder, manager = UserFactory(), UserFactory()
    booking = book_space(telecentre=site, spaces=[room], slot=MORNING, holder=holder, now=NOW)
    uid = f"{booking.reference}@ariege.localhost"
    told = [versions(booking)]

    answer_request(booking=booking, is_accepted=True, author=manager)
    booking.refresh_from_db()
    told.append(versions(booking))
    afternoon = march(1, "14:00", "17:00")
    moved = move_booking(booking=booking, spaces=[room], slot=afternoon, author=holder, now=NOW)
    told.append(versions(moved))
    told.append(versions(cancel_booking(booking=moved, author=holder, now=NOW)))

    assert told == [
        (uid, "PUBLISH", 0, "TENTATIVE"),
        (uid, "PUBLISH", 1, "CONFIRMED"),
        (uid, "PUBLISH", 2, "TENTATIVE"),
        (uid, "CANCEL", 3, "CANCELLED"),
    ]


def test_calendar_entry_is_dated_of_its_last_change(site):
    booking = held(site)
    BookingChangeFactory(booking=booking, at=NOW + timedelta(hours=1))
    BookingChangeFactory(booking=booking, at=NOW + timedelta(minutes=1))

    assert entry(booking)[1].decoded("DTSTAMP") == NOW + timedelta(hours=1)


def test_calendar_entry_escapes_and_folds_whatever_the_names_hold(site):
    site.name = "L’Atelier, « Forêt » ; été\\hiver : " + "œuvre à façonner, " * 8
    site.address = "1, rue de l’Église\nBâtiment B\r\nATTENDEE:mailto:x@exemple.fr"
    booking = held(site)

    text = calendar_entry(booking, ADDRESS)

    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert [line for line in lines if len(line.encode()) > 75] == []
    assert [line for line in lines if "\n" in line or line.startswith("ATTENDEE")] == []
    assert "SUMMARY:L’Atelier\\, « Forêt » \\; été\\\\hiver : " in text.replace("\r\n ", "")
    _calendar, event = entry(booking)
    assert event["SUMMARY"] == f"{site.name} – Poste bleu"
    assert event["LOCATION"] == (
        "1, rue de l’Église\nBâtiment B\nATTENDEE:mailto:x@exemple.fr, Foix"
    )
    assert "ATTENDEE" not in event


def test_a_file_of_several_holds_each_with_its_uid_whatever_became_of_it(site):
    kept, gone = held(site), hold(SpaceFactory(telecentre=site), march(8, "09:00", "12:00"))
    gone = cancel_booking(booking=gone, author=None, now=NOW)

    text = calendar_file([event_of(kept, ADDRESS), event_of(gone, ADDRESS)])

    calendar = Calendar.from_ical(text)
    assert calendar["METHOD"] == "PUBLISH"
    assert [
        (event["UID"], event["SEQUENCE"], event["STATUS"]) for event in calendar.walk("VEVENT")
    ] == [
        (f"{kept.reference}@ariege.localhost", 0, "CONFIRMED"),
        (f"{gone.reference}@ariege.localhost", 1, "CANCELLED"),
    ]
