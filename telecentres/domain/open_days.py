"""On which hours a telecentre is open, day by day: its week, its seasons, its days apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from telecentres.domain.calendar import Slot, days_between, opening_moment, public_holiday
from telecentres.models import ExceptionalHours, OpeningHours, Season, Telecentre


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
    """How the telecentre is open from one day to another, both included; in three queries."""
    return openings_of([telecentre], first, last)[telecentre.pk]


def openings_of(places: Sequence[Telecentre], first: date, last: date) -> dict[int, Opening]:
    """The same for many places, by their keys; in three queries, whatever their number."""
    openings = {place.pk: Opening(department=place.commune.department_id) for place in places}
    all_hours = OpeningHours.objects.filter(telecentre__in=openings)
    for hours in all_hours.order_by("weekday", "opens_at"):
        week = openings[hours.telecentre_id].weeks.setdefault((hours.season_id, hours.weekday), [])
        week.append((hours.opens_at, hours.closes_at))
    seasons = Season.objects.filter(telecentre__in=openings)
    for season in seasons.filter(starts_on__lte=last, ends_on__gte=first):
        openings[season.telecentre_id].seasons.append((season.pk, season.starts_on, season.ends_on))
    days = ExceptionalHours.objects.filter(telecentre__in=openings, day__range=(first, last))
    for row in days.order_by("opens_at"):
        apart = openings[row.telecentre_id].apart
        clocks, why = apart.get(row.day, ([], ""))
        if row.opens_at and row.closes_at:
            clocks.append((row.opens_at, row.closes_at))
        apart[row.day] = clocks, why or row.reason
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
