from datetime import date

import pytest
from django.utils import timezone

from territoires.enums import VillageKind
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    DepartmentFactory,
    EpciFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    PictureFactory,
    TerritoryFactory,
    VillageReferentFactory,
)

COMMUNES = "/api/v1/communes/"
VILLAGES = "/api/v1/villages/"

FOIX = {
    "insee_code": "09122",
    "name": "Foix",
    "department": "09",
    "epci": {"siren": "200067791", "name": "CA Pays Foix-Varilhes"},
    "postcodes": ["09000"],
    "population": 9493,
    "population_year": 2023,
    "area_ha": 1000.0,
    "centre": {"longitude": 1.6053, "latitude": 42.9658},
    "former_communes": [],
    "source": "liste d’essai",
    "vintage": 2026,
    "url": "http://testserver/api/v1/communes/09122/",
    "page": "http://testserver/communes/09122/",
}


@pytest.fixture
def foix(territory):
    return CommuneFactory(foix=True)


def test_communes_say_all_there_is(client, foix):
    answer = client.get(COMMUNES)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {"next": None, "previous": None, "results": [FOIX]}


def test_commune_says_all_there_is(client, foix):
    assert client.get(FOIX["url"]).json() == FOIX


def test_commune_without_what_is_unknown(client, foix):
    bare = CommuneFactory(
        insee_code="09001", epci=None, population=None, area_ha=None, centre=None, postcodes=[]
    )
    FormerCommuneFactory(successor=bare)

    answer = client.get("/api/v1/communes/09001/?format=geojson").json()

    assert answer["geometry"] is None
    assert answer["properties"] == {
        **FOIX,
        "insee_code": "09001",
        "name": bare.name,
        "epci": None,
        "population": None,
        "area_ha": None,
        "centre": None,
        "postcodes": [],
        "former_communes": [{"insee_code": "09334", "name": "Vicdessos"}],
        "url": "http://testserver/api/v1/communes/09001/",
        "page": "http://testserver/communes/09001/",
    }


@pytest.mark.parametrize(
    "asked", [{"QUERY_STRING": "format=geojson"}, {"HTTP_ACCEPT": "application/geo+json"}]
)
def test_communes_as_geojson(client, foix, asked):
    answer = client.get(COMMUNES, **asked)

    assert answer["Content-Type"] == "application/geo+json"
    assert answer.json() == {
        "type": "FeatureCollection",
        "next": None,
        "previous": None,
        "features": [
            {
                "type": "Feature",
                "id": "09122",
                "geometry": {"type": "Point", "coordinates": [1.6053, 42.9658]},
                "properties": FOIX,
            }
        ],
    }


def test_commune_as_geojson_draws_its_contour(client, foix):
    CommuneContourFactory(commune=foix)

    answer = client.get(f"{FOIX['url']}?format=geojson&geometry=contour").json()

    assert answer == {
        "type": "Feature",
        "id": "09122",
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [
                    [
                        [1.5953, 42.9558],
                        [1.5953, 42.9758],
                        [1.6153, 42.9758],
                        [1.6153, 42.9558],
                        [1.5953, 42.9558],
                    ]
                ]
            ],
        },
        "properties": FOIX,
    }


def test_commune_without_contour_is_drawn_null(client, foix):
    answer = client.get(f"{COMMUNES}?format=geojson&geometry=contour").json()

    assert [one["geometry"] for one in answer["features"]] == [None]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("geometry=round&format=geojson", "Choisissez parmi\u00a0: centre, contour."),
        ("geometry=contour", "Ce choix ne vaut que pour format=geojson."),
    ],
)
def test_commune_geometry_mistaken(client, foix, query, sentence):
    answer = client.get(f"{FOIX['url']}?{query}")

    assert answer.status_code == 400
    assert answer.json() == {
        "detail": f"geometry\u00a0: {sentence}",
        "errors": {"geometry": [sentence]},
    }


def test_communes_are_those_of_the_host_name(client, foix):
    gers = TerritoryFactory(host_name="gers.localhost")
    auch = CommuneFactory(insee_code="32013", department=DepartmentFactory(code="32", name="Gers"))
    gers.communes.add(auch)

    def codes(host: str) -> list[str]:
        answer = client.get(COMMUNES, HTTP_HOST=host).json()
        return [one["insee_code"] for one in answer["results"]]

    assert codes("testserver") == ["09122"]
    assert codes("gers.localhost") == ["32013"]
    assert client.get(FOIX["url"], HTTP_HOST="gers.localhost").status_code == 404


