import pytest


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
    from portail.web.errors import server_error

    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Rien n’a été enregistré à moitié" in response.content.decode()
