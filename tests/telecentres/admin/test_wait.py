import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from telecentres.enums import WaitState
from telecentres.models import Wait
from tests.factories import TelecentreGrantFactory, WaitFactory

LIST = reverse("admin:telecentres_wait_changelist")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-02-28T10:00:00Z", tick=False):
        yield


@pytest.fixture
def wait(territory) -> Wait:
    return WaitFactory(telecentre__territory=territory)


@pytest.fixture
def manager_client(wait) -> Client:
    client = Client()
    user = TelecentreGrantFactory(telecentre=wait.telecentre, user__second_factor=True).user
    client.force_login(user)
    return client


def page(wait: Wait) -> str:
    return reverse("admin:telecentres_wait_change", args=[wait.pk])


def test_manager_reads_the_line_of_their_place_alone(wait, manager_client):
    elsewhere = WaitFactory(telecentre__territory=wait.territory)

    listed = manager_client.get(LIST).context["cl"].result_list

    assert list(listed) == [wait]
    text = manager_client.get(page(wait)).content.decode()
    assert "dans la file" in text
    assert f'<a href="mailto:{wait.holder.email}">' in text
    assert "/gestion/comptes/user/" not in text
    assert manager_client.get(page(elsewhere)).status_code == 302


def test_line_is_typed_by_nobody(wait, manager_client):
    assert manager_client.get(reverse("admin:telecentres_wait_add")).status_code == 403
    assert manager_client.post(page(wait), {"state": WaitState.LEFT}).status_code == 403
    wait.refresh_from_db()
    assert wait.state == WaitState.WAITING


def test_line_is_of_those_who_still_hope(wait, manager_client):
    WaitFactory(telecentre=wait.telecentre, state=WaitState.LEFT)

    def listed(now: str) -> list[Wait]:
        with time_machine.travel(now, tick=False):
            return list(manager_client.get(LIST, {"file": "a-venir"}).context["cl"].result_list)

    assert listed("2027-03-01T07:59:59Z") == [wait]
    assert listed("2027-03-01T08:00:00Z") == []
