"""Weeks of a telecentre, act after act, each done by the platform and in a paper diary.

The acts are drawn at random, and drawn the same again from the number of their week. After each of
them both say the same: what was refused and why, who holds what, who waits, who is offered what.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from telecentres.domain import answers, booking, closures, counter, moving, waiting
from telecentres.domain.calendar import Slot, moment
from telecentres.domain.errors import TelecentreRefusal
from telecentres.enums import SpaceKind, TelecentreState
from telecentres.models import (
    Booking,
    ExceptionalHours,
    OpeningHours,
    Space,
    Telecentre,
    Wait,
)
from tests.factories import CommuneFactory, SpaceFactory, TelecentreFactory, UserFactory
from tests.telecentres.diary import (
    Diary,
    Entry,
    Hope,
    No,
    Room,
    at_minute,
    day_of,
    in_minutes,
    minute_of,
)

# Early enough for their nights to be booked: summer time begins, winter time does, nothing does.
MONDAYS = [date(2027, 3, 22), date(2027, 10, 25), date(2027, 5, 31)]
# Both nights are those of a Sunday; a lunch break, and an evening that ends late.
HOURS = [
    [(time(0), time(5)), (time(8), time(12)), (time(14), time(18))],
    [(time(2, 30), time(12, 30)), (time(13, 30), time(23, 30))],
    [(time(9), time(17))],
    [],
]
CLOCKS = [time(hour, minute) for hour in (*range(5), *range(8, 19)) for minute in (0, 30)]
STEPS = 200
# What may happen, and how often beside the rest.
ACTS = {
    "book": 30,
    "join": 20,
    "move": 4,
    "cancel": 8,
    "accept": 5,
    "answer": 4,
    "time_passes": 4,
    "book_for": 4,
    "move_for": 4,
    "close": 6,
    "leave": 3,
    "change_room": 3,
    "change_week": 2,
    "change_day": 2,
    "change_place": 1,
}


@dataclass
class Drawn:
    """When someone wants to come and leave, as the clock on the wall shows it."""

    day: date
    starts: time
    last: date
    ends: time
    is_second: bool | None = None

    def on_platform(self) -> Slot:
        return Slot(
            moment(self.day, self.starts, is_second=self.is_second),
            moment(self.last, self.ends, is_second=self.is_second),
        )

    def in_diary(self) -> tuple[int, int]:
        return (
            minute_of(self.day, self.starts, is_second=self.is_second),
            minute_of(self.last, self.ends, is_second=self.is_second),
        )


class Week:
    """A place and its diary, and the acts that are done in both."""

    def __init__(self, number: int, diary: type[Diary] = Diary) -> None:
        self.draw = random.Random(number)
        self.monday = MONDAYS[number % len(MONDAYS)]
        self.now = minute_of(self.monday, time(7), is_second=False)
        self.rooms = [
            Room("Poste 1", "desk"),
            Room("Poste 2", "desk", asks=True),
            Room("Poste 3", "desk", capacity=2),
            Room("Salle", "meeting_room", capacity=8, before=15, after=30, notice=120),
            Room("Petite salle", "meeting_room", capacity=4, after=15, asks=True, horizon=5),
        ]
        self.diary = diary(self.rooms, dict.fromkeys(range(1, 8), HOURS[0]))
        self.place = TelecentreFactory(commune=CommuneFactory(foix=True), takes_bookings=True)
        for room in self.rooms:
            SpaceFactory(
                telecentre=self.place,
                name=room.name,
                kind=room.kind,
                capacity=room.capacity,
                needs_approval=room.asks,
                notice=room.notice,
                horizon=room.horizon,
                buffer_before=room.before,
                buffer_after=room.after,
            )
        for weekday in range(1, 8):
            self._write_week(weekday, HOURS[0])
        self.people = {user.email: user for user in UserFactory.create_batch(4)}
        self.manager = UserFactory()
        # This morning, days that people cross, and the night when the clocks may change.
        self.wanted = [
            self._wish(0, time(8), time(12)),
            self._wish(2, time(8, 30), time(12)),
            self._wish(2, time(10), time(16)),
            self._wish(4, time(9), time(17)),
            self._wish(6, time(1), time(4)),
        ]
        self.asked: list[tuple[str, int, Drawn]] = []
        self.refused: list[tuple[str, int, Drawn]] = []
        self.done: list[str] = []

    # ---- One step -------------------------------------------------------------------------------
    def step(self) -> None:
        [act] = self.draw.choices(list(ACTS), list(ACTS.values()))
        if not self.diary.is_open and self.chance(0.2):
            act = "change_place"
        on_platform, in_diary = getattr(self, act)()
        said, told = _said(on_platform, TelecentreRefusal), _said(in_diary, No)
        self.done.append(f"{act}: {said}")
        if act == "book" and said == "SlotTaken":
            self.refused.append(self.asked[-1])
        assert said == told, "\n".join(self.done[-10:])
        assert self.platform() == self.paper(), "\n".join(self.done[-10:])

    def platform(self) -> list[tuple]:
        rows = Booking.objects.order_by("pk").select_related("space", "holder")
        bookings = [
            (
                row.space.name,
                row.state,
                row.holder.email if row.holder else "",
                row.people,
                *_minutes(row.period),
                *_minutes(row.occupied),
                row.answer_before and in_minutes(row.answer_before),
            )
            for row in rows
        ]
        numbers = {row.pk: number for number, row in enumerate(rows)}
        waits = Wait.objects.order_by("pk").select_related("holder")
        return bookings + [
            (row.holder.email, row.state, *_minutes(row.period), numbers.get(row.booking_id))
            for row in waits
        ]

    def paper(self) -> list[tuple]:
        entries = self.diary.entries
        return [
            (
                entry.room.name,
                entry.state,
                entry.who,
                entry.people,
                entry.start,
                entry.end,
                entry.holds_from,
                entry.holds_until,
                entry.answer_before,
            )
            for entry in entries
        ] + [
            (
                hope.who,
                hope.state,
                hope.start,
                hope.end,
                next((n for n, entry in enumerate(entries) if entry is hope.entry), None),
            )
            for hope in self.diary.line
        ]

    # ---- What may happen ------------------------------------------------------------------------
    def book(self) -> tuple[Callable, Callable]:
        kind, who, people, when = self.kind(), self.someone(), self.party(), self.slot()
        self.asked.append((kind, people, when))
        return (
            lambda: booking.book_space(
                telecentre=self.fresh(),
                spaces=self.spaces(kind),
                slot=when.on_platform(),
                holder=self.people[who],
                people=people,
                now=self.at,
            ),
            lambda: self.diary.book(kind, *when.in_diary(), who, people, self.now),
        )

    def join(self) -> tuple[Callable, Callable]:
        """Most of them where somebody was refused."""
        kind, who, people, when = self.kind(), self.someone(), self.party(), self.slot()
        if self.refused and self.chance(0.8):
            kind, people, when = self.draw.choice(self.refused[-5:])
        return (
            lambda: waiting.join_line(
                telecentre=self.place,
                kind=SpaceKind(kind),
                slot=when.on_platform(),
                holder=self.people[who],
                people=people,
                now=self.at,
            ),
            lambda: self.diary.join(kind, *when.in_diary(), who, people, self.now),
        )

    def leave(self) -> tuple[Callable, Callable]:
        if not self.diary.line:
            return self.nothing()
        number = self.draw.randrange(len(self.diary.line))
        hope: Hope = self.diary.line[number]
        row = Wait.objects.order_by("pk")[number]
        return lambda: waiting.leave_line(wait=row), lambda: self.diary.leave(hope)

    def move(self) -> tuple[Callable, Callable]:
        entry, when = self.entry(), self.slot()
        if entry is None or not entry.who:
            return self.nothing()
        kind, row = entry.room.kind, self.row(entry)
        return (
            lambda: moving.move_booking(
                booking=row,
                spaces=self.spaces(kind),
                slot=when.on_platform(),
                author=self.people[entry.who],
                now=self.at,
            ),
            lambda: self.diary.move(entry, kind, *when.in_diary(), self.now),
        )

    def cancel(self) -> tuple[Callable, Callable]:
        if (entry := self.entry()) is None:
            return self.nothing()
        by = entry.who if entry.who and self.chance(0.7) else ""
        author = self.people.get(by, self.manager)
        row = self.row(entry)
        return (
            lambda: answers.cancel_booking(booking=row, author=author, now=self.at),
            lambda: self.diary.cancel(entry, by, self.now),
        )

    def accept(self) -> tuple[Callable, Callable]:
        if (entry := self.entry("offered")) is None:
            return self.nothing()
        row = self.row(entry)
        return (
            lambda: answers.accept_offer(booking=row, now=self.at),
            lambda: self.diary.accept(entry, self.now),
        )

    def answer(self) -> tuple[Callable, Callable]:
        if (entry := self.entry("requested")) is None:
            return self.nothing()
        row, is_yes = self.row(entry), self.chance(0.6)
        return (
            lambda: answers.answer_request(
                booking=row, is_accepted=is_yes, author=self.manager, now=self.at
            ),
            lambda: self.diary.answer(entry, self.now, is_yes=is_yes),
        )

    def time_passes(self) -> tuple[Callable, Callable]:
        self.now += self.draw.choice([5, 30, 45, 180, 600])
        return (
            lambda: answers.expire_requests(now=self.at),
            lambda: self.diary.expire(self.now),
        )

    def book_for(self) -> tuple[Callable, Callable]:
        room, when, people, anyhow = self.room(), self.slot(), self.party(), self.chance(0.3)
        who = self.someone() if self.chance(0.5) else ""
        return (
            lambda: counter.book_for_somebody(
                space=self.space(room),
                slot=when.on_platform(),
                author=self.manager,
                holder=self.people.get(who),
                people=people,
                is_outside_hours=anyhow,
                now=self.at,
            ),
            lambda: self.diary.book_for(
                room, *when.in_diary(), who, people, self.now, anyhow=anyhow
            ),
        )

    def move_for(self) -> tuple[Callable, Callable]:
        entry, room, when, anyhow = self.entry(), self.room(), self.slot(), self.chance(0.3)
        if entry is None:
            return self.nothing()
        row = self.row(entry)
        return (
            lambda: counter.move_for_somebody(
                booking=row,
                space=self.space(room),
                slot=when.on_platform(),
                author=self.manager,
                is_outside_hours=anyhow,
                now=self.at,
            ),
            lambda: self.diary.move_for(entry, room, *when.in_diary(), self.now, anyhow=anyhow),
        )

    def close(self) -> tuple[Callable, Callable]:
        """Some rooms, in the order in which they were furnished."""
        chosen = sorted(self.draw.sample(range(len(self.rooms)), self.draw.choice([1, 1, 2])))
        rooms, when = [self.rooms[number] for number in chosen], self.slot()
        return (
            lambda: closures.close_spaces(
                spaces=[self.space(room) for room in reversed(rooms)],
                slot=when.on_platform(),
                author=self.manager,
                now=self.at,
            ),
            lambda: self.diary.close(rooms, *when.in_diary(), self.now),
        )

    # ---- What the manager changes; whoever waits is served afterwards, as the scheduler does ----
    def change_week(self) -> tuple[Callable, Callable]:
        weekday, hours = self.draw.randint(1, 7), self.draw.choice(HOURS)
        return self.then_serve(
            lambda: self._write_week(weekday, hours),
            lambda: self.diary.week.update({weekday: hours}),
        )

    def _write_week(self, weekday: int, hours: list[tuple[time, time]]) -> None:
        OpeningHours.objects.filter(telecentre=self.place, weekday=weekday).delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(telecentre=self.place, weekday=weekday, opens_at=opens, closes_at=closes)
            for opens, closes in hours
        )

    def change_day(self) -> tuple[Callable, Callable]:
        """A day apart: other hours, or none; a public holiday may be opened so."""
        day, hours = self.day(), self.draw.choice(HOURS)

        def on_platform() -> None:
            rows = ExceptionalHours.objects.filter(telecentre=self.place, day=day)
            rows.delete()
            ExceptionalHours.objects.bulk_create(
                ExceptionalHours(telecentre=self.place, day=day, opens_at=opens, closes_at=closes)
                for opens, closes in hours or [(None, None)]
            )

        return self.then_serve(on_platform, lambda: self.diary.apart.update({day: hours}))

    def change_room(self) -> tuple[Callable, Callable]:
        room = self.room()
        names = {"capacity": "capacity", "needs_approval": "asks", "notice": "notice"}
        name = self.draw.choice(list(names))
        value = {
            "capacity": self.draw.randint(1, 8),
            "needs_approval": self.chance(0.5),
            "notice": self.draw.choice([0, 60, 240]),
        }[name]
        return self.then_serve(
            lambda: Space.objects.filter(pk=self.space(room).pk).update(**{name: value}),
            lambda: setattr(room, names[name], value),
        )

    def change_place(self) -> tuple[Callable, Callable]:
        """Closed, it does not stay so for long."""
        is_open = not self.diary.is_open
        state = TelecentreState.OPEN if is_open else TelecentreState.CLOSED
        return self.then_serve(
            lambda: Telecentre.objects.filter(pk=self.place.pk).update(state=state),
            lambda: setattr(self.diary, "is_open", is_open),
        )

    def then_serve(
        self, on_platform: Callable[[], Any], in_diary: Callable[[], Any]
    ) -> tuple[Callable, Callable]:
        return (
            lambda: (on_platform(), waiting.serve_lines(now=self.at)),
            lambda: (in_diary(), self.diary.serve(self.now)),
        )

    # ---- Draws ----------------------------------------------------------------------------------
    @property
    def at(self) -> datetime:
        return at_minute(self.now)

    def chance(self, often: float) -> bool:
        return self.draw.random() < often

    def nothing(self) -> tuple[Callable, Callable]:
        return (lambda: None), (lambda: None)

    def kind(self) -> str:
        return self.draw.choice(["desk", "desk", "meeting_room"])

    def someone(self) -> str:
        return self.draw.choice(list(self.people))

    def party(self) -> int:
        return self.draw.choice([1, 1, 1, 1, 1, 1, 2, 5, 9])

    def room(self) -> Room:
        return self.draw.choice(self.rooms)

    def day(self) -> date:
        """Soon, or the Sunday whose night may be an hour longer or shorter."""
        sunday = self.monday + timedelta(days=6)
        today = day_of(self.now)
        return self.draw.choice([sunday, today + timedelta(days=self.draw.choice([0, 1, 2, 12]))])

    def slot(self) -> Drawn:
        """What everyone wants, or a whim."""
        if self.chance(0.75):
            return self.draw.choice(self.wanted)
        day, starts = self.day(), self.draw.choice(CLOCKS)
        is_short = self.chance(0.8)
        last = day + timedelta(days=0 if is_short else self.draw.choice([1, 2, -1, 100]))
        ends = self.draw.choice([clock for clock in CLOCKS if clock >= starts][:8])
        return Drawn(day, starts, last, ends, self.draw.choice([None, False, True]))

    def _wish(self, days: int, starts: time, ends: time) -> Drawn:
        day = self.monday + timedelta(days=days)
        return Drawn(day, starts, day, ends)

    def entry(self, state: str = "") -> Entry | None:
        """One that holds its room, where there is one; now and then any."""
        holding = [one for one in self.diary.entries if one.holds and state in {"", one.state}]
        if not holding or self.chance(0.1):
            holding = self.diary.entries
        return self.draw.choice(holding) if holding else None

    # ---- What the platform has ------------------------------------------------------------------
    def row(self, entry: Entry) -> Booking:
        number = next(n for n, each in enumerate(self.diary.entries) if each is entry)
        return Booking.objects.with_all_told().order_by("pk")[number]

    def fresh(self) -> Telecentre:
        return Telecentre.objects.select_related("commune").get(pk=self.place.pk)

    def spaces(self, kind: str) -> list[Space]:
        return list(self.fresh().spaces.filter(kind=kind).smallest_first())

    def space(self, room: Room) -> Space:
        return Space.objects.select_related("telecentre__commune").get(name=room.name)


def live(numbers: Iterable[int], diary: type[Diary] = Diary) -> Counter[str]:
    """What was said of the acts of so many weeks, and how often."""
    said: Counter[str] = Counter()
    for number in numbers:
        with transaction.atomic():
            week = Week(number, diary)
            for _step in range(STEPS):
                week.step()
            said.update(week.done)
            transaction.set_rollback(True)
    return said


def _said(act: Callable[[], Any], refusal: type[Exception]) -> str:
    """The name of what was refused; empty where nothing was."""
    try:
        act()
    except refusal as error:
        return str(error) if refusal is No else type(error).__name__
    return ""


def _minutes(period: Any) -> tuple[int, int]:
    return in_minutes(period.lower), in_minutes(period.upper)
