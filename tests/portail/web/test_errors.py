import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from portail.web.errors import server_error


@pytest.mark.parametrize("path", ["/nulle-part/", "/en/nowhere/", "/annuaire/personne/"])
def test_unknown_page_helps(territory, client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert 'role="search"' in response.content.decode()


def test_unknown_api_address_answers_json(territory, client):
    response = client.get("/api/v1/nulle-part/")

    assert response.status_code == 404
    assert response.json() == {"detail": "Il n’y a rien de public à cette adresse."}


def test_failure_page_asks_nothing_of_the_database(
    territory, client, rf, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Rien n’a été enregistré à moitié" in response.content.decode()


def test_failure_of_the_api_is_json(rf):
    response = server_error(rf.get("/api/v1/communes/"))

    assert response.status_code == 500
    assert response.content.decode() == ('{"detail": "Quelque chose s’est cassé de notre côté."}')


@pytest.mark.parametrize("exception", [OperationalError, InterfaceError])
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "<h1>Le site revient dans un instant.</h1>"),
        ("/en/", '<p lang="en">The site will be back in a moment.'),
        ("/api/v1/communes/", '{"detail": "Le service revient dans un instant."}'),
    ],
)
def test_database_away_is_said_to_come_back(rf, exception, path, words):
    try:
        raise exception
    except exception:
        response = server_error(rf.get(path))

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert words in response.content.decode()


def test_pages_while_the_database_is_away(no_database):
    visitor = Client(raise_request_exception=False)

    answers = [
        visitor.get(path) for path in ("/", "/en/annuaire/", "/compte/connexion/", "/api/v1/solos/")
    ]

    assert [answer.status_code for answer in answers] == [503] * 4


def test_stale_form_says_what_to_do(territory):
    stranger = Client(enforce_csrf_checks=True)

    response = stranger.post("/compte/connexion/", {"login": "a@example.org"})

    assert response.status_code == 403
    page = response.content.decode()
    assert "<h1>Ce formulaire a été ouvert il y a trop longtemps.</h1>" in page
    assert "rechargez la page du formulaire" in page
