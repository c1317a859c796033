import gzip
import json

import brotli
import pytest
from django.core.cache import cache

from portail.domain.map_contours import (
    COMPRESSIONS,
    compressed_contours,
    contours_geojson,
    current_edition,
    is_edition,
    kept_contours,
)
from territoires.models import DataVersion
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    DepartmentFactory,
    EpciFactory,
    TerritoryFactory,
)


@pytest.fixture
def foix(territory):
    return CommuneContourFactory(commune=CommuneFactory(foix=True)).commune


def codes(territory) -> list[str]:
    return [feature["id"] for feature in json.loads(contours_geojson(territory))["features"]]


def test_contours_geojson_says_what_the_map_needs(territory, foix):
    assert json.loads(contours_geojson(territory)) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "09122",
                "properties": {
                    "name": "Foix",
                    "population": 9493,
                    "density": 949.3,
                    "centre": {"type": "Point", "coordinates": [1.6053, 42.9658]},
                },
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
            }
        ],
    }


def test_contours_geojson_says_null_of_what_is_unknown(territory):
    commune = CommuneFactory(population=None, population_year=None, area_ha=0)
    CommuneContourFactory(commune=commune)
    commune.centre = None
    commune.save()

    properties = json.loads(contours_geojson(territory))["features"][0]["properties"]

    assert properties == {
        "name": commune.name,
        "population": None,
        "density": None,
        "centre": None,
    }


def test_contours_geojson_keeps_any_name_whole(territory):
    name = 'L’« Hospitalet »\\ "près" %s l\'Andorre'
    CommuneContourFactory(commune=CommuneFactory(name=name))

    feature = json.loads(contours_geojson(territory))["features"][0]

    assert feature["properties"]["name"] == name


def test_contours_geojson_present_communes_of_the_territory_in_order(territory):
    gers = DepartmentFactory(code="32", name="Gers", region_code="76")
    for code, details in [
        ("09300", {}),
        ("09100", {}),
        ("09200", {"ended_on": "2019-01-01"}),
        ("32013", {"department": gers}),
    ]:
        CommuneContourFactory(commune=CommuneFactory(insee_code=code, **details))
    CommuneFactory(insee_code="09400")

    assert codes(territory) == ["09100", "09300"]
    assert codes(TerritoryFactory(departments=["32"])) == ["32013"]


def test_contours_geojson_commune_chosen_twice_is_there_once(territory, foix):
    territory.epcis.add(EpciFactory())
    territory.communes.add(foix)

    assert codes(territory) == ["09122"]


def test_contours_geojson_is_one_statement(territory, foix, django_assert_num_queries):
    with django_assert_num_queries(1):
        contours_geojson(territory)


def test_contours_geojson_empty_territory(db):
    assert contours_geojson(TerritoryFactory()) == '{"type":"FeatureCollection","features":[]}'


# ---- Editions -----------------------------------------------------------------------------------


def test_current_edition_is_one_statement(territory, django_assert_num_queries):
    DataVersion.advance(DataVersion.MAP)

    with django_assert_num_queries(1):
        edition = current_edition(territory)

    assert is_edition(edition)


def test_current_edition_changes_with_the_data_and_with_the_list(territory):
    editions = [current_edition(territory), current_edition(territory)]
    DataVersion.advance(DataVersion.MAP)
    editions.append(current_edition(territory))
    DataVersion.advance(DataVersion.MAP)
    editions.append(current_edition(territory))
    territory.communes.add(CommuneFactory())
    editions.append(current_edition(territory))

    assert editions[0] == editions[1]
    assert len(set(editions[1:])) == 4


def test_current_edition_of_two_territories_differ(territory):
    assert current_edition(territory) != current_edition(TerritoryFactory())


@pytest.mark.parametrize("text", ["", "1", "1-2-3-4", "1-2-3-4-5-6", "1-2-3-4-é", "1-2-3-4-٣"])
def test_is_edition_refuses_anything_else(text):
    assert not is_edition(text)


# ---- Bytes kept ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "opened"),
    [("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)],
)
def test_compressed_contours_hold_the_same_text(territory, foix, encoding, opened):
    kept = compressed_contours(territory=territory, edition="1-1-1-1-1", encoding=encoding)

    assert opened(kept).decode() == contours_geojson(territory)


@pytest.mark.parametrize("encoding", COMPRESSIONS)
def test_compressed_contours_are_made_once_per_edition(
    territory, foix, django_assert_num_queries, encoding
):
    wanted = {"territory": territory, "encoding": encoding}
    first = compressed_contours(**wanted, edition="1-1-1-1-1")

    with django_assert_num_queries(0):
        assert compressed_contours(**wanted, edition="1-1-1-1-1") == first
    foix.name = "Fouich"
    foix.save()
    assert compressed_contours(**wanted, edition="1-1-1-1-1") == first
    assert compressed_contours(**wanted, edition="1-1-2-1-1") != first


@pytest.mark.parametrize("encoding", COMPRESSIONS)
def test_compressed_contours_without_cache_are_the_same_bytes(territory, foix, encoding):
    wanted = {"territory": territory, "edition": "1-1-1-1-1", "encoding": encoding}
    first = compressed_contours(**wanted)
    cache.clear()

    assert kept_contours("1-1-1-1-1", encoding) is None
    assert compressed_contours(**wanted) == first
