import pytest
from django.test import Client

from comptes.models import User
from solos.enums import PublicField
from tests.factories import SoloFactory, TerritoryFactory, UserFactory


@pytest.fixture
def member(db) -> User:
    return UserFactory()


@pytest.fixture
def member_client(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_members_space_asks_to_sign_in(territory, client):
    answer = client.get("/espace/")

    assert (answer.status_code, answer["Location"]) == (302, "/compte/connexion/?next=/espace/")


def test_members_space_shows_what_everyone_sees_of_me(territory, member, member_client):
    solo = SoloFactory(
        territory=territory,
        user=member,
        published=True,
        published_fields=[PublicField.NAME, PublicField.TRADE, PublicField.PHONE],
    )

    answer = member_client.get("/espace/")
    page = answer.content.decode()

    assert f'href="/annuaire/{solo.slug}/"' in page
    assert '<ul class="tags"><li>nom et prénom</li><li>métier</li></ul>' in page
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_members_space_links_no_page_of_another_territory(territory, member, member_client):
    solo = SoloFactory(territory=TerritoryFactory(), user=member, published=True)

    page = member_client.get("/espace/").content.decode()

    assert solo.name in page
    assert f"/annuaire/{solo.slug}/" not in page


def test_members_space_without_profile(territory, member_client):
    page = member_client.get("/espace/").content.decode()

    assert "Aucune fiche de solo n’est liée à votre compte." in page
