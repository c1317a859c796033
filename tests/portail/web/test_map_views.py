import gzip
import json
import re

import brotli
import pytest
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.test import Client

from portail.domain.map_contours import contours_geojson, current_edition
from solos.domain.publication import withdraw_solo
from solos.enums import PublicField
from telecentres.enums import TelecentreState
from territoires.enums import VillageKind
from territoires.models import DataVersion
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    SoloFactory,
    TelecentreFactory,
    TerritoryFactory,
    UserFactory,
)

PAGE_QUERIES = 12
POINTS_QUERIES = 4
YEAR = "public, max-age=31536000, immutable"
HALF_A_MINUTE = "public, max-age=30"


@pytest.fixture
def foix(territory):
    return CommuneContourFactory(commune=CommuneFactory(foix=True)).commune


def listed(page: str) -> list[str]:
    """The keys of the list's lines, hidden ones left out."""
    hidden = r'<section[^>]*data-layer="\w+"[^>]* hidden>.*?</section>'
    shown = re.sub(hidden, "", page, flags=re.DOTALL)
    return re.findall(r'class="map-entry" data-key="([^"]+)"', shown)


def keys(client: Client) -> list[str]:
    return [feature["id"] for feature in client.get("/carte/points.geojson").json()["features"]]


def contours(client: Client, path: str = "/carte/communes.geojson", **headers: str):
    return client.get(path, headers=headers)


# ---- The page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    for _each in range(number):
        commune = CommuneContourFactory().commune
        HostVillageFactory(territory=territory, commune=commune)
        TelecentreFactory(territory=territory, commune=commune)
        SoloFactory(territory=territory, commune=commune, published=True)

    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get("/carte/").content.decode()

    assert len(listed(page)) == 3 * number


def test_page_lists_what_the_map_shows(territory, client, foix):
    HostVillageFactory(territory=territory, commune=foix, slug="foix")
    TelecentreFactory(territory=territory, commune=foix, slug="cap")
    SoloFactory(territory=territory, commune=foix, published=True)

    page = client.get("/carte/").content.decode()

    assert listed(page) == keys(client) == ["village-foix", "telecentre-cap", "solos-09122"]
    picture = re.search(r'<svg class="map-picture".*?</svg>', page, flags=re.DOTALL)[0]
    assert re.findall(r'href="#sign-(\w+)"', picture) == ["host", "open", "solos"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("calques=villages", ["village-foix"]),
        ("calques=villages,solos", ["village-foix", "solos-09122"]),
        ("calques=villages&calques=telecentres", ["village-foix", "telecentre-cap"]),
        ("calques=aucun", []),
        ("calques=", ["village-foix", "telecentre-cap", "solos-09122"]),
        ("calques=%F0%9F%90%BB,solos", ["solos-09122"]),
    ],
)
def test_page_shows_the_layers_of_its_address(territory, client, foix, query, shown):
    HostVillageFactory(territory=territory, commune=foix, slug="foix")
    TelecentreFactory(territory=territory, commune=foix, slug="cap")
    SoloFactory(territory=territory, commune=foix, published=True)

    page = client.get(f"/carte/?{query}").content.decode()

    assert listed(page) == shown


def test_page_searched_by_former_name_lists_its_successor(territory, client, foix):
    successor = FormerCommuneFactory().successor
    for commune in (foix, successor):
        HostVillageFactory(territory=territory, commune=commune)

    page = client.get("/carte/?q=vicdessos").content.decode()

    assert listed(page) == ["village-village-09335"]
    assert "anciennement Vicdessos" in page


def test_page_searched_counts_what_it_lists_and_names_the_nearest_place(territory, client, foix):
    other = CommuneFactory(insee_code="09225", name="Pamiers", centre=Point(1.61, 43.12))
    TelecentreFactory(territory=territory, commune=other, name="Le Relais", point=other.centre)

    page = client.get("/carte/?q=foix").content.decode()

    section = page[page.index('data-layer="communes"') :]
    assert '<span class="map-count">1</span>' in section
    assert ("09122" in section, "09225" in section) == (True, False)
    assert "Le plus proche de Foix\u00a0:" in page
    assert "Le Relais</a>, Pamiers, à 17\u00a0km à vol d’oiseau." in page
    assert "vol d’oiseau" not in client.get("/carte/?q=pamiers").content.decode()


