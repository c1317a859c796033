"""A year at the places of the demo: fictional people who come, are counted and pay.

Bookings come by thousands: they are composed with the domain's own hours, rules and prices, then
written together. The database's constraints hold for them as for any other; nobody is mailed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.text import slugify

from comptes.domain.accounts import light_account
from comptes.models import User
from portail.demo.content import table
from portail.demo.diary import Diary
from portail.demo.people import imagine_names
from portail.demo.setting import Setting
from portail.demo.takings import payments_of, statements_of
from portail.demo.visits import Habit, Imagination
from telecentres.domain.calendar import days_between, monday_of
from telecentres.domain.open_days import opening_of
from telecentres.enums import BookingUnit, DayPart, SpaceKind
from telecentres.models import (
    Booking,
    BookingChange,
    BookingLine,
    ExceptionalHours,
    Payment,
    Telecentre,
    UseStatement,
)

MONTHS = 12
# For each space that is not let by the month.
REGULARS = {SpaceKind.DESK: 1.0, SpaceKind.OFFICE: 1.3}
GROUPS, PASSERS_BY = 2, 6
SUMMER, NEW_YEAR = "Fermeture d’été", "Fermeture de fin d’année"


@dataclass(frozen=True)
class People:
    """Whose accounts were open before; by key of a place, who runs it and who works there too."""

    officer: User
    managers: Mapping[str, User] = field(default_factory=dict)
    members: Mapping[str, User] = field(default_factory=dict)


def live_a_year(
    folder: str, telecentres: dict[str, Telecentre], known: People, setting: Setting
) -> None:
    """Twelve months and some weeks to come, at every place that is booked."""
    strangers = _strangers(f"{setting.seed} {folder}")
    for content in table(f"{folder}/telecentres")["telecentres"]:
        key, place = content["key"], telecentres.get(content["key"])
        if place and place.is_bookable:
            year = _Year(place, setting, known.managers.get(key, known.officer))
            year.live(strangers, known.members.get(key))
            year.state_use(content.get("stated"))


class _Year:
    """One place."""

    def __init__(self, place: Telecentre, setting: Setting, counter: User) -> None:
        self._place, self._counter, self._today = place, counter, setting.today
        self._rng = Random(f"{setting.seed} {place.slug}")  # noqa: S311 - a demo, not a secret
        this_month = setting.today.replace(day=1)
        self._months = [this_month - relativedelta(months=back) for back in range(MONTHS, 0, -1)]
        # An office is let to the end of a month, and the next one booked before it begins.
        self._last = this_month + relativedelta(months=2, days=-1)

    def live(self, people: Iterator[User], member: User | None) -> None:
        ExceptionalHours.objects.bulk_create(self._closed_days())
        opening = opening_of(self._place, self._months[0], self._last)
        days = [opening.on(day) for day in days_between(self._months[0], self._last)]
        days = [day for day in days if day.is_open]
        weekdays = sorted({day.day.isoweekday() for day in days})
        imagination = Imagination(self._rng, self._today)
        diary = Diary(self._place, opening, self._counter)
        spaces = [space.kind for space in self._place.spaces.bookable()]
        tenants = [next(people)] if self._lets_by_the_month() else []
        if tenants:
            spaces.remove(SpaceKind.OFFICE)
        habits = [*self._habits(imagination, spaces, weekdays, people)]
        if member:
            # Tuesdays and Thursdays, where the place is open all week.
            habits.append(Habit(member, SpaceKind.DESK, frozenset(weekdays[1:4:2]), odds=0.8))
        for visit in imagination.visits(days, habits, tenants):
            diary.take(visit)
        Booking.objects.bulk_create(diary.bookings)
        BookingChange.objects.bulk_create(diary.changes)
        BookingLine.objects.bulk_create(diary.lines)
        Payment.objects.bulk_create(payments_of(diary, self._rng, self._counter, self._today))

    def state_use(self, stated: dict[str, Any] | None) -> None:
        """What the manager states of the months that are over."""
        if stated:
            rows = statements_of(self._place, stated, self._months, self._rng, self._counter)
            UseStatement.objects.bulk_create(rows)

    def _habits(
        self,
        imagination: Imagination,
        spaces: Sequence[str],
        weekdays: Sequence[int],
        people: Iterator[User],
    ) -> Iterator[Habit]:
        for kind in REGULARS:
            for _rank in range(round(spaces.count(kind) * REGULARS[kind])):
                yield imagination.habit(next(people), kind, weekdays, self._months[0])
        for kind in (SpaceKind.MEETING_ROOM, SpaceKind.VIDEO_POINT):
            for _rank in range(GROUPS if kind in spaces else 0):
                day = frozenset(self._rng.sample(weekdays, 1))
                yield Habit(next(people), kind, day, odds=0.6, part=None)
        for part in [*DayPart] * (PASSERS_BY // len(DayPart)):
            yield Habit(next(people), SpaceKind.DESK, frozenset(weekdays), odds=0.06, part=part)

    def _lets_by_the_month(self) -> bool:
        terms = self._place.tariffs.filter(kind=SpaceKind.OFFICE, unit=BookingUnit.MONTH)
        return terms.exists()

    def _closed_days(self) -> list[ExceptionalHours]:
        """Two weeks of August and the last days of the year: those gone by. Whoever tries the demo
        may book on the others."""
        closed = {}
        for year in (self._today.year - 1, self._today.year):
            summer = monday_of(date(year, 8, 10))
            for day in days_between(summer, summer + timedelta(days=11)):
                closed[day] = SUMMER
            for day in days_between(date(year, 12, 26), date(year, 12, 31)):
                closed[day] = NEW_YEAR
        return [
            ExceptionalHours(telecentre=self._place, day=day, reason=reason)
            for day, reason in closed.items()
            if self._months[0] <= day < self._today and day.isoweekday() < 6
        ]


def _strangers(name: str) -> Iterator[User]:
    """Fictional holders, none of them twice: accounts without password, as who books has one."""
    taken = set(User.objects.values_list("email", flat=True))
    for first_name, last_name, _is_woman in imagine_names(Random(name)):  # noqa: S311 - a demo
        address = f"{slugify(first_name)}.{slugify(last_name)}@example.org"
        if address not in taken:
            yield light_account(email=address, first_name=first_name, last_name=last_name)
