"""A chart of the use of a place drawn by the server: three bars a month, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from telecentres.domain.use import MonthUse
from telecentres.enums import UseSource

WIDTH, HEIGHT = 720, 260
LEFT, TOP, BOTTOM = 44, 12, 28
# Between two months, as a part of one.
GAP = 0.25


@dataclass(frozen=True)
class Bar:
    source: UseSource
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class UseChart:
    bars: tuple[Bar, ...]
    # Of the scale, which begins at zero.
    top: int
    first: date
    last: date


def draw_use(months: Sequence[MonthUse]) -> UseChart:
    """Side by side, never one upon the other: the sources are not added up."""
    top = max(1, *(number or 0 for month in months for number in month.numbers))
    step = (WIDTH - LEFT) / len(months)
    width = round(step * (1 - GAP) / len(UseSource), 1)
    bars = []
    for rank, month in enumerate(months):
        for place, (source, number) in enumerate(month.half_days.items()):
            if number:
                height = round((HEIGHT - TOP - BOTTOM) * number / top, 1)
                x = round(LEFT + step * (rank + GAP / 2) + width * place, 1)
                bars.append(Bar(source, x, round(HEIGHT - BOTTOM - height, 1), width, height))
    return UseChart(tuple(bars), top, months[0].month, months[-1].month)
