"""Several bookings in one go: the same hours every week, interchangeable spaces together, or both.

Each goes through `book_space`, with its rules and its constraint. Whoever takes several locks the
place first: of two who want more than there is, one finds all of it free and the other is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from comptes.models import User
from telecentres.domain.answers import cancel_booking
from telecentres.domain.audience import Audience, read_audience
from telecentres.domain.availability import Plan, read_plan
from telecentres.domain.booking import book_space
from telecentres.domain.calendar import PARIS, Slot, day_of, opening_moment
from telecentres.domain.errors import (
    BookingRefusal,
    NoLongerPossible,
    NotEnough,
    PriceChanged,
    SlotTaken,
    TooManyAtOnce,
)
from telecentres.domain.locks import lock_place
from telecentres.domain.prices import Quote, add_up, compose_quote
from telecentres.domain.purse import Purse, read_purse
from telecentres.domain.quotes import lock_means
from telecentres.domain.rules import at_once_first, check_slot
from telecentres.domain.series_letters import tell_of_series, tell_series_cancelled
from telecentres.domain.stints import stints_of
from telecentres.enums import SpaceKind
from telecentres.models import Booking, Space, Telecentre

WEEK = timedelta(days=7)
MOST_WEEKS = 52
# Bookings written in one go.
MOST_AT_ONCE = 60


@dataclass(frozen=True)
class Asked:
    """What someone wants at each date: `count` of interchangeable spaces, each for `people`."""

    telecentre: Telecentre
    spaces: Sequence[Space]
    holder: User
    people: int = 1
    count: int = 1


@dataclass(frozen=True)
class SeriesDate:
    """One date of a series as things are: what it would cost, or what stands in its way."""

    slot: Slot
    refusal: BookingRefusal | None = None
    # None where the place writes no price down.
    quote: Quote | None = None

    @property
    def day(self) -> date:
        return day_of(self.slot.start)


@dataclass(frozen=True)
class Outcome:
    """What was booked; what could not be, and why."""

    bookings: tuple[Booking, ...]
    lost: tuple[tuple[Slot, BookingRefusal], ...] = ()


def every_week(first: Slot, until: date) -> list[Slot]:
    """The same weekday and hours of the wall clock, up to `until` included; `first` at least."""
    starts, ends = first.start.astimezone(PARIS), first.end.astimezone(PARIS)
    slots = [first]
    for week in range(1, (until - starts.date()) // WEEK + 1):
        # They are hours of every week: nights when the clocks change do not count for them.
        start = opening_moment(starts.date() + week * WEEK, starts.time())
        slots.append(Slot(start, opening_moment(ends.date() + week * WEEK, ends.time())))
    return slots


# ---- Before -------------------------------------------------------------------------------------
def look_ahead(
    *,
    asked: Asked,
    slots: Sequence[Slot],
    chosen: Mapping[date, object] | None = None,
    now: datetime | None = None,
) -> list[SeriesDate]:
    """Each date as `book_series` would find it; nothing is kept. In eight queries for any number.

    `chosen`: the days that would be booked, all if not said. The others use nothing of what is
    offered or paid ahead, so that each price is the one of a series of those days.
    """
    return list(_Outlook.read(asked, slots, now or timezone.now()).of(slots, chosen))


@dataclass(frozen=True)
class _Outlook:
    """All that bookings on some dates would meet, read once for all of them."""

    asked: Asked
    plan: Plan
    audience: Audience
    purse: Purse
    now: datetime

    @classmethod
    def read(cls, asked: Asked, slots: Sequence[Slot], now: datetime) -> "_Outlook":
        first, last = day_of(min(slots).start), day_of(max(slot.end for slot in slots))
        place, holder = asked.telecentre, asked.holder
        kind = SpaceKind(asked.spaces[0].kind)
        return cls(
            asked,
            read_plan(place, asked.spaces, first, last),
            read_audience(asked.spaces, holder, first, last),
            read_purse(telecentre=place, kind=kind, holder=holder, first=first, last=last),
            now,
        )

    def of(
        self, slots: Sequence[Slot], chosen: Mapping[date, object] | None
    ) -> Iterator[SeriesDate]:
        for slot in slots:
            day = day_of(slot.start)
            is_chosen = chosen is None or day in chosen
            try:
                spaces = self._free(slot)
            except BookingRefusal as refusal:
                yield SeriesDate(slot, refusal)
                continue
            if is_chosen:
                # A series never stands in its own way unseen, by its buffers for one.
                for space in spaces:
                    self.plan.take(space, slot)
            yield SeriesDate(slot, quote=self._quote(slot, day, is_chosen=is_chosen))

    def _free(self, slot: Slot) -> list[Space]:
        """Those that would be taken. Raises what `book_series` would meet."""
        asked = self.asked
        allowed = check_slot(
            telecentre=asked.telecentre,
            spaces=asked.spaces,
            slot=slot,
            people=asked.people,
            now=self.now,
            opening=self.plan.opening,
        )
        allowed = self.audience.open_on(allowed, day_of(slot.start))
        free = [space for space in allowed if self.plan.is_free(space, slot)]
        if not free:
            raise SlotTaken
        if len(free) < asked.count:
            raise NotEnough(len(free))
        return at_once_first(free)[: asked.count]

    def _quote(self, slot: Slot, day: date, *, is_chosen: bool) -> Quote | None:
        stints, quotes = stints_of(self.plan.opening, slot), []
        purse = self.purse if is_chosen else self.purse.copy()
        for _space in range(self.asked.count):
            if (quote := compose_quote(stints, purse.on(day))) is None:
                return None
            purse.spend(quote, day)
            quotes.append(quote)
        return add_up(quotes)


# ---- The act ------------------------------------------------------------------------------------
def book_series(
    *,
    asked: Asked,
    slots: Sequence[Slot],
    note: str = "",
    agreed: Mapping[date, Decimal | None] | None = None,
    now: datetime | None = None,
) -> Outcome:
    """Book every one of `slots`, the soonest first; at each, all the spaces asked for or none.

    A date that the rules or somebody quicker forbid is told in the outcome, and by mail, and the
    others are booked. `agreed`: the price shown of each day, in euros. Raises TooManyAtOnce and
    PriceChanged: nothing is written.
    """
    now = now or timezone.now()
    number = len(slots) * asked.count
    if number > MOST_AT_ONCE:
        raise TooManyAtOnce(MOST_AT_ONCE)
    series = uuid4() if number > 1 else None
    taken: list[Booking] = []
    lost: list[tuple[Slot, BookingRefusal]] = []
    with transaction.atomic():
        lock_means(asked.telecentre, asked.holder)
        lock_place(asked.telecentre.pk)
        for slot in sorted(slots):
            price = (agreed or {}).get(day_of(slot.start))
            try:
                taken += _take(asked, slot, price, series=series, note=note, now=now)
            except PriceChanged:
                raise
            except BookingRefusal as refusal:
                lost.append((slot, refusal))
        if taken:
            tell_of_series(asked.holder, taken, lost)
    return Outcome(tuple(taken), tuple(lost))


def _take(
    asked: Asked,
    slot: Slot,
    agreed: Decimal | None,
    *,
    series: UUID | None,
    note: str,
    now: datetime,
) -> list[Booking]:
    """All or none. Raises a BookingRefusal."""
    taken: list[Booking] = []
    with transaction.atomic():
        for _space in range(asked.count):
            try:
                booking = book_space(
                    telecentre=asked.telecentre,
                    spaces=asked.spaces,
                    slot=slot,
                    holder=asked.holder,
                    people=asked.people,
                    note=note,
                    series=series,
                    is_told=False,
                    now=now,
                )
            except SlotTaken:
                if taken:
                    raise NotEnough(len(taken)) from None
                raise
            taken.append(booking)
        if agreed is not None and agreed != _price_of(taken):
            raise PriceChanged
    return taken


def _price_of(bookings: Sequence[Booking]) -> Decimal | None:
    prices = [booking.price for booking in bookings if booking.price is not None]
    return sum(prices, Decimal(0)) if len(prices) == len(bookings) else None


# ---- Afterwards ---------------------------------------------------------------------------------
def cancel_following(
    *, booking: Booking, holder: User, now: datetime | None = None
) -> tuple[list[Booking], list[Booking]]:
    """Its holder gives back a booking, and those of its series that begin then or later.

    Returns those given back, and those that may not be cancelled any more, which stay. Raises
    NoLongerPossible when it would give none back.
    """
    now = now or timezone.now()
    cancelled, kept = [], []
    with transaction.atomic():
        lock_place(booking.space.telecentre_id)
        for one in Booking.objects.held_by(holder).following(booking).with_all_told():
            try:
                cancelled.append(cancel_booking(booking=one, author=holder, is_told=False, now=now))
            except NoLongerPossible:
                kept.append(one)
        if not cancelled:
            raise NoLongerPossible
        tell_series_cancelled(holder, cancelled)
    return cancelled, kept
