"""A line chart drawn by the server: coordinates for an SVG, no script."""

from dataclasses import dataclass
from math import ceil, log10

from observatoire.domain.series import Point, Series

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 16, 32
STEPS = 4


@dataclass(frozen=True)
class Mark:
    """A line of the grid, or a date under the curve: where it is and what it says."""

    place: float
    value: int


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    point: Point


@dataclass(frozen=True)
class Chart:
    series: Series
    dots: tuple[Dot, ...]
    grid: tuple[Mark, ...]

    @property
    def path(self) -> str:
        return "M" + "L".join(f"{dot.x} {dot.y}" for dot in self.dots)

    @property
    def first(self) -> Dot:
        return self.dots[0]

    @property
    def last(self) -> Dot:
        return self.dots[-1]


def draw_chart(series: Series) -> Chart:
    """The curve from zero up: a scale that starts higher would exaggerate what moved."""
    points = series.points
    step = _round_step(max(float(point.value) for point in points) / STEPS)
    top = step * STEPS
    first, last = points[0].day.toordinal(), points[-1].day.toordinal()
    days = max(1, last - first)
    dots = tuple(
        Dot(
            round(LEFT + (WIDTH - LEFT - RIGHT) * (point.day.toordinal() - first) / days, 1),
            _height(float(point.value), top),
            point,
        )
        for point in points
    )
    grid = tuple(Mark(_height(step * number, top), step * number) for number in range(STEPS + 1))
    return Chart(series, dots, grid)


def _height(value: float, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)


def _round_step(wanted: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50… : people read those at a glance."""
    if wanted <= 1:
        return 1
    unit: int = 10 ** int(log10(wanted))
    return next(unit * times for times in (1, 2, 5, 10) if unit * times >= ceil(wanted))
