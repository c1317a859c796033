"""Days and hours of the clock on the wall, and the moments that they stand for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courrier.domain.days import day_in_words
from telecentres.domain.errors import NoSuchTime, TimeTwice

# The only clock of the programme's departments.
PARIS = ZoneInfo("Europe/Paris")
# For the package, Alsace is one; Moselle and the overseas departments have their own codes.
ALSACE = {"67": "6AE", "68": "6AE"}
# Of what a calendar is asked: beyond, a day has no neighbour, or no hour in UTC.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
WITHIN_CALENDAR: list[Callable[[Any], None]] = [
    MinValueValidator(FIRST_DAY),
    MaxValueValidator(LAST_DAY),
]
DAY = "l j F Y"
LANGUAGES = {"fr": "fr", "en": "en_US"}


@dataclass(frozen=True, order=True)
class Slot:
    """From one moment until before another; both in UTC, where hours add up.

    Python compares two moments of one other zone by what their clocks show: wrongly, on the nights
    when the clocks change.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    @classmethod
    def of(cls, period: DateTimeTZRange) -> "Slot":
        """The slot of a range read from the database."""
        return cls(period.lower, period.upper)

    @property
    def length(self) -> timedelta:
        """As it passes, whatever the clocks do."""
        return self.end - self.start

    @property
    def is_one_day(self) -> bool:
        return day_of(self.start) == day_of(self.end)

    @property
    def words(self) -> str:
        """As a person says it, in the reader's language and at the wall clock."""
        starts, ends = self.start.astimezone(PARIS), self.end.astimezone(PARIS)
        said = {
            "day": day_in_words(starts, DAY),
            "last": day_in_words(ends, DAY),
            "starts": date_format(starts, "H:i"),
            "ends": date_format(ends, "H:i"),
        }
        if self.is_one_day:
            return _("%(day)s, de %(starts)s à %(ends)s") % said
        return _("du %(day)s à %(starts)s au %(last)s à %(ends)s") % said

    @property
    def short(self) -> str:
        """For a column: the day and the hours, in few letters."""
        starts, ends = self.start.astimezone(PARIS), self.end.astimezone(PARIS)
        last = "" if self.is_one_day else date_format(ends, "D j N Y ")
        return f"{date_format(starts, 'D j N Y H:i')}–{last}{date_format(ends, 'H:i')}"

    def widened(self, before: timedelta, after: timedelta) -> "Slot":
        """With the buffers of a space around it."""
        return Slot(self.start - before, self.end + after)

    @property
    def period(self) -> DateTimeTZRange:
        """The range that the database keeps."""
        return DateTimeTZRange(self.start, self.end)

    def touches(self, other: "Slot") -> bool:
        return self.start < other.end and other.start < self.end


def moment(day: date, clock: time, *, is_second: bool | None = None) -> datetime:
    """When the clock on the wall shows `clock` on `day`; in UTC.

    Raises NoSuchTime when the clocks jump over it and, unless `is_second` says which of the two is
    meant, TimeTwice when they show it twice.
    """
    first = datetime.combine(day, clock.replace(fold=0), PARIS)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    # A moment that exists comes back from UTC as it went.
    if first.astimezone(UTC).astimezone(PARIS).time() != first.time():
        raise NoSuchTime
    if is_second is None:
        raise TimeTwice
    return (second if is_second else first).astimezone(UTC)


def opening_moment(day: date, clock: time) -> datetime:
    """The same for hours written for every week, which know no such night; in UTC.

    A time shown twice is the first of the two; one that is jumped over, when the clocks jump.
    """
    at = datetime.combine(day, clock.replace(fold=0), PARIS)
    there = at.astimezone(UTC)
    exists = there.astimezone(PARIS).time() == at.time()
    # They jump by an hour, on the hour.
    return there if exists else there.replace(minute=0, second=0)


def day_of(at: datetime) -> date:
    """The day that the clock on the wall shows at a moment."""
    return at.astimezone(PARIS).date()


def when_in_words(at: datetime) -> str:
    there = at.astimezone(PARIS)
    said = {"day": day_in_words(there, DAY), "time": date_format(there, "H:i")}
    return _("%(day)s à %(time)s") % said


def whole_day(day: date) -> Slot:
    """From midnight to midnight: 23, 24 or 25 hours."""
    return Slot(moment(day, time.min), moment(day + timedelta(days=1), time.min))


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def monday_of(day: date) -> date:
    """Where the week of a day begins."""
    return day - timedelta(days=day.weekday())


def public_holiday(day: date, department: str) -> str:
    """What is celebrated on a day in a department, in the reader's language; empty on other days.

    Source: articles L3133-1 and L3134-13 of the Labour code (the second for Alsace and Moselle),
    as the package `holidays` computes them.
    """
    language = LANGUAGES.get(get_language() or "fr", "fr")
    return _holidays(day.year, ALSACE.get(department, department), language).get(day, "")


@cache
def _holidays(year: int, subdivision: str, language: str) -> dict[date, str]:
    # Three hundred modules, for who asks of a day.
    from holidays import country_holidays  # noqa: PLC0415

    where = subdivision if subdivision in country_holidays("FR").subdivisions else None
    found = country_holidays("FR", where, years=year, language=language)
    return {day: name.replace("'", "’") for day, name in found.items()}
