"""On which hours a telecentre is open, day by day: its week, its seasons, its days apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db import connection

from telecentres.domain.calendar import Slot, days_between, opening_moment, public_holiday
from telecentres.models import Telecentre

# Every page and every act of a booking asks for it: one statement, for three tables.
_WRITTEN = """
SELECT telecentre_id, season_id, weekday, NULL::date, NULL::date, opens_at, closes_at, ''
FROM telecentres_openinghours WHERE telecentre_id = ANY(%(places)s)
UNION ALL
SELECT telecentre_id, id, NULL, starts_on, ends_on, NULL, NULL, ''
FROM telecentres_season WHERE telecentre_id = ANY(%(places)s)
    AND starts_on <= %(last)s AND ends_on >= %(first)s
UNION ALL
SELECT telecentre_id, NULL, NULL, day, day, opens_at, closes_at, reason
FROM telecentres_exceptionalhours WHERE telecentre_id = ANY(%(places)s)
    AND day BETWEEN %(first)s AND %(last)s
ORDER BY opens_at
"""


@dataclass(frozen=True)
class OpenDay:
    """The ranges of one day, in order; none when it is closed, and `why` as far as it is known."""

    day: date
    ranges: tuple[Slot, ...]
    why: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.ranges)

    @property
    def whole(self) -> Slot:
        """From the first opening to the last closing."""
        return Slot(self.ranges[0].start, self.ranges[-1].end)


@dataclass
class Opening:
    """What was written down about some days of a telecentre, read once for all of them."""

    department: str
    # By season (None all year) and weekday.
    weeks: dict[tuple[int | None, int], list[tuple[time, time]]] = field(default_factory=dict)
    # Key, first day, last day.
    seasons: list[tuple[int, date, date]] = field(default_factory=list)
    # The ranges of each day apart, and why.
    apart: dict[date, tuple[list[tuple[time, time]], str]] = field(default_factory=dict)

    def write(self, row: Sequence[Any]) -> None:
        """One row of `_WRITTEN`, but for the place: of a week, a season, or a day apart."""
        season, weekday, first, last, opens, closes, why = row
        if weekday:
            self.weeks.setdefault((season, weekday), []).append((opens, closes))
        elif season:
            self.seasons.append((season, first, last))
        else:
            clocks, known = self.apart.get(first, ([], ""))
            if opens:
                clocks.append((opens, closes))
            self.apart[first] = clocks, known or why

    def on(self, day: date) -> OpenDay:
        """A day apart speaks for itself; else a public holiday is closed; else the week's hours."""
        if day in self.apart:
            clocks, why = self.apart[day]
            return OpenDay(day, _ranges(day, clocks), why)
        if name := public_holiday(day, self.department):
            return OpenDay(day, (), name)
        season = next((key for key, first, last in self.seasons if first <= day <= last), None)
        return OpenDay(day, _ranges(day, self.weeks.get((season, day.isoweekday()), [])))


def opening_of(telecentre: Telecentre, first: date, last: date) -> Opening:
    """How the telecentre is open from one day to another, both included; in one query."""
    return openings_of([telecentre], first, last)[telecentre.pk]


def openings_of(places: Sequence[Telecentre], first: date, last: date) -> dict[int, Opening]:
    """The same for many places, by their keys; in one query, whatever their number."""
    openings = {place.pk: Opening(department=place.commune.department_id) for place in places}
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, {"places": list(openings), "first": first, "last": last})
        for place, *row in cursor:
            openings[place].write(row)
    return openings


def open_days(telecentre: Telecentre, first: date, last: date) -> list[OpenDay]:
    """Each day from `first` to `last`, both included."""
    opening = opening_of(telecentre, first, last)
    return [opening.on(day) for day in days_between(first, last)]


def _ranges(day: date, clocks: list[tuple[time, time]]) -> tuple[Slot, ...]:
    slots = (
        Slot(opening_moment(day, opens), opening_moment(day, closes)) for opens, closes in clocks
    )
    # A range that the clocks jump over is none.
    return tuple(slot for slot in slots if slot.start < slot.end)
