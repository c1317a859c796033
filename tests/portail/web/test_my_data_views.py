from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comptes.models import User
from registre.models import Erasure
from solos.models import Solo
from tests.factories import SoloFactory, UserFactory
from tests.registre.someone import make_someone

PAGE, FILE, LEAVE = (
    "/espace/mes-donnees/",
    "/espace/mes-donnees.json",
    "/espace/effacer-mes-donnees/",
)
PASSWORD = "une longue phrase de passe"


@pytest.fixture
def member(territory) -> User:
    return SoloFactory(territory=territory, user=UserFactory(), seeks="Un bureau à Foix").user


@pytest.fixture
def member_client(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.parametrize("address", [PAGE, FILE, LEAVE, f"/en{PAGE}"])
def test_my_data_ask_to_sign_in_and_are_never_kept(territory, member_client, client, address):
    assert client.get(address).status_code == 302

    answer = member_client.get(address)

    assert answer.status_code == 200
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_my_data_are_those_held_of_me_alone(territory, member, member_client):
    SoloFactory(territory=territory, user=UserFactory(), seeks="Une grange")

    shown = member_client.get(PAGE).content.decode()

    assert "Un bureau à Foix" in shown
    assert member.email in shown
    assert "Une grange" not in shown
    assert 'href="/espace/mes-donnees/"' in member_client.get("/espace/").content.decode()


def test_my_data_open_with_everything_in_them(territory, client):
    client.force_login(make_someone(territory).user)

    assert "sentinelle-presentation" in client.get(PAGE).content.decode()
    assert "sentinelle-presentation" in client.get(FILE).content.decode()


def test_my_data_leave_as_a_file(member, member_client):
    answer = member_client.get(FILE)

    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="mes-donnees.json"'
    kinds = {each["model"]: each["records"] for each in answer.json()["data"]}
    assert [row["email"] for row in kinds["comptes.User"]] == [member.email]
    assert [row["seeks"] for row in kinds["solos.Solo"]] == ["Un bureau à Foix"]


def test_leaving_erases_at_once(member, member_client):
    answer = member_client.post(LEAVE, {"password": PASSWORD, "sure": "on"})

    assert "Vos données sont effacées." in answer.content.decode()
    member.refresh_from_db()
    assert (member.is_active, str(Solo.objects.get())) == (False, "Personne effacée")
    assert Erasure.objects.get().by is None
    assert member_client.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    "data", [{}, {"password": PASSWORD}, {"password": "autre", "sure": "on"}, {"sure": "on"}]
)
def test_leaving_by_mistake_erases_nothing(data, member, member_client):
    assert member_client.post(LEAVE, data).status_code == 200

    member.refresh_from_db()
    assert (member.is_active, Erasure.objects.count()) == (True, 0)


@pytest.mark.parametrize(("minutes", "is_active"), [(14, False), (16, True), (None, True)])
def test_without_a_password_a_late_sign_in_is_not_enough(minutes, is_active, member, member_client):
    member.set_unusable_password()
    member.save()
    member_client.force_login(member)
    signed_in = None if minutes is None else timezone.now() - timedelta(minutes=minutes)
    User.objects.filter(pk=member.pk).update(last_login=signed_in)

    member_client.post(LEAVE, {"sure": "on"})

    member.refresh_from_db()
    assert member.is_active == is_active


def test_team_is_told_to_leave_first(territory, officer, officer_client):
    page = officer_client.post(LEAVE, {"password": PASSWORD, "sure": "on"}).content.decode()

    assert "demandez d’abord que cet accès vous soit ôté" in page
    officer.refresh_from_db()
    assert officer.is_active


def test_leaving_asks_for_the_token_of_its_form(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)

    assert client.post(LEAVE, {"password": PASSWORD, "sure": "on"}).status_code == 403
    member.refresh_from_db()
    assert member.is_active