def test_page_says_whom_its_counts_leave_out(territory, client, foix):
    HostVillageFactory(territory=territory, commune=foix, kind=VillageKind.ASSOCIATED)
    SoloFactory(territory=territory, published=True, commune=foix)
    SoloFactory(territory=territory, published=True, published_fields=[PublicField.NAME])

    page = client.get("/carte/").content.decode()

    assert "Dont 1 village associé." in page
    assert "Ceux qui montrent leur commune, sur 2 dans l’annuaire." in page


def test_page_searched_in_vain_says_so_without_trusting_the_words(territory, client, foix):
    page = client.get("/carte/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page
    assert "Aucune commune en Ariège ne ressemble" in page


def test_page_with_a_place_shows_its_figures(territory, client, foix):
    page = client.get("/carte/?lieu=09122").content.decode()

    assert re.search(r"Foix</strong></a> · 9.493 habitants · 949,3 par km²", page)
    assert page.count("is-chosen") == 1


@pytest.mark.parametrize("code", ["09999", "abc", "2a004", "9" * 200])
def test_page_with_an_unknown_place_shows_the_whole(territory, client, foix, code):
    response = client.get("/carte/", {"lieu": code})

    assert response.status_code == 200
    assert "is-chosen" not in response.content.decode()


def test_page_without_contours_still_lists(territory, client):
    HostVillageFactory(territory=territory, slug="foix")

    page = client.get("/carte/").content.decode()

    assert listed(page) == ["village-foix"]
    assert "pas encore chargés" in page
    assert "map.js" not in page


def test_page_names_its_source_with_its_year(territory, client, foix):
    foix.contour.source = "IGN"
    foix.contour.save()

    page = client.get("/carte/").content.decode()

    source = re.search(r'<p class="map-source">(.*?)\s*</p>', page)[1]
    assert source == "Contours\u00a0: IGN (2026). Population 2023\u00a0: liste d’essai."


def test_page_in_english_links_to_english_pages(territory, client, foix):
    HostVillageFactory(territory=territory, commune=foix, slug="foix")

    page = client.get("/en/carte/").content.decode()

    assert 'href="/en/villages/foix/"' in page
    assert 'data-points="/en/carte/points.geojson"' in page
    assert 'data-commune="/en/communes/00000/"' in page


def test_page_calls_no_tile_server_unless_told(territory, client, foix, settings):
    assert "data-tiles" not in client.get("/carte/").content.decode()
    cache.clear()
    settings.BASEMAP = "osm"
    page = client.get("/carte/").content.decode()

    assert 'data-tiles="https://tile.openstreetmap.org/{z}/{x}/{y}.png"' in page
    assert 'data-tiles-credit="© OpenStreetMap"' in page


def test_page_leaves_no_cookie_and_no_inline_code(territory, client, foix):
    response = client.get("/carte/")
    page = response.content.decode()

    assert response.cookies == {}
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", page) == []


# ---- Who is seen --------------------------------------------------------------------------------


def test_solo_who_did_not_agree_to_their_commune_is_nowhere(territory, client, foix):
    SoloFactory(
        territory=territory,
        commune=foix,
        published=True,
        slug="sentinelle",
        last_name="Sentinelle",
        published_fields=[field for field in PublicField if field != PublicField.COMMUNE],
    )

    for path in ("/carte/", "/carte/points.geojson", "/carte/?lieu=09122", "/en/carte/"):
        assert "entinelle" not in client.get(path).content.decode()
    assert keys(client) == []


def test_solo_who_withdraws_is_gone_from_the_points(territory, client, foix):
    solo = SoloFactory(territory=territory, commune=foix, published=True)
    assert keys(client) == ["solos-09122"]

    withdraw_solo(solo=solo)
    cache.clear()

    assert keys(client) == []


def test_points_tell_nothing_private(territory, client, foix):
    SoloFactory(
        territory=territory,
        commune=foix,
        published=True,
        slug="alix",
        first_name="Alix",
        last_name="Roux",
        published_fields=[PublicField.NAME, PublicField.COMMUNE],
        email="alix@exemple.fr",
        phone="+33561000000",
        trade_name="Sentinelle",
    )

    (feature,) = client.get("/carte/points.geojson").json()["features"]

    assert feature == {
        "type": "Feature",
        "id": "solos-09122",
        "properties": {
            "layer": "solos",
            "kind": "solos",
            "name": "Foix",
            "what": "1 solo",
            "note": "",
            "fact": "",
            "more": "Voir la commune",
            "url": "/communes/09122/",
            "insee": "09122",
            "commune": "Foix",
            "people": [
                {
                    "name": "Alix Roux",
                    "url": "/annuaire/alix/",
                    "trade": "",
                    "trade_language": "",
                }
            ],
        },
        "geometry": {"type": "Point", "coordinates": [1.6053, 42.9658]},
    }


def test_another_territory_s_map_shows_nothing_of_ours(territory, client, foix):
    HostVillageFactory(territory=territory, commune=foix)
    TelecentreFactory(territory=territory, commune=foix, state=TelecentreState.PLANNED)
    SoloFactory(territory=territory, commune=foix, published=True)
    TerritoryFactory(slug="gers", name="Gers")

    def get(path: str) -> str:
        return client.get(path, headers={"host": "gers.localhost"}).content.decode()

    assert listed(get("/carte/")) == []
    assert "Foix" not in get("/carte/?q=foix&lieu=09122")
    assert json.loads(get("/carte/points.geojson"))["features"] == []
    assert json.loads(get("/carte/communes.geojson"))["features"] == []
    assert json.loads(get("/carte/lieux.json?q=foix")) == {"places": []}


@pytest.mark.parametrize("number", [1, 3])
def test_points_cost_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    HostVillageFactory.create_batch(number, territory=territory)
    TelecentreFactory.create_batch(number, territory=territory)
    SoloFactory.create_batch(number, territory=territory, published=True)

    with django_assert_num_queries(POINTS_QUERIES):
        assert len(keys(client)) == 3 * number


def test_points_are_kept_half_a_minute(territory, client):
    response = client.get("/carte/points.geojson")

    assert response["Content-Type"] == "application/geo+json"
    assert response["Cache-Control"] == HALF_A_MINUTE
    assert response.cookies == {}


# ---- The contours -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "encoding", "opened"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_contours_compressed_once_as_the_client_accepts(
    territory, client, foix, accepted, encoding, opened
):
    response = contours(client, **{"accept-encoding": accepted})

    assert response.get("Content-Encoding") == encoding
    assert opened(response.content).decode() == contours_geojson(territory)
    assert int(response["Content-Length"]) == len(response.content)
    assert response["Content-Type"] == "application/geo+json"
    assert "Accept-Encoding" in response["Vary"]
    assert response.cookies == {}


