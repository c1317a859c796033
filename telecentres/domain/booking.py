"""Take a space for a time, whoever else wants it in the same second.

Two patterns keep two people apart. A new booking is inserted `ON CONFLICT DO NOTHING` against the
exclusion constraint: measured, it neither overlaps nor deadlocks. Whatever may give a space back, a
move too, locks its place first: what comes free is offered to whoever waits for it, in the same
transaction (`telecentres.domain.waiting`). The constraint is the last line of both, and of every
other way of writing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comptes.models import User
from telecentres.domain.audience import open_to
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.errors import NotBookable, SlotTaken
from telecentres.domain.extras import check_stock, extra_lines, lock_stock
from telecentres.domain.letters import ask_managers, tell_holder
from telecentres.domain.prices import Line
from telecentres.domain.quotes import charge, lock_means
from telecentres.domain.rules import check_length, check_slot, request_deadline
from telecentres.domain.taking import take_first_free
from telecentres.enums import BookingAct, BookingOrigin, TelecentreState
from telecentres.models import Booking, Space, Telecentre


def book_space(
    *,
    telecentre: Telecentre,
    spaces: Sequence[Space],
    slot: Slot,
    holder: User,
    people: int = 1,
    note: str = "",
    extras: Mapping[int, int] | None = None,
    origin: BookingOrigin = BookingOrigin.SITE,
    author: User | None = None,
    agreed: Decimal | None = None,
    series: UUID | None = None,
    is_told: bool = True,
    now: datetime | None = None,
) -> Booking:
    """Book the first free one of interchangeable `spaces`, all of `telecentre`, for `slot`.

    The booking is confirmed, or waits for the manager where the spaces ask for an approval.
    `author` is who writes it, the holder if not said; `agreed` the price shown before, in euros.
    `extras`: how many of each, by key. `is_told` False where whoever books several of one `series`
    tells of them all. Raises a BookingRefusal: see `check_slot`, `open_to` and `extra_lines`;
    SlotTaken when none is free; ExtraTooLate, ExtraTaken; PriceChanged.
    """
    now = now or timezone.now()
    allowed = check_slot(telecentre=telecentre, spaces=spaces, slot=slot, people=people, now=now)
    allowed = open_to(allowed, holder, day_of(slot.start))
    lines = extra_lines(space=allowed[0], wanted=extras, people=people, left=slot.start - now)
    values = {
        "slot": slot,
        "territory": telecentre.territory_id,
        "holder": holder.pk,
        "people": people,
        "origin": origin,
        "note": note,
        "series": series,
        "author": (author or holder).pk,
        "now": now,
    }
    with transaction.atomic():
        lock_means(telecentre, holder)
        lock_stock(telecentre, lines)
        booking, act = _take_or_ask(allowed, values)
        check_stock(booking, lines)
        charge(booking, agreed, lines)
        if is_told:
            tell_holder(booking, act)
            if booking.answer_before:
                ask_managers(booking, booking.answer_before)
    return booking


def _take_or_ask(spaces: Sequence[Space], values: dict[str, Any]) -> tuple[Booking, BookingAct]:
    """At once where one may; on approval where nothing else is free."""
    instant = [space for space in spaces if not space.needs_approval]
    others = [space for space in spaces if space.needs_approval]
    before = request_deadline(values["slot"], values["now"])
    for act, some, deadline in (
        (BookingAct.BOOKED, instant, None),
        (BookingAct.REQUESTED, others, before),
    ):
        try:
            key = take_first_free(spaces=some, act=act, answer_before=deadline, **values)
        except SlotTaken:
            continue
        return Booking.objects.with_all_told().get(pk=key), act
    raise SlotTaken


def take_walk_in(
    *, space: Space, until: datetime, author: User, note: str = "", now: datetime | None = None
) -> Booking:
    """Someone who came without booking holds the space from this minute on, and is there.

    Whoever stands at the counter knows the hours and who may: only a place that is not open, an
    end that is past or too far, and a space that is taken are refused. Raises NotBookable,
    EndsBeforeStart, TooLong or SlotTaken.
    """
    if space.telecentre.state != TelecentreState.OPEN:
        raise NotBookable
    now = now or timezone.now()
    slot = Slot(now.replace(second=0, microsecond=0), until)
    with transaction.atomic():
        booking = take_at_counter(
            space=space, slot=slot, act=BookingAct.BOOKED, author=author, note=note, now=now
        )
        booking.checked_in_at = now
        booking.save(update_fields=["checked_in_at"])
    return booking


def block_space(
    *, space: Space, slot: Slot, author: User, note: str = "", now: datetime | None = None
) -> Booking:
    """Keep a space for nobody, whatever its hours: works, a hire agreed elsewhere.

    Raises EndsBeforeStart, TooLong, and SlotTaken when somebody holds a part of it: their booking
    is moved or cancelled first, in full view.
    """
    return take_at_counter(
        space=space,
        slot=slot,
        act=BookingAct.BLOCKED,
        author=author,
        note=note,
        now=now or timezone.now(),
    )


def take_at_counter(
    *,
    space: Space,
    slot: Slot,
    act: BookingAct,
    author: User,
    now: datetime,
    holder: User | None = None,
    extras: tuple[Line, ...] = (),
    **values: Any,
) -> Booking:
    """Written by the manager, for nobody who has an account unless `holder` is one.

    Raises EndsBeforeStart, TooLong, SlotTaken or ExtraTaken.
    """
    check_length(slot)
    given = {"people": 1, "note": "", **values}
    with transaction.atomic():
        lock_means(space.telecentre, holder)
        lock_stock(space.telecentre, extras)
        key = take_first_free(
            spaces=[space],
            slot=slot,
            act=act,
            territory=space.telecentre.territory_id,
            holder=holder.pk if holder else None,
            origin=BookingOrigin.COUNTER,
            answer_before=None,
            author=author.pk,
            now=now,
            **given,
        )
        booking = Booking.objects.with_all_told().get(pk=key)
        if act == BookingAct.BOOKED:
            check_stock(booking, extras)
            charge(booking, extras=extras)
    return booking
