"""The bookings of one place as rows: who got which space, what came of it, what it costs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from comptes.models import User
from portail.demo.till import Till
from portail.demo.visits import Fate, Visit
from telecentres.domain.calendar import Slot, day_of, days_between
from telecentres.domain.extras import line_of_extra
from telecentres.domain.open_days import Opening
from telecentres.domain.prices import Line
from telecentres.domain.rules import request_deadline
from telecentres.domain.taking import new_reference
from telecentres.enums import BookingAct, BookingOrigin, BookingState, ExtraPer, SpaceKind
from telecentres.models import Booking, BookingChange, BookingLine, Space, Telecentre

WALKED_IN = "Visiteur de passage (fictif)"
REASON = "La salle sert à une formation ce jour-là."
ANSWERED_WITHIN = timedelta(hours=3)
SOON = timedelta(days=7)


class Diary:
    """Takes visits as they are booked; what can't be is left out, as the site would refuse it."""

    def __init__(self, place: Telecentre, opening: Opening, counter: User) -> None:
        self.place, self._counter = place, counter
        self._till = Till(place, opening)
        self._spaces: dict[str, list[Space]] = defaultdict(list)
        for space in place.spaces.bookable().smallest_first():
            self._spaces[space.kind].append(space)
        self._held: dict[tuple[int, date], list[Slot]] = defaultdict(list)
        self.bookings: list[Booking] = []
        self.changes: list[BookingChange] = []
        self.lines: list[BookingLine] = []
        served = place.extras.offered().going_with(SpaceKind.MEETING_ROOM)
        self._served = list(served.filter(per=ExtraPer.PERSON, stock=None)[:1])
        # What each holder owes, by month; walk-ins pay at once.
        self.due: defaultdict[tuple[User, date], Decimal] = defaultdict(Decimal)

    def take(self, visit: Visit) -> None:
        """Into the first free space of its kind."""
        free = [space for space in self._spaces[visit.kind] if self._is_free(space, visit.slot)]
        if len(free) > self._left_to_others(visit):
            self._write(visit, free[0])

    def _left_to_others(self, visit: Visit) -> int:
        """Whoever tries the demo finds a space of each kind; the only one, after a week."""
        is_alone = len(self._spaces[visit.kind]) == 1
        is_far = visit.slot.start - visit.booked_at > SOON
        return int(visit.fate == Fate.TO_COME and (is_far or not is_alone))

    def _write(self, visit: Visit, space: Space) -> None:
        history = list(self._history(visit, space))
        acts = [change.act for change in history]
        states = [BookingAct(act).leads_to for act in acts if act != BookingAct.CHECKED_IN]
        people = min(visit.people, space.capacity)
        quote = self._till.quote(visit.holder, visit.kind, visit.slot, day_of(visit.booked_at))
        if quote:
            quote = replace(quote, lines=(*quote.lines, *self._extras(visit, people)))
        is_walk_in = visit.fate == Fate.WALKED_IN
        occupied = visit.slot.widened(space.before, space.after)
        booking = Booking(
            territory_id=self.place.territory_id,
            space=space,
            holder=visit.holder,
            reference=new_reference(),
            period=visit.slot.period,
            occupied=occupied.period,
            people=people,
            state=states[-1],
            origin=BookingOrigin.COUNTER if is_walk_in else BookingOrigin.SITE,
            note=WALKED_IN if is_walk_in else "",
            answer_before=(
                request_deadline(visit.slot, visit.booked_at) if space.needs_approval else None
            ),
            price=quote.total if quote else None,
            vat_rate=quote.vat_rate if quote else None,
            sequence=len(states) - 1,
            booked_at=visit.booked_at,
            checked_in_at=_arrival(visit),
        )
        for change in history:
            change.booking = booking
        self.bookings.append(booking)
        self.changes += history
        lines = quote.lines if quote else ()
        self.lines += [BookingLine(booking=booking, **asdict(line)) for line in lines]
        if booking.state in BookingState.given_back():
            return
        self._till.use(visit.holder, visit.kind, visit.slot, quote)
        if visit.holder and booking.price:
            self.due[visit.holder, day_of(visit.slot.start).replace(day=1)] += booking.price
        if booking.holds:
            self._hold(space.pk, occupied)

    def _extras(self, visit: Visit, people: int) -> Iterator[Line]:
        """One meeting in three has coffee served, where the place does that."""
        if visit.kind != SpaceKind.MEETING_ROOM or day_of(visit.slot.start).toordinal() % 3:
            return
        for extra in self._served:
            if visit.slot.start - visit.booked_at >= timedelta(hours=extra.notice):
                yield line_of_extra(extra, people)

    def _history(self, visit: Visit, space: Space) -> Iterator[BookingChange]:
        who, at = visit.holder or self._counter, visit.booked_at
        if not space.needs_approval:
            yield BookingChange(act=BookingAct.BOOKED, at=at, author=who)
        else:
            yield BookingChange(act=BookingAct.REQUESTED, at=at, author=who)
            is_refused = visit.fate == Fate.REFUSED
            yield BookingChange(
                act=BookingAct.REFUSED if is_refused else BookingAct.APPROVED,
                at=at + ANSWERED_WITHIN,
                author=self._counter,
                reason=REASON if is_refused else "",
            )
        if visit.fate == Fate.SAID_SO:
            at = visit.slot.start + visit.late
            yield BookingChange(act=BookingAct.CHECKED_IN, at=at, author=who)
        elif visit.fate == Fate.GIVEN_BACK:
            at += (visit.slot.start - at) * 3 / 4
            yield BookingChange(act=BookingAct.CANCELLED, at=at, author=who)
        elif visit.fate == Fate.NOT_COME_TO and space.release_after:
            at = visit.slot.start + timedelta(minutes=space.release_after)
            yield BookingChange(act=BookingAct.NO_SHOW, at=at)

    def _is_free(self, space: Space, slot: Slot) -> bool:
        occupied = slot.widened(space.before, space.after)
        days = days_between(day_of(occupied.start), day_of(occupied.end))
        return not any(held.touches(occupied) for day in days for held in self._held[space.pk, day])

    def _hold(self, key: int, occupied: Slot) -> None:
        for day in days_between(day_of(occupied.start), day_of(occupied.end)):
            self._held[key, day].append(occupied)


def _arrival(visit: Visit) -> datetime | None:
    if visit.fate == Fate.WALKED_IN:
        return visit.slot.start
    return visit.slot.start + visit.late if visit.fate == Fate.SAID_SO else None
