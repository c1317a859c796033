"""A telecentre's week as its visitors read it: the seven days, the closed ones too."""

from dataclasses import dataclass
from datetime import date

from telecentres.enums import Weekday
from telecentres.models import ExceptionalHours, OpeningHours, Season, Telecentre

MOST_TOLD = 10


@dataclass(frozen=True)
class Day:
    weekday: Weekday
    ranges: tuple[OpeningHours, ...]


@dataclass(frozen=True)
class Week:
    """Monday to Sunday; no day at all when the hours are not known."""

    days: tuple[Day, ...]
    # The season that it is of; None for the week of all year.
    season: Season | None = None


def opening_week(telecentre: Telecentre, today: date) -> Week:
    """The week in force on a day."""
    season = telecentre.seasons.filter(starts_on__lte=today, ends_on__gte=today).first()
    hours = list(telecentre.opening_hours.filter(season=season))
    if not hours and not season:
        return Week(())
    days = (
        Day(weekday, tuple(each for each in hours if each.weekday == weekday))
        for weekday in Weekday
    )
    return Week(tuple(days), season)


def days_apart(telecentre: Telecentre, today: date) -> list[ExceptionalHours]:
    """What was said of the next days that are not as usual."""
    to_come = telecentre.exceptional_hours.filter(day__gte=today).order_by("day", "opens_at")
    return list(to_come[:MOST_TOLD])
