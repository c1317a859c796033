import pytest
from django.contrib.gis.geos import Point

from telecentres.enums import TelecentreKind, TelecentreState
from tests.factories import CommuneFactory, TelecentreFactory

TELECENTRES = "/api/v1/telecentres/"


def found(client, query: str) -> list[str]:
    answer = client.get(f"{TELECENTRES}?{query}")
    assert answer.status_code == 200, answer.json()
    return [row["slug"] for row in answer.json()["results"]]


@pytest.fixture
def places(territory):
    """At latitude 60 a degree of longitude is half one of latitude: east is nearer than north."""
    for slug, longitude, latitude in [("here", 2, 60), ("north", 2, 61), ("east", 3.5, 60)]:
        TelecentreFactory(
            territory=territory,
            name=slug,
            slug=slug,
            commune=CommuneFactory(foix=True),
            point=Point(longitude, latitude, srid=4326),
        )
    TelecentreFactory(
        territory=territory,
        name="project",
        slug="project",
        kind=TelecentreKind.COWORKING,
        state=TelecentreState.PLANNED,
        commune=CommuneFactory(insee_code="09030"),
        point=Point(1, 43, srid=4326),
    )


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["east", "here", "north", "project"]),
        ("kind=coworking", ["project"]),
        ("state=planned", ["project"]),
        ("state=open", ["east", "here", "north"]),
        ("commune=09030", ["project"]),
        ("bbox=2,60,2,61", ["here", "north"]),
        ("near=2,60", ["here", "east", "north", "project"]),
        ("near=2,60&state=planned", ["project"]),
    ],
)
def test_telecentres_found(client, places, query, slugs):
    assert found(client, query) == slugs


def test_telecentres_nearest_first_by_pages(client, places):
    slugs, address = [], f"{TELECENTRES}?near=2,60&page_size=1"
    while address:
        page = client.get(address).json()
        slugs += [row["slug"] for row in page["results"]]
        address = page["next"]

    assert slugs == ["here", "east", "north", "project"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("state=closed", "Choisissez parmi\u00a0: planned, open."),
        (
            "near=nan,1",
            "Donnez deux nombres séparés par une virgule\u00a0: longitude,latitude.",
        ),
        (
            "near=1,91",
            "Une longitude va de -180 à 180, une latitude de -90 à 90\u00a0: donnez des degrés.",
        ),
    ],
)
def test_telecentres_mistaken(client, places, query, sentence):
    name = query.partition("=")[0]

    answer = client.get(f"{TELECENTRES}?{query}")

    assert answer.status_code == 400
    assert answer.json() == {"detail": f"{name}\u00a0: {sentence}", "errors": {name: [sentence]}}
