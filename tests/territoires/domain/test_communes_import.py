"""The act as a whole, on the files of Ariège that ship with the project."""

import gzip
import json
from datetime import date
from decimal import Decimal

import brotli
import pytest
import shapely
from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import Sum

from territoires.domain.communes_import import import_communes
from territoires.enums import FormerCommuneKind, ImportOutcome
from territoires.models import (
    Commune,
    CommuneContour,
    DataVersion,
    Epci,
    FormerCommune,
    ImportRun,
)
from tests.territoires.domain.communes_files import SHIPPED

COMMUNES = SHIPPED / "communes-09.geojson"
FORMERS = SHIPPED / "communes-anciennes-09.csv"


@pytest.fixture
def ariege(db) -> None:
    import_communes(COMMUNES)
    import_communes(FORMERS)


def contours(field: str) -> dict[str, shapely.Geometry]:
    rows = CommuneContour.objects.values_list("commune_id", field)
    return {code: shapely.from_wkb(bytes(shape.wkb)) for code, shape in rows}


def snapshot() -> list[object]:
    """Every row as the database keeps it, system columns included: a rewrite would show."""
    return [
        list(model.objects.extra(select={"at": "ctid::text"}).order_by("pk").values())
        for model in (Commune, Epci, FormerCommune, CommuneContour)
    ]


def test_import_communes_of_ariege_counts(db):
    run = import_communes(COMMUNES)

    assert (run.outcome, run.layout) == (ImportOutcome.DONE, "Communes et contours (GeoJSON)")
    assert run.report["counts"] == {
        "commune": {"created": 325, "changed": 0, "unchanged": 0},
        "former": {"created": 0, "changed": 0, "unchanged": 0},
        "epci": {"created": 8, "changed": 0, "unchanged": 0},
    }
    assert (run.rows_read, run.rows_created, run.rows_refused) == (325, 325, 0)
    assert Commune.objects.current().filter(department="09").count() == 325
    assert CommuneContour.objects.count() == 325
    assert ImportRun.objects.get() == run


def test_import_communes_of_ariege_totals(ariege):
    totals = Commune.objects.aggregate(Sum("population"), Sum("area_ha"))

    assert totals == {"population__sum": 155722, "area_ha__sum": Decimal("491190.2")}


def test_import_communes_foix_is_whole(ariege):
    foix = Commune.objects.get(insee_code="09122")

    assert (foix.name, foix.sort_name, foix.department_id) == ("Foix", "Foix", "09")
    assert (foix.population, foix.population_year, foix.vintage) == (9934, 2023, 2026)
    assert (foix.area_ha, foix.postcodes) == (Decimal("1947.3"), ["09000"])
    assert foix.epci is not None
    assert foix.epci.name == "CA L'Agglo Foix-Varilhes"
    assert foix.source == "INSEE, DGCL, La Poste, IGN, DILA"
    assert (foix.ended_on, foix.successor) == (None, None)


def test_import_communes_sorts_without_article(ariege):
    names = Commune.objects.filter(insee_code__in=["09003", "09042", "09053"])

    assert list(names.order_by("insee_code").values_list("name", "sort_name")) == [
        ("L'Aiguillon", "Aiguillon"),
        ("La Bastide-de-Sérou", "Bastide-de-Sérou"),
        ("Bestiac", "Bestiac"),
    ]


def test_import_communes_vicdessos_leads_to_val_de_sos(ariege):
    former = FormerCommune.objects.get(name="Vicdessos")

    assert former.kind == FormerCommuneKind.DELEGATED
    assert former.successor.name == "Val-de-Sos"
    assert [commune.name for commune in Commune.objects.named_like("vicdessos")] == ["Val-de-Sos"]


def test_import_communes_twice_writes_no_row(ariege):
    before, version = snapshot(), DataVersion.current(DataVersion.MAP)

    runs = [import_communes(COMMUNES), import_communes(FORMERS)]

    assert [(run.rows_created, run.rows_changed, run.rows_ended) for run in runs] == [
        (0, 0, 0),
        (0, 0, 0),
    ]
    assert [run.rows_unchanged for run in runs] == [325, 22]
    assert snapshot() == before
    assert DataVersion.current(DataVersion.MAP) == version


def test_import_communes_gzipped_is_the_same(ariege, tmp_path):
    packed = tmp_path / "whatever.bin"
    packed.write_bytes(gzip.compress(COMMUNES.read_bytes()))

    run = import_communes(packed)

    assert (run.rows_created, run.rows_changed, run.rows_unchanged) == (0, 0, 325)


def test_import_communes_advances_map_version_once_per_change(db):
    import_communes(COMMUNES)
    assert DataVersion.current(DataVersion.MAP) == 1
    Commune.objects.filter(insee_code="09122").update(population=1)

    run = import_communes(COMMUNES)

    assert run.rows_changed == 1
    assert DataVersion.current(DataVersion.MAP) == 2
    assert Commune.objects.get(insee_code="09122").population == 9934


def test_import_communes_dry_run_writes_nothing(db):
    run = import_communes(COMMUNES, dry_run=True)

    assert (run.outcome, run.rows_created) == (ImportOutcome.DONE, 325)
    counts = [model.objects.count() for model in (Commune, CommuneContour, Epci, ImportRun)]
    assert counts == [0, 0, 0, 0]
    assert DataVersion.current(DataVersion.MAP) == 0


def test_import_communes_outline_is_the_source_s(ariege):
    source = json.loads(COMMUNES.read_text(encoding="utf-8"))["features"]
    outlines = contours("outline")

    assert all(
        shapely.equals_exact(
            outlines[feature["id"]], shapely.from_geojson(json.dumps(feature["geometry"]))
        )
        for feature in source
    )


def test_import_communes_simplified_is_a_coverage(ariege):
    simplified = list(contours("simplified").values())

    assert shapely.is_valid(simplified).all()
    assert shapely.coverage_is_valid(simplified)
    department = shapely.coverage_union_all(simplified)
    assert (department.geom_type, len(department.interiors)) == ("Polygon", 0)


def test_import_communes_simplified_keeps_the_area(ariege):
    outlines = sum(shape.area for shape in contours("outline").values())
    simplified = sum(shape.area for shape in contours("simplified").values())

    assert simplified == pytest.approx(outlines, rel=0.001)


def test_import_communes_simplified_neighbours_share_their_border(ariege):
    simplified = contours("simplified")
    shared = shapely.intersection(simplified["09122"], simplified["09264"])

    assert shapely.get_dimensions(shared) == 1
    assert shared.length > 0.02


def test_import_communes_map_of_ariege_weighs_little(ariege):
    """The public map's budget: contours to four decimals with code, name and population."""
    rows = CommuneContour.objects.annotate(shape=AsGeoJSON("simplified", precision=4))
    layer = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": row.commune_id,
                "properties": {
                    "insee": row.commune_id,
                    "name": row.commune.name,
                    "population": row.commune.population,
                },
                "geometry": json.loads(row.shape),
            }
            for row in rows.select_related("commune")
        ],
    }
    text = json.dumps(layer, ensure_ascii=False, separators=(",", ":")).encode()

    assert len(brotli.compress(text, quality=5)) <= 45_000


def test_import_communes_ended_before_is_dated_by_the_list(ariege):
    Commune.objects.create(
        insee_code="09999", name="Disparue", sort_name="Disparue", department_id="09"
    )

    run = import_communes(COMMUNES)

    assert (run.rows_ended, run.report["ended"]) == (1, ["09999"])
    assert Commune.objects.get(insee_code="09999").ended_on == date(2026, 1, 1)
