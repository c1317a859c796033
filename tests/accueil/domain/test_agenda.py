from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils.translation import override
from icalendar import Calendar

from accueil.domain.agenda import agenda_to_follow, event_file, month_of
from accueil.domain.events import cancel_event
from accueil.enums import EventKind, EventState
from accueil.models import Event
from tests.factories import (
    CommuneFactory,
    EventFactory,
    HostVillageFactory,
    TelecentreFactory,
    TerritoryFactory,
)

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)


def told(territory, now=NOW) -> list:
    return list(Calendar.from_ical(agenda_to_follow(territory, now)).walk("VEVENT"))


def alone(event):
    row = Event.objects.with_all_told().with_versions().get(pk=event.pk)
    [entry] = Calendar.from_ical(event_file(row)).walk("VEVENT")
    return entry


@pytest.mark.parametrize("number", [1, 3])
def test_agenda_says_what_when_and_where_in_one_query(territory, number, django_assert_num_queries):
    auzat = HostVillageFactory(territory=territory, commune=CommuneFactory(name="Auzat"))
    starts = datetime(2027, 4, 3, 7, 30, tzinfo=UTC)
    for each in range(number):
        event = EventFactory(
            territory=territory, village=auzat, title="Haute vallée", slug=f"haute-vallee-{each}",
            starts_at=starts, ends_at=starts + timedelta(hours=9),
        )  # fmt: skip

    with django_assert_num_queries(1):
        entries = told(territory)

    assert len(entries) == number
    entry = entries[-1]
    assert (entry["SUMMARY"], entry["LOCATION"], entry["STATUS"]) == (
        "Haute vallée", "Auzat", "CONFIRMED",
    )  # fmt: skip
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (
        starts, starts + timedelta(hours=9),
    )  # fmt: skip
    assert entry["CATEGORIES"].to_ical().decode() == "session découverte"
    assert entry["UID"] == f"rendez-vous-{event.pk}@ariege.localhost"
    assert entry["URL"].endswith(f"/sessions/haute-vallee-{number - 1}/")


def test_agenda_holds_what_is_announced_here_from_three_months_ago(territory):
    def made(title, days, **details):
        starts = NOW + timedelta(days=days)
        EventFactory(
            territory=details.pop("territory", territory),
            title=title, starts_at=starts, ends_at=starts + timedelta(hours=2), **details,
        )  # fmt: skip

    made("Annulée", 30, state=EventState.CANCELLED)
    made("Récente", -90)
    made("Ancienne", -91)
    made("Brouillon", 3, state=EventState.DRAFT)
    made("Ailleurs", 4, territory=TerritoryFactory())

    assert [(entry["SUMMARY"], entry["STATUS"]) for entry in told(territory)] == [
        ("Récente", "CONFIRMED"),
        ("Annulée", "CANCELLED"),
    ]


def test_an_entry_without_place_says_none(territory):
    assert "LOCATION" not in alone(EventFactory(territory=territory))


def test_each_change_makes_the_sequence_greater_and_dates_it(territory):
    with time_machine.travel("2027-02-01 10:00 +0000", tick=False):
        event = EventFactory(territory=territory)
        first = alone(event)
    with time_machine.travel("2027-02-02 10:00 +0000", tick=False):
        cancel_event(event=event)
        second = alone(event)

    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert second.decoded("DTSTAMP") == datetime(2027, 2, 2, 10, tzinfo=UTC)


def test_an_event_whose_history_is_gone_is_dated_of_its_beginning(territory):
    event = EventFactory(territory=territory)
    event.history.all().delete()

    entry = alone(event)

    assert entry["SEQUENCE"] == 0
    assert entry.decoded("DTSTAMP") == event.starts_at.replace(microsecond=0)


def test_the_reader_finds_their_language_or_else_the_french_title(territory):
    EventFactory(territory=territory, title="Soirée", title_en="Evening", starts_at=NOW)
    EventFactory(territory=territory, title="Visite", starts_at=NOW + timedelta(hours=1))

    with override("en"):
        assert [entry["SUMMARY"] for entry in told(territory)] == ["Evening", "Visite"]
    assert [entry["SUMMARY"] for entry in told(territory)] == ["Soirée", "Visite"]


def test_a_title_on_several_lines_adds_no_line_to_the_calendar(territory):
    EventFactory(territory=territory, title="Club\r\nATTENDEE:mailto:x@exemple.fr", starts_at=NOW)

    [entry] = told(territory)

    assert entry["SUMMARY"] == "Club\nATTENDEE:mailto:x@exemple.fr"
    assert "ATTENDEE" not in entry


@pytest.mark.parametrize("number", [1, 3])
def test_month_holds_whole_weeks_in_one_query(territory, number, django_assert_num_queries):
    for _each in range(number):
        place = TelecentreFactory(territory=territory)
        EventFactory(territory=territory, telecentre=place, starts_at=NOW, kind=EventKind.CLUB)

    with django_assert_num_queries(1):
        month = month_of(territory, date(2027, 3, 1))
        where = [event.where for day in month.days for event in day.events]

    assert len(where) == 2 * number  # each lasts until the next morning
    assert [len(week) for week in month.weeks] == [7] * 5
    assert (month.weeks[0][0].day, month.weeks[-1][-1].day) == (date(2027, 3, 1), date(2027, 4, 4))
    assert [day.is_of_month for day in month.weeks[-1]] == [True] * 3 + [False] * 4


def test_month_shows_what_lasts_on_each_of_its_days_by_the_clock_on_the_wall(territory):
    # From half past eleven at night on Friday in Paris until midnight on Saturday.
    starts = datetime(2027, 3, 5, 22, 30, tzinfo=UTC)
    event = EventFactory(
        territory=territory, starts_at=starts, ends_at=datetime(2027, 3, 6, 23, tzinfo=UTC)
    )
    beside = EventFactory(territory=territory, starts_at=datetime(2027, 4, 2, 8, tzinfo=UTC))

    month = month_of(territory, date(2027, 3, 1))

    assert [(day.day, day.events) for day in month.days] == [
        (date(2027, 3, 5), [event]),
        (date(2027, 3, 6), [event]),
    ]
    assert [day.events for day in month.weeks[-1]][4:6] == [[beside], [beside]]
