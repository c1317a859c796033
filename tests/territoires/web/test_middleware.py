import pytest
from django.test import Client

from tests.factories import TerritoryFactory


def test_territory_of_the_host_wears_its_brand(territory, client):
    TerritoryFactory(name="Gers", host_name="gers.localhost", agency_name="Agence du Gers")

    page = client.get("/", headers={"host": "gers.localhost:8000"}).content.decode()

    assert page.count("Agence du Gers") == 1
    assert page.count("Ariège") == 0


@pytest.mark.django_db
def test_no_territory_says_what_to_do(client):
    response = client.get("/")

    assert response.status_code == 503
    assert "attend son premier territoire" in response.content.decode()


@pytest.mark.django_db
def test_no_territory_unknown_page_is_404(client):
    response = client.get("/nulle-part/")

    assert response.status_code == 404
    assert "attend son premier territoire" in response.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "localhost:80:80", "a b", "testserver@evil"])
def test_foreign_host_is_refused(territory, host):
    response = Client().get("/", headers={"host": host})

    assert response.status_code == 400
