"""The prices of a place, as a table that one reads before coming."""

from dataclasses import dataclass, field
from decimal import Decimal

from telecentres.enums import BookingUnit, SpaceKind
from telecentres.models import Telecentre


@dataclass
class PriceRow:
    """What one kind of space costs everyone, or a group; by unit, in the order of the columns."""

    kind: SpaceKind
    group: str
    prices: dict[BookingUnit, Decimal] = field(default_factory=dict)
    # Half-days offered every month.
    offered: int = 0


@dataclass(frozen=True)
class PriceList:
    rows: list[PriceRow]

    @property
    def units(self) -> list[BookingUnit]:
        """Those that have a price, the shortest first."""
        return [unit for unit in BookingUnit if any(unit in row.prices for row in self.rows)]

    @property
    def lines(self) -> list[tuple[PriceRow, list[tuple[BookingUnit, Decimal | None]]]]:
        """Each row with a cell by unit: None where that length is not sold."""
        return [(row, [(unit, row.prices.get(unit)) for unit in self.units]) for row in self.rows]


def price_list(telecentre: Telecentre) -> PriceList:
    """In two queries. Everyone's prices of a kind come first, then those of its groups."""
    rows: dict[tuple[str, str], PriceRow] = {}

    def row(kind: str, group: str | None) -> PriceRow:
        return rows.setdefault((kind, group or ""), PriceRow(SpaceKind(kind), group or ""))

    for kind, group, unit, price in telecentre.tariffs.values_list(
        "kind", "group__name", "unit", "price"
    ):
        row(kind, group).prices[BookingUnit(unit)] = price
    for kind, group, half_days in telecentre.freeallowances.values_list(
        "kind", "group__name", "half_days"
    ):
        row(kind, group).offered = half_days
    kinds = list(SpaceKind)
    return PriceList(sorted(rows.values(), key=lambda each: (kinds.index(each.kind), each.group)))
