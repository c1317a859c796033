"""Contours simplified as a coverage: neighbours keep one border, with no gap and no overlap.

`simplified` is always drawn over all living communes together, whichever file brought them, so
that a department added later still meets its neighbours.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db import connection

from territoires.domain.communes_import.merging import run_merge
from territoires.domain.communes_import.shapes import as_multipolygons, repair
from territoires.domain.communes_import.staging import stage_simplified

# Degrees: about the square root of the area of the smallest bend that stays on the map. 0.0025
# keeps a department of 325 communes under 40 KB of brotli, and a village's shape recognisable.
TOLERANCE = 0.0025
# 0.0001° is about 10 m: far below a pixel of a map that shows a whole commune.
DECIMALS = 4
# Degrees: borders of two sources disagree by up to their own simplification (300 m).
GAP = 0.004
# Two rounds mend France; a file that is no coverage at all is left as it is after these.
MOST_ROUNDS = 5

DIFFERENT = """
SELECT EXISTS (
    SELECT FROM incoming_contour i LEFT JOIN territoires_communecontour t USING (commune_id)
    WHERE (t.outline, t.source) IS DISTINCT FROM (i.outline, %s)
)
"""
# Finer contours stay: what was drawn for small scales only fills the blanks.
KEEP_FINER = """
DELETE FROM incoming_contour i USING territoires_communecontour t
WHERE t.commune_id = i.commune_id AND t.source <> %s
RETURNING i.commune_id
"""
LIVING = """
SELECT c.insee_code, ST_AsBinary(coalesce(i.outline, t.outline))
FROM territoires_commune c
LEFT JOIN territoires_communecontour t ON t.commune_id = c.insee_code
LEFT JOIN incoming_contour i ON i.commune_id = c.insee_code
WHERE c.ended_on IS NULL AND (t.commune_id IS NOT NULL OR i.commune_id IS NOT NULL)
ORDER BY c.insee_code
"""
MERGE = """
WITH different AS MATERIALIZED (
    SELECT s.commune_id, coalesce(i.outline, t.outline) AS outline, s.simplified,
           CASE WHEN i.commune_id IS NULL THEN t.source ELSE %s END AS source,
           t.commune_id IS NULL AS is_new
    FROM incoming_simplified s
    LEFT JOIN incoming_contour i USING (commune_id)
    LEFT JOIN territoires_communecontour t USING (commune_id)
    WHERE t.commune_id IS NULL OR t.simplified IS DISTINCT FROM s.simplified
        OR (i.commune_id IS NOT NULL AND (i.outline, %s) IS DISTINCT FROM (t.outline, t.source))
),
updated AS (
    UPDATE territoires_communecontour t
    SET (outline, simplified, source) = ROW (d.outline, d.simplified, d.source)
    FROM different d WHERE d.commune_id = t.commune_id AND NOT d.is_new
    RETURNING t.commune_id
),
inserted AS (
    INSERT INTO territoires_communecontour (commune_id, outline, simplified, source)
    SELECT commune_id, outline, simplified, source FROM different WHERE is_new
    RETURNING commune_id
)
SELECT commune_id, false FROM updated UNION ALL SELECT commune_id, true FROM inserted
"""
FILL_CENTRES = """
UPDATE territoires_commune c SET centre = ST_PointOnSurface(t.outline)
FROM territoires_communecontour t
WHERE t.commune_id = c.insee_code AND c.centre IS NULL
RETURNING c.insee_code, false
"""


def keep_finer(source: str) -> int:
    """Set aside the staged contours of communes that have finer ones. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP_FINER, [source])
        return len(cursor.fetchall())


def has_changed(source: str) -> bool:
    """Whether a staged contour differs from the one in place."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT, [source])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Drawing:
    """The coverage drawn: MultiPolygons in the order of `codes`; how many rounding had broken."""

    codes: list[str]
    shapes: Any
    repaired: int


def draw() -> Drawing:
    """Draw all living communes together, with the staged contours in place of the old ones."""
    with connection.cursor() as cursor:
        cursor.execute(LIVING)
        rows = cursor.fetchall()
    outlines = shapely.from_wkb([bytes(outline) for _code, outline in rows])
    shapes, repaired = simplify_together(outlines)
    return Drawing([code for code, _outline in rows], shapes, repaired)


def write(drawing: Drawing, source: str) -> dict[str, bool]:
    """Write the contours that differ; `source` is that of the staged ones. Code → created."""
    stage_simplified(drawing.codes, drawing.shapes)
    return run_merge(MERGE, [source, source])


def fill_centres() -> dict[str, bool]:
    """A commune without centre gets a point of its own surface. Code → False."""
    return run_merge(FILL_CENTRES)


def simplify_together(outlines: Any) -> tuple[Any, int]:
    """Simplify valid outlines (SRID 4326) as one coverage, in steps of 0.0001°.

    Returns as many valid MultiPolygons, in the same order, and how many rounding had broken.
    """
    simplified = shapely.coverage_simplify(_matched(outlines, gap=GAP), TOLERANCE)
    rounded = shapely.transform(simplified, lambda points: np.round(points, DECIMALS))
    broken = int((~shapely.is_valid(rounded)).sum())
    drawn = as_multipolygons(_valid(_matched(_valid(rounded), gap=0.0)))
    lost = shapely.is_empty(drawn)
    drawn[lost] = outlines[lost]
    # One way to write each shape, GeoJSON's: the same shape drawn again is the same row.
    return shapely.orient_polygons(shapely.normalize(drawn)), broken


def _matched(shapes: Any, *, gap: float) -> Any:
    """The same shapes with their borders matched: slivers of gap or overlap go to a neighbour.

    Only around the defects, so that every other border stays as it is; gaps narrower than `gap`
    are looked for as well.
    """
    tree, matched = shapely.STRtree(shapes), shapes.copy()
    suspects = np.arange(len(shapes))
    for _round in range(MOST_ROUNDS):
        edges = shapely.coverage_invalid_edges(matched[suspects], gap_width=gap)
        defects = suspects[~(shapely.is_missing(edges) | shapely.is_empty(edges))]
        if not defects.size:
            break
        near = _near(tree, shapes, defects)
        # The smallest keeps the overlap: a commune of four hectares must not vanish in a sliver.
        # On some shapes the library compares with what is not a number, and warns at random.
        with np.errstate(invalid="ignore"):
            matched[near] = shapely.coverage_clean(
                matched[near], gap_width=GAP, merge_strategy="min_area"
            )
        suspects, gap = _near(tree, shapes, near), 0.0
    return matched


def _near(tree: Any, shapes: Any, indexes: Any) -> Any:
    _index, found = tree.query(shapes[indexes], predicate="dwithin", distance=GAP)
    return np.unique(found)


def _valid(shapes: Any) -> Any:
    broken = ~shapely.is_valid(shapes)
    if not broken.any():
        return shapes
    mended = shapes.copy()
    mended[broken] = repair(shapes[broken])
    return mended
