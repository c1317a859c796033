import pytest
from django.test import Client

from tests.factories import UserFactory

PAGE = "/compte/nom/"
NAMED = {"first_name": "Ana", "last_name": "Ruiz", "language": "en"}


@pytest.fixture
def user(territory):
    return UserFactory(first_name="", last_name="")


@pytest.fixture
def member(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("query", "leads"),
    [
        ("", "/espace/"),
        ("?next=/telecentres/", "/telecentres/"),
        ("?next=https://ailleurs.example/", "/espace/"),
        ("?next=//ailleurs.example/", "/espace/"),
    ],
)
def test_name_is_kept_and_leads_back(user, member, query, leads):
    assert member.get(PAGE + query).status_code == 200

    answer = member.post(PAGE + query, NAMED)

    user.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, leads)
    assert (user.get_full_name(), user.language) == ("Ana Ruiz", "en")


@pytest.mark.parametrize(
    "changed", [{"first_name": " "}, {"last_name": "a" * 81}, {"language": "xx"}]
)
def test_bad_name_changes_nothing(user, member, changed):
    answer = member.post(PAGE, NAMED | changed)

    user.refresh_from_db()
    assert (answer.status_code, user.get_full_name()) == (200, "")
    assert 'aria-invalid="true"' in answer.content.decode()


def test_nothing_else_is_set_by_hand(user, member):
    member.post(PAGE, NAMED | {"is_staff": "on", "email": "autre@exemple.fr"})

    user.refresh_from_db()
    assert (user.is_staff, user.email == "autre@exemple.fr") == (False, False)


def test_visitor_signs_in_first(territory, client):
    assert client.get(PAGE)["Location"] == f"/compte/connexion/?next={PAGE}"
