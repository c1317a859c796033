from datetime import UTC, datetime

from icalendar import Calendar, Event

from courrier.domain.calendars import calendar_file, calendar_to_follow, one_text


def entry(summary: str) -> Event:
    event = Event()
    event.add("uid", "1@solos.example")
    event.add("dtstamp", datetime(2027, 3, 1, 8, tzinfo=UTC))
    event.add("summary", one_text(summary))
    return event


def test_calendar_file_holds_its_entries_under_a_method():
    calendar = Calendar.from_ical(calendar_file([entry("Club"), entry("Jelly")], method="CANCEL"))

    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "CANCEL")
    assert [event["SUMMARY"] for event in calendar.walk("VEVENT")] == ["Club", "Jelly"]


def test_calendar_to_follow_says_its_name_and_when_to_come_back():
    lines = calendar_to_follow("Agenda\r\nAriège", []).split("\r\n")

    assert "NAME:Agenda Ariège" in lines
    assert "X-WR-CALNAME:Agenda Ariège" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "METHOD:PUBLISH" in lines


def test_one_text_keeps_no_end_of_line_that_a_program_would_see():
    assert one_text("a\r\nb\u2028c\x00d\x85e") == "a\nb\ncd\ne"
