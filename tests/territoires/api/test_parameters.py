import pytest

from tests.factories import CommuneFactory

OF_COMMUNES = (
    "bbox, cursor, department, epci, format, geometry, page_size, population_max, population_min, q"
)


@pytest.fixture(autouse=True)
def _foix(territory):
    CommuneFactory(foix=True)


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("/api/v1/communes/?nom=Foix", OF_COMMUNES),
        ("/api/v1/communes/09122/?nom=Foix", "format, geometry"),
        ("/api/v1/villages/?nom=Foix", "bbox, commune, cursor, format, kind, page_size"),
        ("/api/v1/?nom=Foix", "format"),
        ("/api/v1/schema/?nom=Foix", "format"),
    ],
)
def test_parameter_unknown_is_told(client, address, known):
    sentence = f"Ce paramètre n’existe pas ici. Ceux qui existent\u00a0: {known}."

    answer = client.get(address)

    assert answer.status_code == 400
    assert answer.json() == {"detail": f"nom\u00a0: {sentence}", "errors": {"nom": [sentence]}}


def test_parameter_given_twice_is_told(client):
    answer = client.get("/api/v1/communes/?q=foix&q=auzat")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"q": ["Ce paramètre est donné plusieurs fois."]}


def test_parameters_empty_ask_for_nothing(client):
    answer = client.get(
        "/api/v1/communes/?q=&bbox=&department=&population_min=&page_size=&cursor=&format=&geometry="
    )

    assert answer.status_code == 200
    assert [row["insee_code"] for row in answer.json()["results"]] == ["09122"]
