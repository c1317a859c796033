"""Keep each day's figures, so that a yearly report says what was true then."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from observatoire.domain.indicators import INDICATORS
from observatoire.models import Snapshot
from territoires.models import Territory

# A scheduler that slept longer than this leaves a hole: those figures are counted on demand.
DAYS_CAUGHT_UP = 62


def take_snapshots(day: date, *, territories: Iterable[Territory] | None = None) -> int:
    """Keep every figure at the end of `day`, of every territory or of some; returns how many.

    Run again, it corrects the day's rows. On a past day it keeps what can still be counted, and
    leaves what was kept on the day itself.
    """
    rows = [
        Snapshot(territory=territory, indicator=indicator.key, day=day, value=value)
        for territory in (Territory.objects.all() if territories is None else territories)
        for indicator in INDICATORS.values()
        if (value := indicator.value(territory, day)) is not None
    ]
    Snapshot.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["territory", "indicator", "day"],
        update_fields=["value"],
    )
    return len(rows)


def take_due_snapshots() -> int:
    """Today's snapshots, and those of the nights when nobody took them."""
    return sum(take_snapshots(day) for day in _due_days())


def _due_days() -> Iterator[date]:
    """From the last day kept, which may have changed until midnight, to today."""
    today = timezone.localdate()
    last = Snapshot.objects.filter(day__lte=today).aggregate(day=Max("day"))["day"] or today
    day = max(last, today - timedelta(days=DAYS_CAUGHT_UP))
    while day <= today:
        yield day
        day += timedelta(days=1)