def test_commune_ended_is_gone(client, foix):
    CommuneFactory(insee_code="09334", ended_on=date(2017, 1, 1), successor=foix)

    listed = client.get(COMMUNES).json()["results"]
    assert [one["insee_code"] for one in listed] == ["09122"]
    assert client.get("/api/v1/communes/09334/").json() == {
        "detail": "Il n’y a rien de public à cette adresse."
    }


@pytest.mark.parametrize("code", ["99999", "foix", "0", "é", "%27", "a" * 300])
def test_commune_unknown_is_404(client, territory, code):
    answer = client.get(f"/api/v1/communes/{code}/")

    assert answer.status_code == 404
    assert answer.json() == {"detail": "Il n’y a rien de public à cette adresse."}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?format=geojson&geometry=contour", "?q=commune"])
def test_communes_query_count(client, territory, django_assert_num_queries, count, query):
    for number in range(count):
        commune = CommuneFactory(
            name=f"Commune {number}", epci=EpciFactory(siren=f"20000000{number}")
        )
        CommuneContourFactory(commune=commune)
        FormerCommuneFactory(insee_code=f"0990{number}", successor=commune)

    with django_assert_num_queries(3):  # the territory, the communes, their former communes
        answer = client.get(COMMUNES + query).json()

    assert len(answer.get("results") or answer["features"]) == count


@pytest.fixture
def village(territory, foix):
    return HostVillageFactory(
        territory=territory,
        commune=foix,
        slug="foix",
        welcome="Bienvenue à **Foix**.",
        welcome_en="Welcome to **Foix**.",
        photo=PictureFactory(territory=territory, alternative="Le château", digest="a" * 64),
    )


VILLAGE = {
    "slug": "foix",
    "kind": "host",
    "commune": {"insee_code": "09122", "name": "Foix"},
    "committed_on": "2025-01-01",
    "commitment_ends_on": None,
    "welcome": "Bienvenue à **Foix**.",
    "welcome_en": "Welcome to **Foix**.",
    "photo": {
        "url": "http://testserver/media/images/aa/" + "a" * 64 + ".jpg",
        "alternative": "Le château",
    },
    "centre": {"longitude": 1.6053, "latitude": 42.9658},
    "url": "http://testserver/api/v1/villages/foix/",
    "page": "http://testserver/villages/foix/",
}


def test_villages_say_all_there_is(client, village):
    assert client.get(VILLAGES).json() == {"next": None, "previous": None, "results": [VILLAGE]}
    assert client.get(VILLAGE["url"]).json() == VILLAGE
    assert client.get(f"{VILLAGE['url']}?format=geojson").json() == {
        "type": "Feature",
        "id": "foix",
        "geometry": {"type": "Point", "coordinates": [1.6053, 42.9658]},
        "properties": VILLAGE,
    }


def test_village_referents_are_private(client, village):
    VillageReferentFactory(
        village=village, name="SENTINELLE", email="sentinelle@exemple.fr", phone="SENTINELLE"
    )

    for address in (VILLAGES, VILLAGE["url"]):
        assert "sentinelle" not in client.get(address).content.decode().lower()


@pytest.mark.parametrize(
    "hidden",
    [
        {"is_published": False},
        {"committed_on": date(2999, 1, 1)},
        {"commitment_ends_on": date(2025, 2, 1)},
    ],
)
def test_village_not_shown_is_the_same_404_as_an_unknown_one(client, village, hidden):
    for name, value in hidden.items():
        setattr(village, name, value)
    village.save()

    assert client.get(VILLAGES).json()["results"] == []
    answer, unknown = client.get(VILLAGE["url"]), client.get(f"{VILLAGES}inconnu/")
    assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content)
    assert answer.status_code == 404


def test_villages_are_those_of_the_host_name(client, village):
    other = TerritoryFactory(host_name="gers.localhost")
    HostVillageFactory(territory=other, slug="ailleurs", kind=VillageKind.ASSOCIATED)

    answer = client.get(VILLAGES, HTTP_HOST="gers.localhost").json()

    assert [one["slug"] for one in answer["results"]] == ["ailleurs"]
    assert client.get(f"{VILLAGES}ailleurs/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_villages_query_count(client, territory, django_assert_num_queries, count):
    for _ in range(count):
        HostVillageFactory(territory=territory, committed_on=timezone.localdate())

    with django_assert_num_queries(2):  # the territory, the villages with their commune
        answer = client.get(VILLAGES).json()

    assert len(answer["results"]) == count
