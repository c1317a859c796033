"""What the manager books or moves for somebody, who telephones or stands at the counter."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comptes.models import User
from telecentres.domain.booking import take_at_counter
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.errors import InThePast, NotBookable, OutsideHours, TooManyPeople
from telecentres.domain.extras import extra_lines
from telecentres.domain.letters import tell_holder
from telecentres.domain.moving import move_into
from telecentres.domain.open_days import opening_of
from telecentres.domain.rules import check_hours, check_length
from telecentres.enums import BookingAct, TelecentreState
from telecentres.models import Booking, Space


def book_for_somebody(
    *,
    space: Space,
    slot: Slot,
    author: User,
    holder: User | None = None,
    people: int = 1,
    note: str = "",
    extras: Mapping[int, int] | None = None,
    is_outside_hours: bool = False,
    now: datetime | None = None,
) -> Booking:
    """Confirmed at once, for an account or for whoever `note` names.

    Notice, horizon, lengths and approval are there to spare the manager: they do not bind them.
    The hours do, unless `is_outside_hours` says that somebody will open; then history says it too.
    `extras`: how many of each, by key. Raises NotBookable, EndsBeforeStart, TooLong, InThePast,
    TooManyPeople, OutsideHours, SlotTaken, NoSuchExtra, ExtraTooMany, ExtraTaken.
    """
    now = now or timezone.now()
    reason = _check(space, slot, people, now, may_be_outside=is_outside_hours)
    lines = extra_lines(space=space, wanted=extras, people=people)
    with transaction.atomic():
        booking = take_at_counter(
            space=space,
            slot=slot,
            act=BookingAct.BOOKED,
            author=author,
            now=now,
            holder=holder,
            people=people,
            note=note,
            extras=lines,
            reason=reason,
        )
        tell_holder(booking, BookingAct.BOOKED)
    return booking


def move_for_somebody(
    *,
    booking: Booking,
    space: Space,
    slot: Slot,
    author: User,
    is_outside_hours: bool = False,
    now: datetime | None = None,
) -> Booking:
    """Under the rules of the counter; its state stays as it is, and its holder is told.

    Raises what `book_for_somebody` does, and NoLongerPossible when it has begun or was given back.
    """
    now = now or timezone.now()
    reason = _check(space, slot, booking.people, now, may_be_outside=is_outside_hours)
    return move_into(
        booking=booking, spaces=[space], slot=slot, author=author, now=now, reason=reason
    )


def _check(space: Space, slot: Slot, people: int, now: datetime, *, may_be_outside: bool) -> str:
    """What history keeps of it: that it is outside the hours, where it may be."""
    telecentre = space.telecentre
    if telecentre.state != TelecentreState.OPEN:
        raise NotBookable
    check_length(slot)
    if slot.start < now:
        raise InThePast
    if people > space.capacity:
        raise TooManyPeople(space.capacity)
    try:
        check_hours(opening_of(telecentre, day_of(slot.start), day_of(slot.end)), slot)
    except OutsideHours:
        if not may_be_outside:
            raise
        return _("Hors des horaires d’ouverture.")
    return ""
