"""What becomes of bookings, told a second time: a paper diary, its eraser and a slow clerk.

Nothing is shared with `telecentres.domain` but the names of the refusals. Moments are minutes since
1970, and what the clock on the wall shows is looked up minute by minute.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = 24 * 60
QUARTER = 93 * DAY
# The two that fall near the nights when the clocks change.
HOLIDAYS = {date(2027, 3, 29), date(2027, 11, 1)}


class No(Exception):
    """The clerk refuses: the name of the refusal."""


@dataclass
class Room:
    name: str
    kind: str
    capacity: int = 1
    before: int = 0
    after: int = 0
    asks: bool = False
    notice: int = 0
    # Days.
    horizon: int = 10


@dataclass
class Entry:
    """What is written in the diary; `state` in the words of the table."""

    room: Room
    who: str
    people: int
    start: int
    end: int
    # With the buffers, as they were.
    holds_from: int
    holds_until: int
    state: str
    booked_at: int
    answer_before: int | None = None

    @property
    def holds(self) -> bool:
        return self.state in {"offered", "requested", "confirmed", "blocked"}


@dataclass
class Hope:
    """Someone in the line."""

    who: str
    kind: str
    people: int
    start: int
    end: int
    state: str = "waiting"
    entry: Entry | None = None


@cache
def clock_of(day: date) -> list[tuple[int, time]]:
    """Each minute of a day, and what the clock on the wall shows then."""
    paris = ZoneInfo("Europe/Paris")
    noon = round(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) // 60
    minutes = range(noon - DAY, noon + DAY)
    shown = ((minute, datetime.fromtimestamp(minute * 60, paris)) for minute in minutes)
    return [(minute, at.time()) for minute, at in shown if at.date() == day]


@cache
def day_of(minute: int) -> date:
    return datetime.fromtimestamp(minute * 60, ZoneInfo("Europe/Paris")).date()


def minute_of(day: date, clock: time, *, is_second: bool | None) -> int:
    found = [minute for minute, shown in clock_of(day) if shown == clock]
    if not found:
        raise No("NoSuchTime")
    if len(found) == 2 and is_second is None:
        raise No("TimeTwice")
    return found[-1 if is_second else 0]


def first_minute_at_least(day: date, clock: time) -> int:
    return next(minute for minute, shown in clock_of(day) if shown >= clock)


@dataclass
class Diary:
    rooms: list[Room]
    # By ISO weekday.
    week: dict[int, list[tuple[time, time]]]
    apart: dict[date, list[tuple[time, time]]] = field(default_factory=dict)
    is_open: bool = True
    entries: list[Entry] = field(default_factory=list)
    line: list[Hope] = field(default_factory=list)

    # ---- Book, move, give back ------------------------------------------------------------------
    def book(self, kind: str, start: int, end: int, who: str, people: int, now: int) -> None:
        rooms = self.allowed(kind, start, end, people, now)
        free = self.free(self.at_once_first(rooms), start, end)
        if not free:
            raise No("SlotTaken")
        asks = free[0].asks
        entry = self.write(
            free[0], "requested" if asks else "confirmed", who, people, start, end, now
        )
        entry.answer_before = self.answer_of_manager(start, now) if asks else None

    def move(self, entry: Entry, kind: str, start: int, end: int, now: int) -> None:
        """By whoever booked."""
        rooms = self.allowed(kind, start, end, entry.people, now)
        self.must_still_begin(entry, now)
        rooms = sorted(self.at_once_first(rooms), key=lambda room: room is not entry.room)
        free = self.free(rooms, start, end, besides=entry)
        if not free:
            raise No("SlotTaken")
        before = self.answer_of_manager(start, now)
        if entry.state == "requested":
            before = min(before, entry.answer_before)
        entry.state = "requested" if free[0].asks else "confirmed"
        entry.answer_before = before if free[0].asks else None
        self.put(entry, free[0], start, end)
        self.serve(now)

    def cancel(self, entry: Entry, by: str, now: int) -> None:
        if not entry.holds or entry.end <= now:
            raise No("NoLongerPossible")
        if entry.state != "offered":
            self.give_back(entry, "cancelled", now)
        elif by == entry.who:
            self.close_hope(entry, "left")
            self.give_back(entry, "cancelled", now)
        else:
            self.close_hope(entry, "lapsed")
            self.give_back(entry, "expired", now)

    def answer(self, entry: Entry, now: int, *, is_yes: bool) -> None:
        if entry.state != "requested" or entry.answer_before <= now:
            raise No("NoLongerPossible")
        if is_yes:
            entry.state = "confirmed"
        else:
            self.give_back(entry, "refused", now)

    def expire(self, now: int) -> None:
        latest_first = sorted(enumerate(self.entries), key=lambda one: (-one[1].booked_at, -one[0]))
        for _number, entry in latest_first:
            if entry.state in {"offered", "requested"} and entry.answer_before <= now:
                self.close_hope(entry, "lapsed")
                self.give_back(entry, "expired", now)

    # ---- The counter ----------------------------------------------------------------------------
    def book_for(
        self, room: Room, start: int, end: int, who: str, people: int, now: int, *, anyhow: bool
    ) -> None:
        self.check_counter(room, start, end, people, now, anyhow=anyhow)
        if not self.free([room], start, end):
            raise No("SlotTaken")
        self.write(room, "confirmed", who, people, start, end, now)

    def move_for(
        self, entry: Entry, room: Room, start: int, end: int, now: int, *, anyhow: bool
    ) -> None:
        self.check_counter(room, start, end, entry.people, now, anyhow=anyhow)
        self.must_still_begin(entry, now)
        if not self.free([room], start, end, besides=entry):
            raise No("SlotTaken")
        if entry.answer_before is not None:
            entry.answer_before = min(entry.answer_before, start)
        self.put(entry, room, start, end)
        self.serve(now)

    def close(self, rooms: list[Room], start: int, end: int, now: int) -> None:
        self.check_length(start, end)
        if end <= now:
            raise No("InThePast")
        if len(self.free(rooms, start, end)) < len(rooms):
            raise No("SpacesTaken")
        for room in rooms:
            self.write(room, "blocked", "", 1, start, end, now)

    # ---- The line -------------------------------------------------------------------------------
    def join(self, kind: str, start: int, end: int, who: str, people: int, now: int) -> None:
        if self.free(self.allowed(kind, start, end, people, now), start, end):
            raise No("StillFree")
        if now + 90 > start:
            raise No("TooLateToWait")
        wish = (who, kind, start, end)
        for hope in self.line:
            is_open = hope.state in {"waiting", "offered"}
            if is_open and (hope.who, hope.kind, hope.start, hope.end) == wish:
                raise No("AlreadyWaiting")
        self.line.append(Hope(who, kind, people, start, end))

    def leave(self, hope: Hope) -> None:
        if hope.state != "waiting":
            raise No("NoLongerPossible")
        hope.state = "left"

    def accept(self, entry: Entry, now: int) -> None:
        if entry.state != "offered" or entry.answer_before <= now:
            raise No("NoLongerPossible")
        self.close_hope(entry, "taken")
        asks = entry.room.asks
        entry.state = "requested" if asks else "confirmed"
        entry.answer_before = self.answer_of_manager(entry.start, now) if asks else None

    def serve(self, now: int) -> None:
        """Whoever has come first among those whom something fits is offered it."""
        for hope in sorted(self.in_order(), key=lambda hope: hope.kind):
            if hope.state == "waiting" and hope.start > now:
                self.offer(hope, now)

    def in_order(self) -> list[Hope]:
        return list(self.line)

    def offer(self, hope: Hope, now: int) -> None:
        try:
            rooms = self.allowed(hope.kind, hope.start, hope.end, hope.people, now)
        except No:
            return
        free = self.free(self.at_once_first(rooms), hope.start, hope.end)
        if not free:
            return
        notice = max(60, *(room.notice for room in free))
        before = min(now + DAY, hope.start - notice)
        if before < now + 30:
            return
        entry = self.write(free[0], "offered", hope.who, hope.people, hope.start, hope.end, now)
        entry.answer_before = before
        hope.state, hope.entry = "offered", entry

    def close_hope(self, entry: Entry, state: str) -> None:
        for hope in self.line:
            if hope.entry is entry and entry.state == "offered":
                hope.state = state

    # ---- What the clerk looks at ----------------------------------------------------------------
    def allowed(self, kind: str, start: int, end: int, people: int, now: int) -> list[Room]:
        if not self.is_open:
            raise No("NotBookable")
        self.check_length(start, end)
        if start < now:
            raise No("InThePast")
        rooms = [room for room in self.rooms if room.kind == kind]
        rooms.sort(key=lambda room: (room.capacity, room.name))
        for refusal, fits in (
            ("TooManyPeople", lambda room: room.capacity >= people),
            ("TooLate", lambda room: start - now >= room.notice),
            ("TooEarly", lambda room: start - now <= room.horizon * DAY),
        ):
            rooms = [room for room in rooms if fits(room)]
            if not rooms:
                raise No(refusal)
        self.check_hours(start, end)
        return rooms

    def check_counter(
        self, room: Room, start: int, end: int, people: int, now: int, *, anyhow: bool
    ) -> None:
        if not self.is_open:
            raise No("NotBookable")
        self.check_length(start, end)
        if start < now:
            raise No("InThePast")
        if people > room.capacity:
            raise No("TooManyPeople")
        if not anyhow:
            self.check_hours(start, end)

    def check_length(self, start: int, end: int) -> None:
        if end <= start:
            raise No("EndsBeforeStart")
        if end - start > QUARTER:
            raise No("TooLong")

    def check_hours(self, start: int, end: int) -> None:
        """One comes in an open minute, and the last minute is an open one."""
        if not (self.opened(start) and self.opened(end - 1)):
            raise No("OutsideHours")
        # Until midnight is of the next day, which begins closed.
        if day_of(end) != day_of(end - 1):
            raise No("OutsideHours")

    def opened(self, minute: int) -> bool:
        day = day_of(minute)
        ranges = self.week.get(day.isoweekday(), []) if day not in HOLIDAYS else []
        return any(
            first_minute_at_least(day, opens) <= minute < first_minute_at_least(day, closes)
            for opens, closes in self.apart.get(day, ranges)
        )

    def must_still_begin(self, entry: Entry, now: int) -> None:
        if entry.state not in {"requested", "confirmed"} or entry.start <= now:
            raise No("NoLongerPossible")

    def answer_of_manager(self, start: int, now: int) -> int:
        return min(now + 2 * DAY, start)

    def at_once_first(self, rooms: list[Room]) -> list[Room]:
        return sorted(rooms, key=lambda room: room.asks)

    def free(
        self, rooms: list[Room], start: int, end: int, besides: Entry | None = None
    ) -> list[Room]:
        def is_free(room: Room) -> bool:
            first, last = self.reach(room, start, end)
            return not any(
                entry.holds and entry.holds_from < last and first < entry.holds_until
                for entry in self.entries
                if entry.room is room and entry is not besides
            )

        return [room for room in rooms if is_free(room)]

    def reach(self, room: Room, start: int, end: int) -> tuple[int, int]:
        return start - room.before, end + room.after

    # ---- What the clerk writes ------------------------------------------------------------------
    def write(
        self, room: Room, state: str, who: str, people: int, start: int, end: int, now: int
    ) -> Entry:
        first, last = self.reach(room, start, end)
        entry = Entry(room, who, people, start, end, first, last, state, booked_at=now)
        self.entries.append(entry)
        return entry

    def put(self, entry: Entry, room: Room, start: int, end: int) -> None:
        entry.room, entry.start, entry.end = room, start, end
        entry.holds_from, entry.holds_until = self.reach(room, start, end)

    def give_back(self, entry: Entry, state: str, now: int) -> None:
        entry.state = state
        self.serve(now)


def in_minutes(at: datetime) -> int:
    return round(at.timestamp()) // 60


def at_minute(minute: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