def test_contours_with_their_edition_are_kept_for_ever(territory, client, foix):
    page = client.get("/carte/").content.decode()
    address = re.search(r'data-contours="([^"]+)"', page)[1]

    assert address == f"/carte/communes.geojson?v={current_edition(territory)}"
    assert contours(client, address)["Cache-Control"] == YEAR
    assert contours(client)["Cache-Control"] == HALF_A_MINUTE
    assert contours(client, "/carte/communes.geojson?v=9-9-9-9-9")["Cache-Control"] == HALF_A_MINUTE


def test_contours_known_by_their_edition_cost_no_query(
    territory, client, foix, django_assert_num_queries
):
    address = f"/carte/communes.geojson?v={current_edition(territory)}"
    first = contours(client, address, **{"accept-encoding": "br"})

    with django_assert_num_queries(0):
        again = contours(client, address, **{"accept-encoding": "br"})

    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


@pytest.mark.parametrize("known", ["{}", '"autre", {}', "W/{}", "*"])
def test_contours_already_there_are_not_sent_again(
    territory, client, foix, django_assert_num_queries, known
):
    address = f"/carte/communes.geojson?v={current_edition(territory)}"
    etag = contours(client, address)["ETag"]
    cache.clear()

    with django_assert_num_queries(0):
        response = contours(client, address, **{"if-none-match": known.format(etag)})

    assert (response.status_code, response.content) == (304, b"")
    assert (response["ETag"], response["Cache-Control"]) == (etag, YEAR)


