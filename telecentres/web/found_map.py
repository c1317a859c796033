"""The drawing of what a search finds, on the territory's own: the numbers are those of the list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import Point

from telecentres.domain.finding import FreePlace
from territoires.domain.drawing import Drawing, draw_territory
from territoires.models import Territory

# From one sign to the next, in the frame's units: those of one commune stand side by side.
APART = 78


@dataclass(frozen=True)
class FoundSign:
    number: int
    x: int
    y: int


@dataclass(frozen=True)
class FoundMap:
    drawing: Drawing
    signs: tuple[FoundSign, ...]
    # Where one looks from, if said.
    origin: tuple[int, int] | None


def draw_found(
    territory: Territory, places: Sequence[FreePlace], near: Point | None
) -> FoundMap | None:
    """None while no contour is loaded, or when there is nothing to show."""
    drawing = draw_territory(territory) if places else None
    if drawing is None:
        return None
    by_commune = defaultdict(list)
    for number, found in enumerate(places, start=1):
        by_commune[found.telecentre.commune_id].append((number, found.telecentre.point))
    signs = [
        FoundSign(number, x + APART * rank - APART * (len(here) - 1) // 2, y)
        for here in by_commune.values()
        for rank, (number, point) in enumerate(here)
        for x, y in [drawing.frame.place(point)]
    ]
    return FoundMap(drawing, tuple(signs), drawing.frame.place(near) if near else None)
