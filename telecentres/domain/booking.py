"""Take a space for a time, whoever else wants it in the same second.

Two patterns keep two people apart. A new booking is inserted `ON CONFLICT DO NOTHING` against the
exclusion constraint: measured, it neither overlaps nor deadlocks. A booking that moves locks the
spaces it leaves and enters first, in the order of their keys. The constraint is the last line of
both, and of every other way of writing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from psycopg.errors import ExclusionViolation

from comptes.models import User
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import NoLongerPossible, NotBookable, SlotTaken
from telecentres.domain.letters import ask_managers, tell_holder
from telecentres.domain.rules import check_length, check_slot
from telecentres.domain.taking import once_more_on_deadlock, take_first_free
from telecentres.enums import BookingAct, BookingOrigin, BookingState, TelecentreState
from telecentres.models import Booking, BookingChange, Space, Telecentre

# A request is answered before that, and before the booking begins.
ANSWER_WITHIN = timedelta(days=2)


def book_space(
    *,
    telecentre: Telecentre,
    spaces: Sequence[Space],
    slot: Slot,
    holder: User,
    people: int = 1,
    note: str = "",
    origin: BookingOrigin = BookingOrigin.SITE,
    author: User | None = None,
    now: datetime | None = None,
) -> Booking:
    """Book the first free one of interchangeable `spaces`, all of `telecentre`, for `slot`.

    The booking is confirmed, or waits for the manager where the spaces ask for an approval.
    `author` is who writes it, the holder if not said. Raises a BookingRefusal: see `check_slot`,
    and SlotTaken when none is free.
    """
    now = now or timezone.now()
    allowed = check_slot(telecentre=telecentre, spaces=spaces, slot=slot, people=people, now=now)
    values = {
        "slot": slot,
        "territory": telecentre.territory_id,
        "holder": holder.pk,
        "people": people,
        "origin": origin,
        "note": note,
        "author": (author or holder).pk,
        "now": now,
    }
    with transaction.atomic():
        booking, act = _take_or_ask(allowed, values)
        tell_holder(booking, act)
        if booking.answer_before:
            ask_managers(booking, booking.answer_before)
    return booking


def _take_or_ask(spaces: Sequence[Space], values: dict[str, Any]) -> tuple[Booking, BookingAct]:
    """At once where one may; on approval where nothing else is free."""
    instant = [space for space in spaces if not space.needs_approval]
    others = [space for space in spaces if space.needs_approval]
    before = _answer_before(values["slot"], values["now"])
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


def _answer_before(slot: Slot, now: datetime) -> datetime:
    return min(now + ANSWER_WITHIN, slot.start)


def _earliest(booking: Booking, slot: Slot, now: datetime) -> datetime:
    """A request that moves waits no longer for it: its place could be kept without end."""
    deadline = _answer_before(slot, now)
    if booking.state == BookingState.REQUESTED and booking.answer_before:
        return min(booking.answer_before, deadline)
    return deadline


def take_walk_in(
    *, space: Space, until: datetime, author: User, note: str = "", now: datetime | None = None
) -> Booking:
    """Someone who came without booking holds the space from this minute on.

    Whoever stands at the counter knows the hours and who may: only a place that is not open, an
    end that is past or too far, and a space that is taken are refused. Raises NotBookable,
    EndsBeforeStart, TooLong or SlotTaken.
    """
    if space.telecentre.state != TelecentreState.OPEN:
        raise NotBookable
    now = now or timezone.now()
    slot = Slot(now.replace(second=0, microsecond=0), until)
    return take_at_counter(
        space=space, slot=slot, act=BookingAct.BOOKED, author=author, note=note, now=now
    )


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
    **values: Any,
) -> Booking:
    """Written by the manager, for nobody who has an account unless `holder` is one.

    Raises EndsBeforeStart, TooLong or SlotTaken.
    """
    check_length(slot)
    given = {"people": 1, "note": "", **values}
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
    return Booking.objects.with_all_told().get(pk=key)


def cancel_booking(
    *, booking: Booking, author: User | None, reason: str = "", now: datetime | None = None
) -> Booking:
    """Give the space back. Raises NoLongerPossible when it is over, or was given back."""
    now = now or timezone.now()
    with transaction.atomic():
        booking = _locked(booking)
        if not booking.holds or booking.has_ended(now):
            raise NoLongerPossible
        return _becomes(booking, BookingAct.CANCELLED, author, reason, now)


def answer_request(
    *,
    booking: Booking,
    is_accepted: bool,
    author: User,
    reason: str = "",
    now: datetime | None = None,
) -> Booking:
    """The manager's answer to a request. Raises NoLongerPossible when it waits for none any more.

    Its deadline counts, not the minute when `expire_requests` happens to come round.
    """
    now = now or timezone.now()
    with transaction.atomic():
        booking = _locked(booking)
        if not booking.waits_for_answer(now):
            raise NoLongerPossible
        act = BookingAct.APPROVED if is_accepted else BookingAct.REFUSED
        return _becomes(booking, act, author, reason, now)


def expire_requests(*, now: datetime | None = None) -> list[Booking]:
    """Requests that nobody answered in time give their space back; those that did."""
    now = now or timezone.now()
    with transaction.atomic():
        overdue = Booking.objects.overdue(now).with_all_told()
        rows = list(overdue.select_for_update(of=("self",), no_key=True, skip_locked=True))
        return [_becomes(row, BookingAct.EXPIRED, None, "", now) for row in rows]


def move_booking(
    *,
    booking: Booking,
    spaces: Sequence[Space],
    slot: Slot,
    author: User,
    now: datetime | None = None,
) -> Booking:
    """Hold another period, in the same space if it is free then, else in the first of `spaces`.

    Same rules as a new booking: what its holder moves into a space on approval is asked for anew,
    what the manager moves stays as it is. Raises a BookingRefusal, and the booking stays as it was:
    NoLongerPossible when it has begun or was given back, SlotTaken when none is free.
    """
    now = now or timezone.now()
    telecentre = booking.space.telecentre
    allowed = check_slot(
        telecentre=telecentre, spaces=spaces, slot=slot, people=booking.people, now=now
    )
    allowed.sort(key=lambda space: space.pk != booking.space_id)
    return move_into(booking=booking, spaces=allowed, slot=slot, author=author, now=now)


def move_into(
    *,
    booking: Booking,
    spaces: Sequence[Space],
    slot: Slot,
    author: User,
    now: datetime,
    reason: str = "",
) -> Booking:
    """The move itself, of a slot that the rules allow. Raises NoLongerPossible, SlotTaken."""
    said = {"at": now, "author": author, "reason": reason}
    return once_more_on_deadlock(lambda: _move(booking, spaces, slot, said))


def _move(booking: Booking, spaces: Sequence[Space], slot: Slot, said: dict[str, Any]) -> Booking:
    now = said["at"]
    with transaction.atomic():
        _lock_spaces({booking.space_id, *(space.pk for space in spaces)})
        booking = _locked(booking)
        if booking.state not in BookingState.of_someone() or booking.has_begun(now):
            raise NoLongerPossible
        former_space, former_period = booking.space, booking.period
        is_own = said["author"].pk == booking.holder_id
        if not any(_enters(booking, space, slot, now, is_own=is_own) for space in spaces):
            raise SlotTaken
        BookingChange.objects.create(
            booking=booking,
            act=BookingAct.MOVED,
            former_space=former_space,
            former_period=former_period,
            **said,
        )
        if is_own and booking.answer_before:
            tell_holder(booking, BookingAct.REQUESTED)
            ask_managers(booking, booking.answer_before)
        else:
            tell_holder(booking, BookingAct.MOVED)
    return booking


def _enters(booking: Booking, space: Space, slot: Slot, now: datetime, *, is_own: bool) -> bool:
    """Whether it now holds the slot there; otherwise nothing has changed."""
    values: dict[str, Any] = {
        "space": space,
        "period": DateTimeTZRange(slot.start, slot.end),
        "occupied": DateTimeTZRange(slot.start - space.before, slot.end + space.after),
        "sequence": booking.sequence + 1,
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


def _becomes(
    booking: Booking, act: BookingAct, author: User | None, reason: str, now: datetime
) -> Booking:
    booking.state, booking.sequence = act.leads_to, booking.sequence + 1
    booking.save(update_fields=["state", "sequence"])
    booking.changes.create(act=act, at=now, author=author, reason=reason)
    tell_holder(booking, act, reason)
    return booking


def _locked(booking: Booking) -> Booking:
    """As it stands now, until the transaction ends."""
    rows = Booking.objects.with_all_told()
    return rows.select_for_update(of=("self",), no_key=True).get(pk=booking.pk)


def _lock_spaces(keys: set[int]) -> None:
    """Whoever locks several does it in the order of their keys."""
    rows = Space.objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
