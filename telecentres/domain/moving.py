"""Hold another period than before: what is left is offered to whoever waits for it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.errors import ExclusionViolation

from comptes.models import User
from telecentres.domain.audience import open_to
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.errors import NoLongerPossible, SlotTaken
from telecentres.domain.extras import check_extras_notice, check_stock, kept_extras
from telecentres.domain.letters import ask_managers, tell_holder
from telecentres.domain.locks import lock_booking
from telecentres.domain.quotes import charge, lock_means
from telecentres.domain.rules import check_slot, request_deadline
from telecentres.domain.taking import once_more_on_deadlock
from telecentres.domain.waiting import offer_freed
from telecentres.enums import BookingAct, BookingState
from telecentres.models import Booking, BookingChange, Space


def move_booking(
    *,
    booking: Booking,
    spaces: Sequence[Space],
    slot: Slot,
    author: User,
    agreed: Decimal | None = None,
    now: datetime | None = None,
) -> Booking:
    """Hold another period, in the same space if it is free then, else in the first of `spaces`.

    Same rules as a new booking: what its holder moves into a space on approval is asked for anew,
    at the price of the new moment; what the manager moves stays as it is, price included. Its
    extras follow, at the prices that they had. Raises a BookingRefusal, and the booking stays as it
    was: NoLongerPossible when it has begun or was given back, SlotTaken when none is free.
    """
    now = now or timezone.now()
    telecentre = booking.space.telecentre
    allowed = check_slot(
        telecentre=telecentre, spaces=spaces, slot=slot, people=booking.people, now=now
    )
    if author.pk == booking.holder_id:
        allowed = open_to(allowed, author, day_of(slot.start))
    # Its own space, then those that need no answer, as for a new booking.
    allowed.sort(key=lambda space: (space.pk != booking.space_id, space.needs_approval))
    return move_into(
        booking=booking, spaces=allowed, slot=slot, author=author, agreed=agreed, now=now
    )


def move_into(
    *,
    booking: Booking,
    spaces: Sequence[Space],
    slot: Slot,
    author: User,
    now: datetime,
    agreed: Decimal | None = None,
    reason: str = "",
) -> Booking:
    """The move itself, of a slot that the rules allow.

    Raises NoLongerPossible, SlotTaken, ExtraTaken, ExtraTooLate, PriceChanged.
    """
    said = {"at": now, "author": author, "reason": reason}
    return once_more_on_deadlock(lambda: _move(booking, spaces, slot, agreed, said))


def _move(
    booking: Booking,
    spaces: Sequence[Space],
    slot: Slot,
    agreed: Decimal | None,
    said: dict[str, Any],
) -> Booking:
    now = said["at"]
    with transaction.atomic():
        lock_means(booking.space.telecentre, booking.holder)
        booking = lock_booking(booking)
        if booking.state not in BookingState.of_someone() or booking.has_begun(now):
            raise NoLongerPossible
        former = {"former_space": booking.space, "former_period": booking.period}
        freed = booking.occupied
        is_own = said["author"].pk == booking.holder_id
        if not any(_enters(booking, space, slot, now, is_own=is_own) for space in spaces):
            raise SlotTaken
        extras = kept_extras(booking)
        check_stock(booking, extras)
        if is_own:
            check_extras_notice(extras, slot.start - now)
            charge(booking, agreed, extras)
        BookingChange.objects.create(booking=booking, act=BookingAct.MOVED, **former, **said)
        _tell(booking, is_own=is_own)
        offer_freed(space=former["former_space"], period=freed, now=now)
    return booking


def _tell(booking: Booking, *, is_own: bool) -> None:
    if is_own and booking.answer_before:
        tell_holder(booking, BookingAct.REQUESTED)
        ask_managers(booking, booking.answer_before)
    else:
        tell_holder(booking, BookingAct.MOVED)


def _enters(booking: Booking, space: Space, slot: Slot, now: datetime, *, is_own: bool) -> bool:
    """Whether it now holds the slot there; otherwise nothing has changed."""
    values: dict[str, Any] = {
        "space": space,
        "period": slot.period,
        "occupied": slot.widened(space.before, space.after).period,
        "sequence": booking.sequence + 1,
        # Whoever had come early comes anew.
        "checked_in_at": None,
    }
    if is_own:
        asks = space.needs_approval
        values["state"] = BookingState.REQUESTED if asks else BookingState.CONFIRMED
        values["answer_before"] = _earliest(booking, slot, now) if asks else None
    elif booking.answer_before:
        values["answer_before"] = min(booking.answer_before, slot.start)
    try:
        with transaction.atomic():
            Booking.objects.filter(pk=booking.pk).update(**values)
    except IntegrityError as error:
        if isinstance(error.__cause__, ExclusionViolation):
            return False
        raise
    for name, value in values.items():
        setattr(booking, name, value)
    return True


def _earliest(booking: Booking, slot: Slot, now: datetime) -> datetime:
    """A request that moves waits no longer for it: its place could be kept without end."""
    deadline = request_deadline(slot, now)
    if booking.state == BookingState.REQUESTED and booking.answer_before:
        return min(booking.answer_before, deadline)
    return deadline
