"""Imagine who comes to work at one place, when, and what becomes of it.

Nothing here touches the database: the same dice and the same open days give the same visits.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from itertools import groupby
from random import Random

from comptes.models import User
from portail.demo.setting import moment
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.open_days import OpenDay
from telecentres.domain.stints import half_days
from telecentres.enums import DayPart, SpaceKind

# Of what comes in a usual month: people are away in summer and at the end of the year.
SEASONS = {7: 0.75, 8: 0.5, 12: 0.8}
# Of what will come: this week, the next one, the one after, then. Nobody books everything ahead.
AHEAD = (0.95, 0.6, 0.35, 0.15)
WALKS_IN = 0.35
NOT_COME_TO, GIVEN_BACK, REFUSED = 0.07, 0.06, 0.05
# Of those who come, the part that reads the code of their desk.
SAYS_SO = 0.8
PARTS = {DayPart.DAY: 5, DayPart.MORNING: 3, DayPart.AFTERNOON: 2}
HOUR = timedelta(hours=1)


class Fate(Enum):
    """What became of a visit. Only the past has one."""

    TO_COME = auto()
    SAID_SO = auto()
    CAME = auto()
    NOT_COME_TO = auto()
    GIVEN_BACK = auto()
    REFUSED = auto()
    WALKED_IN = auto()


@dataclass(frozen=True)
class Habit:
    """Someone who comes on the same days of the week, since a day, more or less faithfully."""

    holder: User
    kind: SpaceKind
    weekdays: frozenset[int]
    odds: float
    since: date = date.min
    # None: a meeting, for some hours of the day.
    part: DayPart | None = DayPart.DAY


@dataclass(frozen=True)
class Visit:
    """A space of a kind that someone wants; `holder` is None for whoever walks in."""

    kind: SpaceKind
    slot: Slot
    booked_at: datetime
    fate: Fate
    holder: User | None = None
    people: int = 1
    # Before the hour, when negative.
    late: timedelta = timedelta()


@dataclass
class Imagination:
    """The dice, and the day that is today."""

    rng: Random
    today: date

    def visits(
        self, days: Sequence[OpenDay], habits: Sequence[Habit], tenants: Sequence[User]
    ) -> list[Visit]:
        """In the order in which they are booked: it decides who gets a space and what is left."""
        visits = [
            *self._of_tenants(days, tenants),
            *(visit for day in days for visit in self._on(day, habits)),
        ]
        return sorted(visits, key=lambda visit: (visit.booked_at, visit.slot))

    def habit(self, holder: User, kind: SpaceKind, weekdays: Sequence[int], first: date) -> Habit:
        """One to three days a week; two in five began in the course of the year."""
        several = self.rng.sample(weekdays, min(len(weekdays), self.rng.choice([1, 2, 2, 3])))
        joined = first + timedelta(days=self.rng.randint(30, 330))
        return Habit(
            holder,
            kind,
            frozenset(several),
            odds=self.rng.uniform(0.6, 0.95),
            since=joined if self.rng.random() < 0.4 else first,
            part=self.rng.choices(list(PARTS), list(PARTS.values()))[0],
        )

    def _on(self, day: OpenDay, habits: Iterable[Habit]) -> Iterator[Visit]:
        odds = SEASONS.get(day.day.month, 1) * self._odds_ahead(day.day)
        for habit in habits:
            is_theirs = day.day.isoweekday() in habit.weekdays and day.day >= habit.since
            if is_theirs and self.rng.random() < habit.odds * odds:
                yield self._booked(habit, self._slot(day, habit))
        if day.day < self.today and self.rng.random() < odds * WALKS_IN:
            yield self._walk_in(day)

    def _odds_ahead(self, day: date) -> float:
        weeks = (day - self.today).days // 7
        return 1 if weeks < 0 else AHEAD[min(weeks, len(AHEAD) - 1)]

    def _slot(self, day: OpenDay, habit: Habit) -> Slot:
        halves = half_days(day)
        if habit.part is None:
            start = self.rng.choice(halves).start + HOUR / 2 * self.rng.randint(0, 2)
            return Slot(start, start + HOUR * self.rng.choice([1, 2, 2]))
        chosen = {DayPart.DAY: day.whole, DayPart.MORNING: halves[0], DayPart.AFTERNOON: halves[-1]}
        return chosen[habit.part]

    def _booked(self, habit: Habit, slot: Slot) -> Visit:
        is_meeting = habit.kind == SpaceKind.MEETING_ROOM
        return Visit(
            habit.kind,
            slot,
            booked_at=self._before(slot),
            fate=self._fate(slot),
            holder=habit.holder,
            people=self.rng.randint(3, 6) if is_meeting else 1,
            late=timedelta(minutes=self.rng.randint(-9, 14)),
        )

    def _before(self, slot: Slot) -> datetime:
        """Some days before they come, at some hour of the day; yesterday evening at the latest."""
        later, lead = self.rng.randint(0, 540), self.rng.choice([1, 1, 2, 3, 5, 8])
        last = moment(self.today, time(18)) - timedelta(days=self.rng.randint(1, 5), minutes=later)
        return min(slot.start - timedelta(days=lead) + timedelta(minutes=later), last)

    def _fate(self, slot: Slot) -> Fate:
        if day_of(slot.start) >= self.today:
            return Fate.TO_COME
        odds = {Fate.NOT_COME_TO: NOT_COME_TO, Fate.GIVEN_BACK: GIVEN_BACK, Fate.REFUSED: REFUSED}
        drawn = self.rng.random()
        for fate, part in odds.items():
            if drawn < part:
                return fate
            drawn -= part
        return Fate.SAID_SO if self.rng.random() < SAYS_SO else Fate.CAME

    def _walk_in(self, day: OpenDay) -> Visit:
        """Until the end of a half-day, from a little after it begins."""
        half = self.rng.choice(half_days(day))
        start = half.start + timedelta(minutes=5 * self.rng.randint(1, 18))
        return Visit(SpaceKind.DESK, Slot(start, half.end), start, Fate.WALKED_IN)

    def _of_tenants(self, days: Sequence[OpenDay], tenants: Sequence[User]) -> Iterator[Visit]:
        """An office each, let month by month and renewed ten days before."""
        for _month, some in groupby(days, key=lambda day: (day.day.year, day.day.month)):
            of_month = list(some)
            slot = Slot(of_month[0].whole.start, of_month[-1].whole.end)
            booked_at = slot.start - timedelta(days=10)
            if day_of(booked_at) < self.today:
                has_begun = day_of(slot.start) < self.today
                fate = Fate.CAME if has_begun else Fate.TO_COME
                for tenant in tenants:
                    yield Visit(SpaceKind.OFFICE, slot, booked_at, fate, tenant)
