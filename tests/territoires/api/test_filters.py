import pytest
from django.contrib.gis.geos import Point

from territoires.enums import VillageKind
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    EpciFactory,
    FormerCommuneFactory,
    HostVillageFactory,
)


@pytest.fixture
def communes(territory):
    """Foix, big and central; L’Hospitalet, small and far south; Val-de-Sos, once Vicdessos."""
    foix = CommuneFactory(foix=True, epci=EpciFactory(siren="200067791"))
    south = CommuneFactory(
        insee_code="09139",
        name="L'Hospitalet-près-l'Andorre",
        sort_name="Hospitalet-près-l'Andorre",
        population=87,
        epci=None,
        centre=Point(1.80, 42.59, srid=4326),
    )
    sos = CommuneFactory(
        insee_code="09335",
        name="Val-de-Sos",
        sort_name="Val-de-Sos",
        centre=Point(1.5, 42.76, srid=4326),
    )
    FormerCommuneFactory(successor=sos)
    for commune in (foix, south, sos):
        CommuneContourFactory(commune=commune)


def found(client, query: str, path: str = "/api/v1/communes/", key: str = "insee_code") -> list:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.json()
    rows = answer.json().get("results") or [
        one["properties"] for one in answer.json().get("features", [])
    ]
    return [row[key] for row in rows]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=foix", ["09122"]),
        ("q=FOIX", ["09122"]),
        ("q=hospitalet+pres+l+andorre", ["09139"]),
        ("q=hospitallet", ["09139"]),
        ("q=vicdessos", ["09335"]),
        ("q=vicdesos", ["09335"]),
        ("q=zzzz", []),
        ("q=", ["09122", "09139", "09335"]),
        ("department=09", ["09122", "09139", "09335"]),
        ("department=32", []),
        ("epci=200067791", ["09122", "09335"]),
        ("population_min=87&population_max=500", ["09139", "09335"]),
        ("population_min=9493", ["09122"]),
        ("population_max=0", []),
        ("bbox=1.5,42.9,1.7,43", ["09122"]),
        ("bbox=1.6053,42.9658,1.6053,42.9658", ["09122"]),
        ("bbox=-1,-1,0,0", []),
    ],
)
def test_communes_found(client, communes, query, codes):
    assert found(client, query) == codes


def test_communes_in_a_box_by_what_is_drawn(client, communes):
    """A box beside the centre, on the outline."""
    box = "bbox=1.611,42.966,1.612,42.967&format=geojson"

    assert found(client, box) == []
    assert found(client, f"{box}&geometry=contour") == ["09122"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("bbox=1,2,3", "Donnez quatre nombres séparés par des virgules\u00a0: ouest,sud,est,nord."),
        (
            "bbox=nan,1,2,3",
            "Donnez quatre nombres séparés par des virgules\u00a0: ouest,sud,est,nord.",
        ),
        (
            "bbox=a,b,c,d",
            "Donnez quatre nombres séparés par des virgules\u00a0: ouest,sud,est,nord.",
        ),
        ("bbox=2,42,1,43", "L’ouest dépasse l’est\u00a0: l’ordre est ouest,sud,est,nord."),
        (
            "department=1",
            "Un code de département a deux ou trois signes, par exemple 09, 2A ou 974.",
        ),
        ("epci=abc", "Un SIREN a neuf chiffres."),
        ("population_min=beaucoup", "Saisissez un nombre entier."),
        ("population_min=nan", "Saisissez un nombre entier."),
        (
            "population_min=-1",
            "Assurez-vous que cette valeur est supérieure ou égale à 0.",
        ),
        (
            "population_max=1000000000000000000000",
            "Assurez-vous que cette valeur est inférieure ou égale à 100000000.",
        ),
    ],
)
def test_communes_mistaken(client, communes, query, sentence):
    name = query.partition("=")[0]

    answer = client.get(f"/api/v1/communes/?{query}")

    assert answer.status_code == 400
    assert answer.json() == {"detail": f"{name}\u00a0: {sentence}", "errors": {name: [sentence]}}


def test_search_too_long_is_400(client, communes):
    answer = client.get("/api/v1/communes/", {"q": "a" * 101})

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["q"]


def test_communes_found_once_whatever_their_former_names(client, territory):
    commune = CommuneFactory(name="Auzat")
    for code in ("09901", "09902"):
        FormerCommuneFactory(insee_code=code, name="Auzat", successor=commune)

    assert found(client, "q=auzat") == [commune.insee_code]


@pytest.fixture
def villages(territory):
    foix = CommuneFactory(foix=True)
    HostVillageFactory(territory=territory, commune=foix, slug="foix")
    HostVillageFactory(
        territory=territory,
        commune=CommuneFactory(insee_code="09030", centre=None),
        slug="auzat",
        kind=VillageKind.ASSOCIATED,
    )


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("kind=host", ["foix"]),
        ("kind=associated", ["auzat"]),
        ("commune=09122", ["foix"]),
        ("commune=2A004", []),
        ("bbox=1,42,2,43", ["foix"]),
    ],
)
def test_villages_found(client, villages, query, slugs):
    assert found(client, query, "/api/v1/villages/", "slug") == slugs


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind=zz", "Choisissez parmi\u00a0: host, associated."),
        ("commune=foix", "Un code INSEE a cinq signes, par exemple 09122 ou 2A004."),
    ],
)
def test_villages_mistaken(client, villages, query, sentence):
    name = query.partition("=")[0]

    answer = client.get(f"/api/v1/villages/?{query}")

    assert answer.status_code == 400
    assert answer.json() == {"detail": f"{name}\u00a0: {sentence}", "errors": {name: [sentence]}}
