"""The map drawn by the server: what shows before any script runs, or without one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.contrib.gis.geos import Point

from portail.domain.map_layers import CommuneTable
from territoires.domain.drawing import Drawing, Frame, draw_territory
from territoires.models import Territory

# Side of a sign, in the frame's units.
SIGN = 34


class Placed(Protocol):
    """What can be drawn as a sign."""

    @property
    def kind(self) -> str: ...
    @property
    def insee_code(self) -> str: ...
    @property
    def point(self) -> Point | None: ...


@dataclass(frozen=True)
class DrawnCommune:
    insee_code: str
    shade: int
    path: str


@dataclass(frozen=True)
class Sign:
    """The drawing of a village, a work place or solos: `x` and `y` are its upper left corner."""

    kind: str
    x: int
    y: int
    side: int = SIGN


@dataclass(frozen=True)
class MapPicture:
    """`shade` goes from 1, the emptiest communes, to 5; 0 where the density is unknown."""

    frame: Frame
    width: int
    height: int
    communes: tuple[DrawnCommune, ...]
    signs: tuple[Sign, ...]


def draw_map(
    *, territory: Territory, table: CommuneTable, placed: Iterable[Placed]
) -> MapPicture | None:
    """The territory's drawing with its signs; None while no contour is loaded."""
    drawing = draw_territory(territory)
    if drawing is None:
        return None
    return MapPicture(
        frame=drawing.frame,
        width=drawing.width,
        height=drawing.height,
        communes=tuple(_shaded(drawing, table)),
        signs=tuple(_signs(drawing.frame, placed)),
    )


def _signs(frame: Frame, placed: Iterable[Placed]) -> Iterable[Sign]:
    """Signs stand on their point; those of one commune side by side, so that none hides another."""
    by_commune = defaultdict(list)
    for row in placed:
        if row.point:
            by_commune[row.insee_code].append((row.kind, frame.place(row.point)))
    for signs in by_commune.values():
        for rank, (kind, (x, y)) in enumerate(signs):
            yield Sign(kind, x + SIGN * rank - SIGN * len(signs) // 2, y - SIGN)


def _shaded(drawing: Drawing, table: CommuneTable) -> Iterable[DrawnCommune]:
    densities = {commune.pk: commune.density for commune in table.communes}
    limits = table.density_limits
    for shape in drawing.shapes:
        density = densities.get(shape.insee_code)
        reached = sum(density >= limit for limit in limits) if density is not None else -1
        yield DrawnCommune(shape.insee_code, reached + 1, shape.path)
