"""What is left of a week, half-day by half-day, for spaces of one kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from telecentres.domain.availability import Offer, part_offer, read_plan
from telecentres.domain.calendar import days_between
from telecentres.domain.open_days import OpenDay
from telecentres.enums import DayPart
from telecentres.models import Space, Telecentre

HALVES = (DayPart.MORNING, DayPart.AFTERNOON)


@dataclass(frozen=True)
class GridDay:
    """A day and its two halves; None for one when the place is closed."""

    opened: OpenDay
    halves: tuple[Offer | None, ...]


def free_week(
    *, telecentre: Telecentre, spaces: Sequence[Space], monday: date, people: int, now: datetime
) -> list[GridDay]:
    """Monday to Sunday, in two queries."""
    sunday = monday + timedelta(days=6)
    plan = read_plan(telecentre, spaces, monday, sunday)
    return [
        GridDay(
            plan.on(day),
            tuple(part_offer(plan, day, half, people=people, now=now) for half in HALVES),
        )
        for day in days_between(monday, sunday)
    ]
