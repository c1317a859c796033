import re
from datetime import UTC, datetime

import pytest
import time_machine
from icalendar import Calendar

from accueil.enums import EventState
from tests.factories import EventFactory, HostVillageFactory, TerritoryFactory

MONTH_QUERIES = 3
CLUB = datetime(2027, 3, 5, 18, tzinfo=UTC)


@pytest.mark.parametrize("number", [1, 3])
def test_month_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    for _each in range(number):
        EventFactory(
            territory=territory, village=HostVillageFactory(territory=territory), starts_at=CLUB
        )

    with django_assert_num_queries(MONTH_QUERIES):
        page = client.get("/agenda/?mois=2027-03").content.decode()

    assert page.count('href="/sessions/session-') == 2 * number


def test_month_leads_to_its_events_and_its_neighbours(territory, client, settings):
    settings.SITE_URL = "https://solos.example"
    EventFactory(territory=territory, title="Soirée du club", slug="club", starts_at=CLUB)
    EventFactory(territory=territory, title="Brouillon", state=EventState.DRAFT, starts_at=CLUB)
    EventFactory(territory=TerritoryFactory(), title="Ailleurs", starts_at=CLUB)

    page = client.get("/agenda/?mois=2027-03").content.decode()

    assert "<h1>Mars 2027</h1>" in page
    assert re.findall(r'href="\?mois=([^"]+)"', page) == ["2027-02", "2027-04"]
    assert set(re.findall(r'href="(/sessions/[^"]+/)"', page)) == {"/sessions/club/"}
    assert 'href="webcal://ariege.localhost/agenda/agenda.ics"' in page
    assert 'content="noindex"' in page


@pytest.mark.parametrize("asked", ["", "?mois=nimporte", "?mois=9999-99", "?mois="])
def test_month_asked_for_wrongly_is_the_present_one(territory, client, asked):
    with time_machine.travel("2027-03-05 10:00 +0100", tick=False):
        page = client.get(f"/agenda/{asked}").content.decode()

    assert "<h1>Mars 2027</h1>" in page
    assert "Rien n’est annoncé ce mois-ci." in page
    assert 'href="/sessions/"' in page


def test_today_is_marked_and_what_was_called_off_says_so(territory, client):
    ends = CLUB.replace(hour=20)
    EventFactory(territory=territory, state=EventState.CANCELLED, starts_at=CLUB, ends_at=ends)

    with time_machine.travel("2027-03-05 10:00 +0100", tick=False):
        page = client.get("/agenda/").content.decode()

    assert page.count('aria-current="date"') == 1
    assert page.count("badge-no") == 1


def test_agenda_file_is_a_calendar_that_is_not_sent_twice(territory, client):
    EventFactory(territory=territory, title="Soirée du club")

    answer = client.get("/agenda/agenda.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [entry] = Calendar.from_ical(answer.content.decode()).walk("VEVENT")
    assert entry["SUMMARY"] == "Soirée du club"
    again = client.get("/agenda/agenda.ics", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_session_file_is_of_what_is_announced_here(territory, client):
    EventFactory(territory=territory, title="Visite", slug="visite")
    EventFactory(territory=territory, slug="brouillon", state=EventState.DRAFT)
    EventFactory(territory=TerritoryFactory(), slug="ailleurs")

    answer = client.get("/sessions/visite/agenda.ics")

    assert Calendar.from_ical(answer.content.decode()).walk("VEVENT")[0]["SUMMARY"] == "Visite"
    for slug in ("brouillon", "ailleurs", "inconnu"):
        assert client.get(f"/sessions/{slug}/agenda.ics").status_code == 404
