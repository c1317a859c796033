"""Draw a territory from the contours we have: paths for an SVG, no picture to store.

The database does the geometry. Coordinates are whole units of a frame 1,000 wide, north up; a
degree of longitude is narrowed by the cosine of the middle latitude, so that shapes keep their
proportions. Relative paths of rounded absolute points: neighbours keep sharing their border.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import TypeVar

from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.db import connection

from territoires.models import Commune, DataVersion, Territory

WIDTH = 1000
SHADES = 5
# A drawing changes with an import (the data version) or, rarely, with the territory's list.
KEPT_SECONDS = 300

Kept = TypeVar("Kept", "Drawing", "Outline")

FRAME = """
    SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) FROM (
        SELECT ST_Extent(simplified) AS box FROM territoires_communecontour
        WHERE commune_id = ANY(%(communes)s)
    ) AS extent WHERE box IS NOT NULL
"""

SHAPES = """
    SELECT commune.insee_code, commune.name,
           CASE WHEN commune.population / nullif(commune.area_ha, 0) IS NULL THEN 0
                ELSE ntile(%(shades)s) OVER (
                    PARTITION BY commune.population / nullif(commune.area_ha, 0) IS NULL
                    ORDER BY commune.population / nullif(commune.area_ha, 0)) END,
           ST_AsSVG(ST_TransScale(simplified, %(dx)s, %(dy)s, %(x_factor)s, %(y_factor)s), 1, 0)
    FROM territoires_communecontour AS contour
    JOIN territoires_commune AS commune ON commune.insee_code = contour.commune_id
    WHERE commune_id = ANY(%(communes)s)
    ORDER BY commune.insee_code
"""

OUTLINE = """
    SELECT ST_AsSVG(
        ST_TransScale(ST_Union(simplified), %(dx)s, %(dy)s, %(x_factor)s, %(y_factor)s), 1, 0)
    FROM territoires_communecontour WHERE commune_id = ANY(%(communes)s)
"""


@dataclass(frozen=True)
class Frame:
    """From degrees (SRID 4326) to the units of the drawing."""

    west: float
    south: float
    east: float
    north: float

    @property
    def narrowing(self) -> float:
        return cos(radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        return WIDTH / ((self.east - self.west) * self.narrowing)

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.scale)

    def place(self, point: Point) -> tuple[int, int]:
        """Where a point falls in the drawing: units from its left and its top."""
        x = (point.x - self.west) * self.scale * self.narrowing
        y = (self.north - point.y) * self.scale
        return round(x), round(y)

    @property
    def parameters(self) -> dict[str, float]:
        return {
            "dx": -self.west,
            "dy": -self.north,
            "x_factor": self.scale * self.narrowing,
            "y_factor": self.scale,
        }


@dataclass(frozen=True)
class Shape:
    """One commune of a drawing; `shade` goes from 1, the emptiest fifth, to 5; 0 is unknown."""

    insee_code: str
    name: str
    shade: int
    path: str


@dataclass(frozen=True)
class Drawing:
    frame: Frame
    shapes: tuple[Shape, ...]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return self.frame.height


@dataclass(frozen=True)
class Outline:
    frame: Frame
    path: str


def draw_territory(territory: Territory) -> Drawing | None:
    """Every commune of the territory, shaded by density; None while no contour is loaded."""
    return _kept(territory, "drawing", _draw)


def outline_territory(territory: Territory) -> Outline | None:
    """The territory's outer line, in the frame of `draw_territory`; None without contours."""
    return _kept(territory, "outline", _outline)


def path_in_frame(commune: Commune, frame: Frame) -> str:
    """The commune's own path in a territory's frame; empty without a contour."""
    with connection.cursor() as cursor:
        cursor.execute(OUTLINE, {"communes": [commune.pk], **frame.parameters})
        row = cursor.fetchone()
    return row[0] or ""


def _kept(territory: Territory, name: str, make: Callable[[list[str], Frame], Kept]) -> Kept | None:
    key = f"{name}:{territory.pk}:{DataVersion.current(DataVersion.MAP)}"
    found: Kept | None = cache.get(key)
    if found is None:
        communes = list(
            Commune.objects.current().within(territory).values_list("pk", flat=True).distinct()
        )
        frame = _frame(communes)
        found = make(communes, frame) if frame else None
        cache.set(key, found, KEPT_SECONDS)
    return found


def _frame(communes: Iterable[str]) -> Frame | None:
    with connection.cursor() as cursor:
        cursor.execute(FRAME, {"communes": list(communes)})
        row = cursor.fetchone()
    return Frame(*row) if row else None


def _draw(communes: list[str], frame: Frame) -> Drawing:
    with connection.cursor() as cursor:
        cursor.execute(SHAPES, {"communes": communes, "shades": SHADES, **frame.parameters})
        return Drawing(frame, tuple(Shape(*row) for row in cursor.fetchall()))


def _outline(communes: list[str], frame: Frame) -> Outline:
    with connection.cursor() as cursor:
        cursor.execute(OUTLINE, {"communes": communes, **frame.parameters})
        return Outline(frame, cursor.fetchone()[0])
