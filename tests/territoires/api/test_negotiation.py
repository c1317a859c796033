import pytest

JSON = "application/json"
GEOJSON = "application/geo+json"


@pytest.fixture(autouse=True)
def _territory(territory):
    pass


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        ("", None, JSON),
        ("", "*/*", JSON),
        ("", "text/html,application/xhtml+xml,*/*;q=0.8", JSON),
        ("", "application/*", JSON),
        ("", GEOJSON, GEOJSON),
        ("", f"text/html, {GEOJSON}", GEOJSON),
        ("format=geojson", JSON, GEOJSON),
        ("format=geojson", "text/html", GEOJSON),
        ("format=json", GEOJSON, JSON),
        ("", f"{JSON}; indent=99999999999999999999", JSON),
        ("", f"{JSON}; indent=x", JSON),
        ("", f"*/*; a*=undefined''x, {JSON}", JSON),
        ("", "*/*, " * 500, JSON),
    ],
)
def test_representation(client, query, accept, content_type):
    headers = {"HTTP_ACCEPT": accept} if accept else {}

    answer = client.get(f"/api/v1/communes/?{query}", **headers)

    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)


@pytest.mark.parametrize("accept", ["text/html", "image/png", "/", ";;;", "a", "\xff", "a" * 9_000])
def test_representation_we_do_not_have_is_406(client, accept):
    answer = client.get("/api/v1/communes/", HTTP_ACCEPT=accept)

    assert (answer.status_code, answer["Content-Type"]) == (406, JSON)
    words = "L’en-tête Accept ne dit rien de ce qui existe\u00a0: essayez application/json."
    assert answer.json() == {"detail": words}


def test_format_unknown_is_400(client):
    answer = client.get("/api/v1/communes/?format=xml")

    assert (answer.status_code, answer["Content-Type"]) == (400, JSON)
    assert answer.json()["errors"] == {"format": ["Choisissez parmi\u00a0: json, geojson."]}


def test_error_is_plain_json_even_in_geojson(client):
    answer = client.get("/api/v1/communes/99999/?format=geojson")

    assert (answer.status_code, answer["Content-Type"]) == (404, JSON)