def test_contours_without_edition_are_not_sent_again_either(territory, client, foix):
    etag = contours(client)["ETag"]

    assert contours(client, **{"if-none-match": etag}).status_code == 304
    assert contours(client, **{"if-none-match": '"autre"'}).status_code == 200


def test_contours_etag_is_strong_and_names_its_encoding(territory, client, foix):
    etags = {
        contours(client, **{"accept-encoding": accepted})["ETag"] for accepted in ("br", "gzip", "")
    }

    assert etags == {
        f'"{current_edition(territory)}-{encoding}"' for encoding in ("br", "gzip", "identity")
    }


def test_contours_after_the_cache_is_emptied_are_the_same_bytes(territory, client, foix):
    first = contours(client, **{"accept-encoding": "br"})
    cache.clear()
    again = contours(client, **{"accept-encoding": "br"})

    assert (first.content, first["ETag"]) == (again.content, again["ETag"])


def test_contours_after_an_import_are_new(territory, client, foix):
    first = contours(client)
    foix.population = 12_000
    foix.save()
    DataVersion.advance(DataVersion.MAP)
    again = contours(client, **{"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    assert json.loads(again.content)["features"][0]["properties"]["population"] == 12_000


def test_contours_of_a_second_territory_have_another_edition(territory, client, foix):
    gers = TerritoryFactory(slug="gers", departments=[])

    ours, theirs = contours(client), contours(client, host="gers.localhost")

    assert ours["ETag"] != theirs["ETag"]
    assert json.loads(theirs.content) == {"type": "FeatureCollection", "features": []}
    assert f'"{current_edition(gers)}-identity"' == theirs["ETag"]


def test_contours_are_the_same_for_a_member(territory, client, foix):
    address = f"/carte/communes.geojson?v={current_edition(territory)}"
    client.force_login(UserFactory())

    assert contours(client, address)["Cache-Control"] == YEAR


@pytest.mark.parametrize("path", ["", "points.geojson", "communes.geojson", "lieux.json"])
def test_map_is_only_read(territory, client, path):
    assert client.post(f"/carte/{path}").status_code == 405


# ---- Places proposed ----------------------------------------------------------------------------


def test_places_tell_the_former_name_that_was_meant(territory, client):
    FormerCommuneFactory()

    assert client.get("/carte/lieux.json?q=vicdessos").json() == {
        "places": [{"insee": "09335", "name": "Val-de-Sos", "note": "anciennement Vicdessos"}]
    }


@pytest.mark.parametrize("number", [1, 3])
def test_places_cost_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    for rank in range(number):
        CommuneFactory(name=f"Val {rank}")

    with django_assert_num_queries(2):
        assert len(client.get("/carte/lieux.json?q=val").json()["places"]) == number


def test_places_for_nothing_are_none(territory, client):
    assert client.get("/carte/lieux.json").json() == {"places": []}


def test_places_too_long_a_name_is_refused_in_words(territory, client):
    response = client.get("/carte/lieux.json", {"q": "a" * 101})

    assert response.status_code == 400
    assert response.json() == {
        "detail": "Ce nom est trop long\u00a0: cent lettres suffisent à toutes les communes."
    }


@pytest.mark.parametrize("path", ["", "points.geojson", "communes.geojson", "lieux.json"])
def test_unreadable_address_is_refused(territory, client, path):
    assert client.get(f"/carte/{path}?q=%00&v=%00").status_code == 400


# ---- Without Redis ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["", "points.geojson", "communes.geojson", "communes.geojson?v=1-1-1-1-1"]
)
def test_map_without_redis_still_answers(territory, client, foix, settings, path):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1},
        }
    }

    first, again = client.get(f"/carte/{path}"), client.get(f"/carte/{path}")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
