"""The network of a programme: who enrolled, and who really came."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from telecentres.domain.calendar import day_of
from telecentres.enums import WorkStatus
from telecentres.querysets import EnrolmentQuerySet


@dataclass(frozen=True)
class NetworkFigures:
    """Two figures that are never one: people enrolled, and those of them who were hosted."""

    programme: str
    status: WorkStatus
    enrolled: int
    hosted: int


def network_figures(
    rows: EnrolmentQuerySet, *, since: datetime, now: datetime
) -> list[NetworkFigures]:
    """Who of `rows` is enrolled now, and came since a moment: by programme and status.

    In two queries. Hosted: an account that booked a place of the programme, did not cancel, and
    whose booking has begun.
    """
    today = rows.on(day_of(now))
    enrolled, hosted = (
        Counter(
            (programme, status)
            for programme, status, _key in some.order_by().values_list(
                "programme__name", "status", "pk"
            )
        )
        for some in (today, today.hosted(since, now))
    )
    return [
        NetworkFigures(programme, status, enrolled[programme, status], hosted[programme, status])
        for programme in sorted({name for name, _status in enrolled})
        for status in WorkStatus
    ]
