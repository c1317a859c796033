"""A chart of stacked columns drawn by the server: rectangles for an SVG, no script."""

from dataclasses import dataclass

from solos.domain.statistics import Table
from solos.enums import SoloState

WIDTH, HEIGHT = 720, 260
LEFT, TOP, BOTTOM = 44, 12, 28
GAP = 3
# Whoever left is in the table, not on the pile.
PILED = SoloState.known()


@dataclass(frozen=True)
class Block:
    state: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Stacks:
    table: Table
    blocks: tuple[Block, ...]
    top: int

    @property
    def legend(self) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in PILED]

    @property
    def first(self) -> str:
        return self.table.rows[0].label

    @property
    def last(self) -> str:
        return self.table.rows[-1].label


def draw_stacks(table: Table) -> Stacks:
    """One column a row of the months' table, from zero up."""
    states = list(SoloState)
    places = [states.index(state) for state in PILED]
    top = max(1, *(sum(row.numbers[place] for place in places) for row in table.rows))
    step = (WIDTH - LEFT) / len(table.rows)
    blocks = []
    for number, row in enumerate(table.rows):
        base = float(HEIGHT - BOTTOM)
        for state, place in zip(PILED, places, strict=True):
            height = (HEIGHT - TOP - BOTTOM) * row.numbers[place] / top
            base -= height
            if height:
                x = round(LEFT + step * number, 1)
                blocks.append(
                    Block(state.value, x, round(base, 1), round(step - GAP, 1), round(height, 1))
                )
    return Stacks(table, tuple(blocks), top)
