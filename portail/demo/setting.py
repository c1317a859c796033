"""The day on which the demo stands, and days told relative to it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

# The sources say « mid-programme » without a day: this one is assumed.
MIDDLE_OF_PROGRAMME = date(2006, 6, 30)
END_OF_PROGRAMME = date(2007, 12, 31)


class Stage(StrEnum):
    MIDDLE = "mi-parcours"
    END = "2007"
    TODAY = "today"


@dataclass(frozen=True)
class Setting:
    """What to load: a stage, seen on `today`; the same seed imagines the same people."""

    stage: Stage
    today: date
    seed: int

    @property
    def day(self) -> date:
        """The last day that the demo tells."""
        past = {Stage.MIDDLE: MIDDLE_OF_PROGRAMME, Stage.END: END_OF_PROGRAMME}
        return past.get(self.stage, self.today)

    @property
    def has_present(self) -> bool:
        return self.stage == Stage.TODAY

    def has_come(self, day: date) -> bool:
        return day <= self.day

    @property
    def present_since(self) -> date:
        """The first day of the present programme, two years ago."""
        return date(self.today.year - 2, 1, 1)


def weeks_from(day: date, weeks: int, weekday: int | None = None) -> date:
    """`weeks` later (earlier when negative), moved to that ISO weekday of the same week."""
    reached = day + timedelta(weeks=weeks)
    return reached if weekday is None else reached + timedelta(days=weekday - reached.isoweekday())


def moment(day: date, hour: time = time(12)) -> datetime:
    """That hour of that day, in the country's time."""
    return timezone.make_aware(datetime.combine(day, hour))
