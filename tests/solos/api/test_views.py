import pytest
from django.core.cache import cache

from solos.enums import PublicField, SoloState, SoloStatus, WorkPlace
from solos.models import Solo
from tests.factories import (
    CommuneFactory,
    PictureFactory,
    SoloFactory,
    TerritoryFactory,
    UserFactory,
)

SOLOS = "/api/v1/solos/"

EVERYTHING = {
    "slug": "ana-ruiz",
    "name": "Ana Ruiz",
    "trade_name": "Atelier Ruiz",
    "status": "founder",
    "trade": {
        "slug": "developpement-web",
        "name": "Développement web",
        "name_en": "Web development",
        "sector": {"slug": "numerique", "name": "Numérique", "name_en": "Digital"},
    },
    "commune": {"insee_code": "09122", "name": "Foix"},
    "skills": ["django", "cartes"],
    "languages": ["fr", "oc"],
    "presentation": "Je dessine des cartes.",
    "photo": "http://testserver/media/images/aa/" + "a" * 64 + ".jpg",
    "website": "https://ruiz.example/",
    "links": ["https://social.example/ana"],
    "takes_clients": True,
    "phone": "+33561000000",
    "email": "ana@exemple.fr",
    "work_place": "both",
    "offers": "Un coup de main",
    "seeks": "Un bureau",
    "arrived_in": 2019,
    "came_from": "Toulouse",
    "url": "http://testserver/api/v1/solos/ana-ruiz/",
    "page": "http://testserver/annuaire/ana-ruiz/",
}


def ana(territory, **details):
    return SoloFactory(
        territory=territory,
        slug="ana-ruiz",
        first_name="Ana",
        last_name="Ruiz",
        trade_name="Atelier Ruiz",
        status=SoloStatus.FOUNDER,
        commune=CommuneFactory(foix=True),
        skills=["django", "cartes"],
        languages=["fr", "oc"],
        presentation="Je dessine des cartes.",
        photo=PictureFactory(territory=territory, portrait=True, digest="a" * 64),
        website="https://ruiz.example/",
        links=["https://social.example/ana"],
        takes_clients=True,
        siret="73282932000074",
        phone="+33561000000",
        email="ana@exemple.fr",
        work_place=WorkPlace.BOTH,
        offers="Un coup de main",
        seeks="Un bureau",
        arrived_in=2019,
        came_from="Toulouse",
        household_size=4,
        **details,
    )


def test_solos_who_show_everything(client, territory):
    ana(territory, published=True)

    assert client.get(SOLOS).json() == {"next": None, "previous": None, "results": [EVERYTHING]}
    assert client.get(EVERYTHING["url"]).json() == EVERYTHING


def test_solo_as_geojson_stands_at_their_commune(client, territory):
    ana(territory, published=True)

    answer = client.get(f"{EVERYTHING['url']}?format=geojson").json()

    assert answer == {
        "type": "Feature",
        "id": "ana-ruiz",
        "geometry": {"type": "Point", "coordinates": [1.6053, 42.9658]},
        "properties": EVERYTHING,
    }


NOTHING = dict.fromkeys(EVERYTHING) | {
    "slug": "ana-ruiz",
    "name": "Ana Ruiz",
    "skills": [],
    "links": [],
    "languages": [],
    "url": EVERYTHING["url"],
    "page": EVERYTHING["page"],
}


def test_solo_who_shows_only_their_name(client, territory):
    ana(territory, state=SoloState.PUBLISHED, published_fields=[PublicField.NAME])

    assert client.get(SOLOS).json()["results"] == [NOTHING]
    assert client.get(f"{SOLOS}?format=geojson").json()["features"] == [
        {"type": "Feature", "id": "ana-ruiz", "geometry": None, "properties": NOTHING}
    ]


@pytest.mark.parametrize("field", [field for field in PublicField if field != PublicField.NAME])
def test_solo_who_shows_one_field_more(client, territory, field):
    fields = [PublicField.NAME, field]
    ana(territory, state=SoloState.PUBLISHED, published_fields=fields)

    shown = client.get(EVERYTHING["url"]).json()

    assert shown == NOTHING | {field.value: EVERYTHING[field.value]}


@pytest.mark.parametrize("field", [field for field in PublicField if field != PublicField.NAME])
def test_solo_who_shows_everything_and_opens_one_field_more(client, territory, field):
    ana(territory, published=True, open_fields=[PublicField.NAME, field])

    shown = client.get(EVERYTHING["url"]).json()

    assert shown == NOTHING | {field.value: EVERYTHING[field.value]}


def test_solo_who_opens_no_name_is_not_there(client, territory):
    ana(territory, published=True, open_fields=[PublicField.EMAIL])

    for query in ("", "?format=geojson", "?q=ruiz", "?sector=numerique", "?commune=09122"):
        answer = client.get(SOLOS + query).json()
        assert (answer.get("results") or answer.get("features") or []) == [], query
    assert client.get(EVERYTHING["url"]).status_code == 404
    assert "Ana Ruiz" in client.get("/annuaire/ana-ruiz/").content.decode()


