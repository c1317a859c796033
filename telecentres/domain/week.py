"""A telecentre's week as its visitors read it: the seven days, the closed ones too."""

from dataclasses import dataclass

from telecentres.enums import Weekday
from telecentres.models import OpeningHours, Telecentre


@dataclass(frozen=True)
class Day:
    weekday: Weekday
    ranges: tuple[OpeningHours, ...]


def opening_week(telecentre: Telecentre) -> list[Day]:
    """Monday to Sunday; empty when the hours are not known at all."""
    hours = list(telecentre.opening_hours.all())
    if not hours:
        return []
    return [
        Day(weekday, tuple(each for each in hours if each.weekday == weekday))
        for weekday in Weekday
    ]
