"""Where bookings could go that a closure, or other hours, leave without their place.

Nothing moves by itself: the manager reads what is proposed, asks the person, and keeps or leaves
each of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from comptes.models import User
from telecentres.domain.availability import (
    DAYS_AHEAD,
    Plan,
    bookable_then,
    read_plan,
    starts_near,
)
from telecentres.domain.calendar import Slot, day_of, days_between
from telecentres.domain.counter import move_for_somebody
from telecentres.domain.errors import BookingRefusal
from telecentres.enums import BookingState, TelecentreState
from telecentres.models import Booking, Space, Telecentre


@dataclass(frozen=True)
class Proposal:
    """A booking, and what it could hold instead; both None where nothing is near."""

    booking: Booking
    space: Space | None = None
    slot: Slot | None = None

    @property
    def former(self) -> Slot:
        return Slot.of(self.booking.period)

    @property
    def key(self) -> str:
        """The same for as long as the same is proposed."""
        if self.space is None or self.slot is None:
            return ""
        return f"{self.booking}-{self.space.pk}-{self.slot.start:%Y%m%d%H%M}"


def propose_moves(
    *,
    telecentre: Telecentre,
    bookings: Sequence[Booking],
    now: datetime,
    closed: tuple[Sequence[Space], Slot] | None = None,
) -> list[Proposal]:
    """The nearest that each of them could hold, none in the way of another.

    The same hours in another space of the kind, else the nearest of that day, else the same hours
    of the week that follows: what anybody could book, and never a space kept for some. `closed`:
    spaces that are about to be, and when. Three queries, whatever they are.
    """
    later = [booking for booking in bookings if not booking.has_begun(now)]
    if not later or telecentre.state != TelecentreState.OPEN:
        return [Proposal(booking) for booking in bookings]
    days = [day_of(booking.period.lower) for booking in later]
    last = max(day_of(booking.period.upper) for booking in later) + timedelta(days=DAYS_AHEAD)
    spaces = telecentre.spaces.bookable().filter(audience=None).smallest_first()
    plan = read_plan(telecentre, list(spaces), min(days), last)
    if closed:
        for space in closed[0]:
            plan.take(space, closed[1])
    return [_propose(plan, booking, now) for booking in bookings]


def move_as_proposed(
    *, proposals: Iterable[Proposal], author: User, now: datetime
) -> list[tuple[Proposal, BookingRefusal]]:
    """Move each of them, and tell its holder; those that could not, and why. Each on its own."""
    refused = []
    for each in proposals:
        if each.space is None or each.slot is None:
            continue
        try:
            move_for_somebody(
                booking=each.booking, space=each.space, slot=each.slot, author=author, now=now
            )
        except BookingRefusal as refusal:
            refused.append((each, refusal))
    return refused


def _propose(plan: Plan, booking: Booking, now: datetime) -> Proposal:
    if booking.has_begun(now) or booking.state not in BookingState.of_someone():
        return Proposal(booking)
    # What it holds stands in the way of the others, not in its own.
    held, own = plan.taken[booking.space_id], Slot.of(booking.occupied)
    plan.taken[booking.space_id] = others = list(held)
    # Once: what is about to be closed may be the same hours.
    if own in others:
        others.remove(own)
    found = next(_candidates(plan, booking, now), None)
    plan.taken[booking.space_id] = held
    if found is None:
        return Proposal(booking)
    space, slot = found
    plan.take(space, slot)
    return Proposal(booking, space, slot)


def _candidates(plan: Plan, booking: Booking, now: datetime) -> Iterator[tuple[Space, Slot]]:
    slot = Slot.of(booking.period)
    first = day_of(slot.start)
    for day in days_between(first, first + timedelta(days=DAYS_AHEAD)):
        starts = starts_near(plan, day, slot)
        if day == first:
            starts = sorted({slot.start, *starts}, key=lambda start: abs(start - slot.start))
        for start in starts:
            moved = Slot(start, start + slot.length)
            free = bookable_then(plan, moved, booking.people, now)
            alike = [space for space in free if space.kind == booking.space.kind]
            # Its own space, where the hours alone are others.
            alike.sort(key=lambda space: space.pk != booking.space_id)
            yield from ((space, moved) for space in alike)
