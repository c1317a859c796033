import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from jetons.models import PersonalLink
from registre.enums import JournalAct
from registre.models import JournalEntry
from tests.factories import (
    BookingFactory,
    SpaceFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    UserFactory,
)

QUERIES = 16
ADDRESS = re.compile(r"http://ariege\.localhost(?::\d+)?(/agendas/[\w:-]+\.ics)")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-03-01T08:30:00Z", tick=False):
        yield


@pytest.fixture
def place(territory):
    return TelecentreFactory(territory=territory, name="Cap Delta")


@pytest.fixture
def manager_client(place) -> Client:
    client = Client()
    client.force_login(TelecentreGrantFactory(telecentre=place, user__second_factor=True).user)
    return client


def page(place) -> str:
    return reverse("admin:telecentres_telecentre_feeds", args=[place.pk])


def test_manager_follows_the_place_and_a_space(place, manager_client, client):
    desk = SpaceFactory(telecentre=place, name="Poste 7")
    BookingFactory(space=desk, holder=UserFactory(first_name="Camille", last_name="Roux"))
    SpaceFactory(telecentre=place)
    for chosen in ("lieu", desk.pk):
        answer = manager_client.post(page(place), {"ouvrir": chosen}).content.decode()
        [address] = ADDRESS.findall(answer)

        [event] = Calendar.from_ical(client.get(address).content).walk("VEVENT")
        assert event["SUMMARY"] == "Poste 7 – Camille Roux"
    exported = JournalEntry.objects.filter(act=JournalAct.EXPORTED)
    assert set(exported.values_list("model", "rows")) == {("telecentres.Booking", 1)}


def test_address_is_closed(place, manager_client, client):
    answer = manager_client.post(page(place), {"ouvrir": "lieu"}).content.decode()
    [address] = ADDRESS.findall(answer)

    assert manager_client.post(page(place), {"couper": "lieu"})["Location"] == page(place)

    assert client.get(address).status_code == 404
    text = manager_client.get(page(place)).content.decode()
    assert ("Couper" in text, ADDRESS.findall(text)) == (False, [])


@pytest.mark.parametrize("button", ["ouvrir", "couper"])
def test_space_of_another_place_is_not_followed(place, manager_client, button):
    elsewhere = SpaceFactory(telecentre__territory=place.territory)

    for chosen in (elsewhere.pk, "", "rien"):
        assert manager_client.post(page(place), {button: chosen}).status_code == 404
    assert not PersonalLink.objects.exists()


def test_feeds_of_another_place_are_as_those_that_never_were(place, manager_client):
    elsewhere = TelecentreFactory(territory=place.territory)

    for address in (page(elsewhere), page(place).replace(str(place.pk), "999999")):
        assert manager_client.get(address).status_code == 404
        assert manager_client.post(address, {"ouvrir": "lieu"}).status_code == 404
    assert not PersonalLink.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_feeds_cost_the_same_for_one_and_three(
    place, manager_client, django_assert_num_queries, number
):
    SpaceFactory.create_batch(number, telecentre=place)

    with django_assert_num_queries(QUERIES):
        manager_client.get(page(place))


def test_page_of_the_place_leads_to_its_feeds(place, officer_client):
    change = reverse("admin:telecentres_telecentre_change", args=[place.pk])

    assert f'href="{page(place)}"' in officer_client.get(change).content.decode()