def test_solo_stands_nowhere_without_open_commune(client, territory):
    fields = [field for field in PublicField if field != PublicField.COMMUNE]
    ana(territory, published=True, open_fields=fields)

    answer = client.get(f"{SOLOS}?format=geojson").json()

    assert [row["geometry"] for row in answer["features"]] == [None]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=clavecins", PublicField.PRESENTATION),
        ("q=développement", PublicField.TRADE),
        ("sector=numerique", PublicField.TRADE),
        ("trade=developpement-web", PublicField.TRADE),
        ("commune=09122", PublicField.COMMUNE),
        ("epci=200067791", PublicField.COMMUNE),
        ("status=founder", PublicField.STATUS),
    ],
)
def test_solo_is_found_by_what_they_open_and_not_by_what_they_show(client, territory, query, field):
    closed = [each for each in PublicField if each != field]
    ana(territory, published=True, open_fields=closed)
    Solo.objects.update(presentation="Je restaure des clavecins.")
    assert client.get(f"{SOLOS}?{query}").json()["results"] == []
    cache.clear()

    Solo.objects.update(open_fields=list(PublicField))  # control: once open, they are found

    found = client.get(f"{SOLOS}?{query}").json()["results"]
    assert [row["slug"] for row in found] == ["ana-ruiz"]


def test_solo_empty_and_private_fields_look_the_same(client, territory):
    SoloFactory(
        territory=territory,
        slug="ana-ruiz",
        first_name="Ana",
        last_name="Ruiz",
        status="",
        trade=None,
        commune=None,
        published=True,
    )

    assert client.get(EVERYTHING["url"]).json() == NOTHING


def test_solo_phone_that_is_none_is_not_shown(client, territory):
    SoloFactory(territory=territory, slug="ana", phone="+33000", published=True)

    assert client.get(f"{SOLOS}ana/").json()["phone"] is None


def test_solo_sentinels_never_leave(client, territory):
    """Each private field holds a sentinel; no address of the API says it, whatever is asked."""
    commune = CommuneFactory(insee_code="09999", name="Sentinelle-la-Commune")
    SoloFactory(
        territory=territory,
        user=UserFactory(email="sentinelle@exemple.fr", first_name="Sentinelle"),
        slug="ana",
        trade_name="Sentinelle SARL",
        commune=commune,
        skills=["sentinelle"],
        languages=["zzz"],
        presentation="sentinelle",
        photo=PictureFactory(territory=territory, portrait=True, alternative="sentinelle"),
        website="https://sentinelle.example/",
        links=["https://sentinelle.example/lien"],
        siret="73282932000074",
        phone="+33561999999",
        email="sentinelle@exemple.fr",
        offers="sentinelle",
        seeks="sentinelle",
        arrived_in=1987,
        came_from="sentinelle",
        household_size=1987,
        state=SoloState.PUBLISHED,
        published_fields=[PublicField.NAME],
    )

    for query in ("", "?format=geojson", "?page_size=1", "?q=claude"):
        for address in (SOLOS, f"{SOLOS}ana/"):
            if query in {"?page_size=1", "?q=claude"} and address != SOLOS:
                continue
            text = client.get(address + query).content.decode().lower()
            assert "ana" in text
            assert [
                kept
                for kept in ("sentinelle", "732829320", "561999999", "1987", "zzz", "09999")
                if kept in text
            ] == []


@pytest.mark.parametrize("state", [state for state in SoloState if state != SoloState.PUBLISHED])
def test_solo_out_of_the_directory_is_the_same_404_as_an_unknown_one(client, territory, state):
    fields = [] if state == SoloState.WITHDRAWN else list(PublicField)
    SoloFactory(territory=territory, slug="ana", state=state, published_fields=fields)

    assert client.get(SOLOS).json()["results"] == []
    answer, unknown = client.get(f"{SOLOS}ana/"), client.get(f"{SOLOS}personne/")
    assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content)
    assert answer.status_code == 404


def test_solos_are_those_of_the_host_name(client, territory):
    SoloFactory(territory=territory, slug="ana", published=True)
    gers = TerritoryFactory(host_name="gers.localhost")
    SoloFactory(territory=gers, slug="luc", published=True)

    answer = client.get(SOLOS, HTTP_HOST="gers.localhost").json()

    assert [row["slug"] for row in answer["results"]] == ["luc"]
    assert client.get(f"{SOLOS}luc/").status_code == 404
    assert client.get(f"{SOLOS}ana/", HTTP_HOST="gers.localhost").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    # The territory, the solos with all that they show; whether there is a sector of that name.
    [("", 2), ("?format=geojson", 2), ("?q=claude", 2), ("?sector=numerique", 3)],
)
def test_solos_query_count(client, territory, django_assert_num_queries, count, query, queries):
    for number in range(count):
        SoloFactory(territory=territory, published=True, arrived_in=2000 + number)

    with django_assert_num_queries(queries):
        answer = client.get(SOLOS + query).json()

    assert len(answer.get("results") or answer["features"]) == count
