"""Contours: repaired where rounding broke them, simplified together, redrawn with neighbours."""

import json
from datetime import date

import numpy as np
import pytest
import shapely

from territoires.domain.communes_import import coverage, import_communes
from territoires.domain.communes_import.coverage import DECIMALS, simplify_together
from territoires.domain.communes_import.shapes import as_multipolygons
from territoires.models import Commune, CommuneContour
from tests.factories import CommuneFactory
from tests.territoires.domain.communes_files import list_of

BORDER = [[1.6, 42.9], [1.6002, 42.93], [1.6, 42.95], [1.6003, 42.97], [1.6, 43.0]]
WEST = [[1.5, 43.0], [1.5, 42.9], *BORDER, [1.5, 43.0]]
EAST = [[1.7, 42.9], [1.7, 43.0], *reversed(BORDER), [1.7, 42.9]]
# A spur without width, as rounding leaves them: invalid, and the same area once repaired.
SPUR = [[1.5, 43.0], [1.5, 42.9], [1.4, 42.8], [1.5, 42.9], *BORDER, [1.5, 43.0]]


@pytest.fixture
def contours_file(tmp_path):
    def write(rings: dict[str, list[list[float]]]):
        features = [
            {
                "type": "Feature",
                "properties": {"code": code, "nom": f"Essai {code}", "departement": code[:2]},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
            for code, ring in rings.items()
        ]
        path = tmp_path / "contours"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path

    return write


def simplified() -> dict[str, shapely.Geometry]:
    rows = CommuneContour.objects.order_by("pk").values_list("pk", "simplified")
    return {code: shapely.from_wkb(bytes(shape.wkb)) for code, shape in rows}


def test_contour_broken_by_rounding_is_repaired_and_said(db, contours_file):
    run = import_communes(contours_file({"09901": SPUR, "09902": EAST}))

    outline = CommuneContour.objects.get(pk="09901").outline
    assert (outline.valid, outline.geom_type, outline.srid) == (True, "MultiPolygon", 4326)
    assert outline.area == pytest.approx(shapely.Polygon(WEST).area)
    assert run.report["repaired"] == ["09901"]
    assert run.rows_refused == 0


def test_neighbours_of_two_files_share_their_border(db, contours_file):
    import_communes(contours_file({"09901": WEST}))

    import_communes(contours_file({"32901": EAST}))

    together = list(simplified().values())
    assert shapely.coverage_is_valid(together)
    assert shapely.intersection(*together).length == pytest.approx(0.1, rel=0.001)


def test_contour_that_stays_the_same_beside_a_new_one_is_not_written(db, contours_file):
    square, beside = [
        [[x, y] for x, y in shapely.box(*box).exterior.coords]
        for box in ((1.5, 42.9, 1.6, 43.0), (1.6, 42.9, 1.7, 43.0))
    ]
    import_communes(contours_file({"09901": square}))

    run = import_communes(contours_file({"32901": beside}))

    assert (run.rows_created, run.rows_changed, run.report["redrawn"]) == (1, 0, 0)


def test_neighbours_of_two_sources_are_matched(db, contours_file):
    """Borders that disagree by a hundred metres: neither gap nor overlap on the map."""
    import_communes(contours_file({"09901": WEST}))
    moved = [[x + 0.001 if x < 1.65 else x, y] for x, y in EAST]

    import_communes(contours_file({"32901": moved, "32902": [[x + 0.2, y] for x, y in WEST]}))

    shapes = list(simplified().values())
    assert shapely.coverage_is_valid(shapes)
    assert shapely.is_valid(shapes).all()


def test_ended_commune_leaves_the_coverage(db, contours_file, tmp_path):
    import_communes(contours_file({"09901": WEST}))
    Commune.objects.filter(pk="09901").update(ended_on=date(2026, 1, 1))
    kept = simplified()["09901"]

    import_communes(contours_file({"09902": WEST}))

    assert shapely.equals_exact(simplified()["09901"], kept)
    assert simplified()["09902"].equals(kept)


def test_list_leaves_contours_alone(db, contours_file, tmp_path):
    import_communes(contours_file({"09901": WEST, "09902": EAST}))
    before = list(CommuneContour.objects.order_by("pk").values())

    import_communes(list_of(tmp_path / "l", ["09901", "09902"]))

    assert list(CommuneContour.objects.order_by("pk").values()) == before


def test_contour_that_changes_is_drawn_again(db, contours_file):
    CommuneFactory(insee_code="09901")
    import_communes(contours_file({"09901": WEST}))

    run = import_communes(contours_file({"09901": [[x - 0.1, y] for x, y in WEST]}))

    assert run.rows_changed == 1
    assert simplified()["09901"].bounds == pytest.approx((1.4, 42.9, 1.5003, 43.0), abs=0.001)


def test_simplify_together_keeps_small_communes():
    """A commune narrower than the tolerance stays on the map, inside its neighbour's hole."""
    tiny = shapely.box(1.55, 42.95, 1.5512, 42.9512)
    around = shapely.difference(shapely.box(1.5, 42.9, 1.6, 43.0), tiny)

    drawn, broken = simplify_together(as_multipolygons(np.array([around, tiny])))

    assert broken == 0
    assert not shapely.is_empty(drawn).any()
    assert shapely.coverage_is_valid(drawn)
    assert shapely.union_all(drawn).area == pytest.approx(0.01)


def test_simplify_together_drops_an_islet_that_rounding_flattens():
    islet = shapely.box(1.71, 42.95, 1.71003, 42.95003)
    commune = shapely.MultiPolygon([shapely.Polygon(WEST), islet])

    drawn, broken = simplify_together(as_multipolygons(np.array([commune])))

    assert broken == 1
    assert [len(shape.geoms) for shape in drawn] == [1]
    assert shapely.is_valid(drawn).all()


def test_simplify_together_keeps_the_outline_of_what_rounding_erases():
    islet = shapely.box(1.71, 42.95, 1.71003, 42.95003)

    drawn, _broken = simplify_together(as_multipolygons(np.array([islet])))

    assert shapely.area(drawn) == pytest.approx([islet.area])


def test_simplify_together_gives_rounded_multipolygons():
    drawn, _broken = simplify_together(
        as_multipolygons(np.array([shapely.Polygon(WEST), shapely.Polygon(EAST)]))
    )

    points = shapely.get_coordinates(drawn)
    assert [shape.geom_type for shape in drawn] == ["MultiPolygon", "MultiPolygon"]
    assert points == pytest.approx(np.round(points, DECIMALS), abs=1e-12)


def test_as_multipolygons_keeps_surfaces_only():
    line = shapely.LineString([(0, 0), (1, 1)])
    square = shapely.box(0, 0, 1, 1)
    mixed = np.array(
        [
            square,
            shapely.GeometryCollection([line, square, shapely.MultiPolygon([square])]),
            shapely.GeometryCollection(),
            line,
        ]
    )

    grouped = as_multipolygons(mixed)

    assert [shape.geom_type for shape in grouped] == ["MultiPolygon"] * 4
    assert [len(shape.geoms) for shape in grouped] == [1, 2, 0, 0]


def test_simplify_together_gives_up_on_what_is_no_coverage(monkeypatch):
    squares = np.array([shapely.box(1, 43, 1.1, 43.1), shapely.box(1.05, 43, 1.15, 43.1)])
    matched, _broken = simplify_together(squares)
    monkeypatch.setattr(coverage, "MOST_ROUNDS", 0)

    left, broken = simplify_together(squares)

    assert matched[0].intersection(matched[1]).area == 0
    assert left[0].intersection(left[1]).area == pytest.approx(0.005)
    assert broken == 0
