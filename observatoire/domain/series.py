"""How figures moved, month after month, as their snapshots kept them."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from django.db.models.functions import TruncMonth
from django.utils import timezone

from observatoire.domain.indicators import INDICATORS, Indicator
from observatoire.models import Snapshot
from territoires.models import Territory

SHOWN_DAYS = 2 * 366


@dataclass(frozen=True)
class Point:
    day: date
    value: Decimal


@dataclass(frozen=True)
class Series:
    indicator: Indicator
    points: tuple[Point, ...]

    @property
    def moved(self) -> bool:
        return len({point.value for point in self.points}) > 1


def monthly_series(territory: Territory) -> list[Series]:
    """The last snapshot of each month of two years, for the indicators that moved."""
    rows = (
        Snapshot.objects.filter(
            territory=territory,
            indicator__in=INDICATORS,
            day__gte=timezone.localdate() - timedelta(days=SHOWN_DAYS),
        )
        .annotate(month=TruncMonth("day"))
        .order_by("indicator", "month", "-day")
        .distinct("indicator", "month")
    )
    by_key = {
        key: Series(INDICATORS[key], tuple(Point(row.day, row.value) for row in kept))
        for key, kept in groupby(rows, key=lambda row: row.indicator)
    }
    return [by_key[key] for key in INDICATORS if key in by_key and by_key[key].moved]
