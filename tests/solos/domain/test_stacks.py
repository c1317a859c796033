from solos.domain.stacks import Block, draw_stacks
from solos.domain.statistics import Row, Table
from solos.enums import SoloState

HEADS = tuple(state.label for state in SoloState)


def months(*numbers: tuple[int, ...]) -> Table:
    rows = tuple(Row(f"mois {place}", each) for place, each in enumerate(numbers))
    return Table("etats", "Par état", "Mois", HEADS, rows)


def test_columns_stand_on_zero_and_reach_the_top():
    stacks = draw_stacks(months((1, 0, 1, 0, 9, 9), (2, 0, 0, 2, 0, 0)))

    assert stacks.top == 4
    assert stacks.blocks == (
        Block("identified", 44.0, 177.0, 335.0, 55.0),
        Block("published", 44.0, 122.0, 335.0, 55.0),
        Block("identified", 382.0, 122.0, 335.0, 110.0),
        Block("hidden", 382.0, 12.0, 335.0, 110.0),
    )
    assert (stacks.first, stacks.last) == ("mois 0", "mois 1")
    assert [state for state, _label in stacks.legend] == [
        "identified", "invited", "published", "hidden",
    ]  # fmt: skip


def test_nobody_yet_draws_nothing():
    stacks = draw_stacks(months((0,) * 6))

    assert (stacks.top, stacks.blocks) == (1, ())
