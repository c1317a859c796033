"""Some spaces of a place, or all of them, kept for nobody from one moment to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from comptes.models import User
from telecentres.domain.answers import cancel_booking
from telecentres.domain.booking import block_space
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import InThePast, SlotTaken, SpacesTaken
from telecentres.domain.locks import lock_place
from telecentres.domain.rules import check_length
from telecentres.enums import BookingState
from telecentres.models import Booking, Space, Telecentre


@dataclass(frozen=True)
class Closure:
    """What was closed in one go: a blocked booking of each space."""

    slot: Slot
    note: str
    bookings: tuple[Booking, ...]

    @property
    def reference(self) -> str:
        """That of its first booking: it names the whole."""
        return self.bookings[0].reference


def close_spaces(
    *,
    spaces: Sequence[Space],
    slot: Slot,
    author: User,
    note: str = "",
    now: datetime | None = None,
) -> list[Booking]:
    """All of them or none.

    Raises EndsBeforeStart, TooLong, InThePast; SpacesTaken, with the bookings in the way, which
    are moved or cancelled first, in full view.
    """
    now = now or timezone.now()
    check_closing(slot, now)
    spaces = sorted(spaces, key=lambda space: space.pk)
    try:
        with transaction.atomic():
            # Whoever takes several locks their place first: no two ever wait for each other.
            for key in sorted({space.telecentre_id for space in spaces}):
                lock_place(key)
            return [
                block_space(space=space, slot=slot, author=author, note=note, now=now)
                for space in spaces
            ]
    except SlotTaken:
        raise SpacesTaken(bookings_in_the_way(spaces, slot)) from None


def check_closing(slot: Slot, now: datetime) -> None:
    """Raises EndsBeforeStart, TooLong or InThePast."""
    check_length(slot)
    if slot.end <= now:
        raise InThePast


def closures_to_come(telecentre: Telecentre, now: datetime) -> list[Closure]:
    """Those that have not ended, the soonest first; in one query."""
    blocked = Booking.objects.filter(space__telecentre=telecentre, state=BookingState.BLOCKED)
    rows = blocked.to_come(now).select_related("space").order_by("period", "booked_at", "space")
    # What is closed in one go is written at one moment.
    together = groupby(rows, key=lambda row: (Slot.of(row.period), row.booked_at, row.note))
    return [Closure(slot, note, tuple(group)) for (slot, _at, note), group in together]


def reopen_spaces(*, closure: Closure, author: User, now: datetime | None = None) -> None:
    """Raises NoLongerPossible, and all stay closed, when one of them was reopened meanwhile."""
    with transaction.atomic():
        for booking in sorted(closure.bookings, key=lambda booking: booking.pk):
            cancel_booking(booking=booking, author=author, now=now)


def bookings_in_the_way(spaces: Sequence[Space], slot: Slot) -> tuple[Booking, ...]:
    """What holds a part of the slot there, buffers included; the soonest first."""
    wanted = Q()
    for space in spaces:
        around = slot.widened(space.before, space.after)
        wanted |= Q(space=space, occupied__overlap=around.period)
    rows = Booking.objects.holding().filter(wanted).with_all_told()
    return tuple(rows.order_by("period", "space"))
