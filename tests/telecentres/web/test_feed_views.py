import re

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from jetons.domain.allowances import Limit
from telecentres.web.limits import UNKNOWN_FEEDS_NETWORK
from tests.factories import BookingFactory, UserFactory

PAGE = "/espace/reservations/agenda/"
ADDRESS = re.compile(r"http://ariege\.localhost(?::\d+)?(/agendas/[\w:-]+\.ics)")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-02-28T10:00:00Z", tick=False):
        yield


@pytest.fixture
def holder(db):
    return UserFactory()


@pytest.fixture
def member(holder, territory) -> Client:
    client = Client()
    client.force_login(holder)
    return client


def asked_for(member: Client) -> str:
    response = member.post(PAGE)
    assert response["Cache-Control"] == "private, no-store"
    [address] = ADDRESS.findall(response.content.decode())
    return str(address)


def test_member_follows_their_bookings(territory, holder, member, client):
    booking = BookingFactory(space__telecentre__territory=territory, holder=holder)
    assert "Obtenir mon adresse" in member.get(PAGE).content.decode()

    response = client.get(asked_for(member))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["UID"] == f"{booking.reference}@ariege.localhost"


def test_address_is_shown_once(member):
    asked_for(member)

    page = member.get(PAGE).content.decode()

    assert ADDRESS.findall(page) == []
    assert "Une adresse est ouverte depuis le 28 février 2027." in page


def test_address_is_changed_then_closed(member, client):
    first = asked_for(member)
    second = asked_for(member)
    assert [client.get(each).status_code for each in (first, second)] == [404, 200]

    assert member.post(PAGE, {"couper": "1"})["Location"] == PAGE

    assert client.get(second).status_code == 404
    assert "Obtenir mon adresse" in member.get(PAGE).content.decode()


def test_calendar_that_has_not_changed_is_a_304(territory, holder, member, client):
    BookingFactory(space__telecentre__territory=territory, holder=holder)
    address = asked_for(member)
    tag = client.get(address)["ETag"]

    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")

    BookingFactory(space__telecentre__territory=territory, holder=holder)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.fixture
def guesses(monkeypatch) -> list[str]:
    """As many as one may try, then one more."""
    few = Limit(UNKNOWN_FEEDS_NETWORK.name, most=2, seconds=60)
    monkeypatch.setattr("telecentres.web.feed_views.UNKNOWN_FEEDS_NETWORK", few)
    return [f"/agendas/{number}.ics" for number in range(3)]


def test_address_guessed_is_unknown_then_limited(territory, client, guesses):
    answers = [client.get(guess) for guess in guesses]

    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_calendar_that_exists_opens_beside_who_guesses(member, client, guesses):
    address = asked_for(member)
    for guess in guesses:
        client.get(guess)

    assert client.get(address).status_code == 200


def test_bookings_lead_to_the_calendar(member):
    assert f'href="{PAGE}"' in member.get("/espace/reservations/").content.decode()


def test_visitor_is_asked_to_sign_in(territory, client):
    assert client.get(PAGE)["Location"] == f"/compte/connexion/?next={PAGE}"


def test_address_is_in_no_log(member, client, logs):
    address = asked_for(member)
    client.get(address)

    token = address.removeprefix("/agendas/").removesuffix(".ics")
    assert "path=/agendas/….ics" in logs()
    assert token not in logs()
