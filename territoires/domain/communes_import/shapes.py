"""From the numbers of a GeoJSON geometry to a valid contour, or to a refusal.

Everything is WGS 84 (SRID 4326), longitude first, degrees.
"""

from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from territoires.domain.communes_import import checks
from territoires.domain.communes_import.contents import Contents
from territoires.domain.communes_import.refusals import BadRow

# One polygon's rings, the outer one first; a contour is several polygons.
Rings = list[list[Any]]
# Rounding moves a border by a few metres. A repair that changes the area by more than this
# share would hide a contour that crosses itself for good.
MOST_REPAIRED = 0.01


def read_rings(geometry: object, department: str) -> Rings | None:
    """The rings of a Polygon or MultiPolygon, as arrays of points; None where there is none.

    Raises BadRow when it is something else, when a ring is open or too short, or when a point is
    not one or lies outside the part of the world where the department is.
    """
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        coordinates = [coordinates]
    elif kind != "MultiPolygon":
        raise _broken(kind, _("Un contour est un Polygon ou un MultiPolygon."))
    try:
        rings = [[_ring(ring) for ring in polygon] for polygon in coordinates or ()]
    except TypeError as error:
        raise _broken("", _("Des coordonnées manquent.")) from error
    if not rings or not all(rings):
        raise _broken("", _("Ce contour est vide."))
    _require_place(rings, department)
    return rings


def _broken(value: object, reason: str) -> BadRow:
    return BadRow(
        value, reason, _("Corrigez cette géométrie ou téléchargez le fichier de nouveau.")
    )


def _ring(points: Any) -> Any:
    try:
        ring = np.array(points, dtype=float)
    except (ValueError, TypeError, OverflowError) as error:
        raise _broken(points, _("Une coordonnée n’est pas un nombre.")) from error
    if ring.ndim != 2 or ring.shape[1] not in {2, 3} or len(ring) < 4:
        raise _broken(points, _("Un anneau compte au moins quatre points à deux coordonnées."))
    if not np.isfinite(ring).all():
        raise _broken(points, _("Une coordonnée n’est pas un nombre."))
    if (ring[0] != ring[-1]).any():
        raise _broken(points[0], _("Un anneau n’est pas fermé : son dernier point diffère."))
    return ring[:, :2]


def _require_place(rings: Rings, department: str) -> None:
    outer = [polygon[0] for polygon in rings]
    points = outer[0] if len(outer) == 1 else np.concatenate(outer)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    # A corner that is out of place says which way: swapped, or elsewhere.
    checks.point(float(west), float(south), department)
    checks.point(float(east), float(north), department)


def build(contents: Contents) -> None:
    """Turn the rings of every contour into MultiPolygons, repaired where that changes little.

    A contour that can't be repaired refuses its row: the commune leaves the contents with it.
    """
    codes = list(contents.contours)
    if not codes:
        return
    shapes = _multipolygons([contents.contours[code] for code in codes])
    broken = np.flatnonzero(~shapely.is_valid(shapes))
    repaired = repair(shapes[broken])
    before, after = shapely.area(shapes[broken]), shapely.area(repaired)
    shapes[broken] = repaired
    contents.contours = dict(zip(codes, shapes, strict=True))
    for index, was, now in zip(broken, before, after, strict=True):
        if abs(now - was) > MOST_REPAIRED * now or not now:
            _refuse(contents, codes[index])
        else:
            contents.repaired.append(codes[index])


def _refuse(contents: Contents, code: str) -> None:
    del contents.contours[code]
    contents.communes.pop(code, None)
    contents.problems.add(contents.lines[code], _broken(code, _("Le contour se recoupe lui-même.")))


def repair(shapes: Any) -> Any:
    """The same shapes, valid and made of polygons only (empty where nothing is left)."""
    valid = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    return as_multipolygons(valid)


def as_multipolygons(shapes: Any) -> Any:
    """Polygons become MultiPolygons of one; lines and points that a repair left are dropped."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    while (nested := shapely.get_type_id(parts) == shapely.GeometryType.MULTIPOLYGON).any():
        inner, which = shapely.get_parts(parts[nested], return_index=True)
        parts = np.concatenate([parts[~nested], inner])
        owners = np.concatenate([owners[~nested], owners[nested][which]])
    surfaces = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, owners = parts[surfaces], owners[surfaces]
    order = np.argsort(owners, kind="stable")
    grouped = np.full(len(shapes), shapely.MultiPolygon(), dtype=object)
    if len(parts):
        shapely.multipolygons(parts[order], indices=owners[order], out=grouped)
    return grouped


def _multipolygons(contours: list[Rings]) -> Any:
    """All contours at once: a hundred times faster than one by one."""
    polygons = [polygon for contour in contours for polygon in contour]
    rings = [ring for polygon in polygons for ring in polygon]
    return shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON,
        np.concatenate(rings),
        (_offsets(rings), _offsets(polygons), _offsets(contours)),
    )


def _offsets(groups: list[Any]) -> Any:
    return np.cumsum([0, *map(len, groups)])
