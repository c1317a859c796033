"""Take a space for a time, whoever else wants it in the same second.

Two patterns keep two people apart. A new booking is inserted `ON CONFLICT DO NOTHING` against the
exclusion constraint: measured, it neither overlaps nor deadlocks. Whatever may give a space back, a
move too, locks its place first: what comes free is offered to whoever waits for it, in the same
transaction (`telecentres.domain.waiting`). The constraint is the last line of both, and of every
other way of writing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from psycopg.errors import ExclusionViolation

from comptes.models import User
from telecentres.domain.audience import open_to
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.errors import NoLongerPossible, NotBookable, SlotTaken
from telecentres.domain.letters import ask_managers, tell_holder
from telecentres.domain.quotes import charge, lock_means
from telecentres.domain.rules import check_length, check_slot
from telecentres.domain.taking import once_more_on_deadlock, take_first_free
from telecentres.domain.waiting import close_offer, lock_place, offer_freed
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
    agreed: Decimal | None = None,
    now: datetime | None = None,
) -> Booking:
    """Book the first free one of interchangeable `spaces`, all of `telecentre`, for `slot`.

    The booking is confirmed, or waits for the manager where the spaces ask for an approval.
    `author` is who writes it, the holder if not said; `agreed` the price shown before, in euros.
    Raises a BookingRefusal: see `check_slot` and `open_to`; SlotTaken when none is free;
    PriceChanged.
    """
    now = now or timezone.now()
    allowed = check_slot(telecentre=telecentre, spaces=spaces, slot=slot, people=people, now=now)
    allowed = open_to(allowed, holder, day_of(slot.start))
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
        lock_means(telecentre, holder)
        booking, act = _take_or_ask(allowed, values)
        charge(booking, agreed)
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
        booking = _at_the_counter(space, slot, BookingAct.BOOKED, author, note, now)
        return _is_there(booking, now)


def block_space(
    *, space: Space, slot: Slot, author: User, note: str = "", now: datetime | None = None
) -> Booking:
    """Keep a space for nobody, whatever its hours: works, a hire agreed elsewhere.

    Raises EndsBeforeStart, TooLong, and SlotTaken when somebody holds a part of it: their booking
    is moved or cancelled first, in full view.
    """
    return _at_the_counter(space, slot, BookingAct.BLOCKED, author, note, now or timezone.now())


def _at_the_counter(
    space: Space, slot: Slot, act: BookingAct, author: User, note: str, now: datetime
) -> Booking:
    """For nobody who has an account."""
    check_length(slot)
    with transaction.atomic():
        key = take_first_free(
            spaces=[space],
            slot=slot,
            act=act,
            territory=space.telecentre.territory_id,
            holder=None,
            people=1,
            origin=BookingOrigin.COUNTER,
            note=note,
            answer_before=None,
            author=author.pk,
            now=now,
        )
        booking = Booking.objects.with_all_told().get(pk=key)
        if act == BookingAct.BOOKED:
            charge(booking)
    return booking


def cancel_booking(
    *, booking: Booking, author: User | None, reason: str = "", now: datetime | None = None
) -> Booking:
    """Give the space back; what was only offered is declined, or withdrawn by anybody else.

    Raises NoLongerPossible when it is over, or was given back.
    """
    now = now or timezone.now()
    with transaction.atomic():
        booking = _locked(booking)
        if not booking.holds or booking.has_ended(now):
            raise NoLongerPossible
        act = BookingAct.CANCELLED
        if booking.state == BookingState.OFFERED:
            is_own = author is not None and author.pk == booking.holder_id
            act = BookingAct.DECLINED if is_own else BookingAct.LAPSED
        return _becomes(booking, act, author, reason, now)


def accept_offer(
    *, booking: Booking, agreed: Decimal | None = None, now: datetime | None = None
) -> Booking:
    """Whoever waited takes the place that is held for them, or asks for it where one must.

    `agreed` is the price shown before, in euros. Raises NoLongerPossible when it is answered
    already, or the time to answer is over; PriceChanged.
    """
    now = now or timezone.now()
    with transaction.atomic():
        lock_means(booking.space.telecentre, booking.holder)
        booking = _locked(booking)
        if booking.state != BookingState.OFFERED or not booking.may_be_answered(now):
            raise NoLongerPossible
        asks = booking.space.needs_approval
        booking.answer_before = _answer_before(Slot.of(booking.period), now) if asks else None
        act = BookingAct.REQUESTED if asks else BookingAct.BOOKED
        charge(booking, agreed)
        booking = _becomes(booking, act, booking.holder, "", now)
        if booking.answer_before:
            ask_managers(booking, booking.answer_before)
    return booking


def answer_request(
    *,
    booking: Booking,
    is_accepted: bool,
    author: User,
    reason: str = "",
    now: datetime | None = None,
) -> Booking:
    """The manager's answer to a request. Raises NoLongerPossible when it waits for none."""
    now = now or timezone.now()
    with transaction.atomic():
        booking = _locked(booking)
        if booking.state != BookingState.REQUESTED:
            raise NoLongerPossible
        act = BookingAct.APPROVED if is_accepted else BookingAct.REFUSED
        return _becomes(booking, act, author, reason, now)


def expire_requests(*, now: datetime | None = None) -> list[Booking]:
    """Requests and offers that nobody answered in time give their space back; those that did.

    One transaction each: no two places are ever locked together.
    """
    now = now or timezone.now()
    overdue = Booking.objects.overdue(now).with_all_told()
    return [expired for row in overdue if (expired := _expire(row, now))]


def _expire(booking: Booking, now: datetime) -> Booking | None:
    """None when it was answered meanwhile."""
    with transaction.atomic():
        booking = _locked(booking)
        if booking.state not in BookingState.awaiting() or booking.may_be_answered(now):
            return None
        is_offer = booking.state == BookingState.OFFERED
        act = BookingAct.LAPSED if is_offer else BookingAct.EXPIRED
        return _becomes(booking, act, None, "", now)


def check_in(*, booking: Booking, author: User, now: datetime | None = None) -> Booking:
    """The holder is there, by their own word or the manager's. Said twice, it is written once.

    Raises NoLongerPossible when the booking is not confirmed, is over, or begins later than in a
    few minutes (COMES_EARLY).
    """
    now = now or timezone.now()
    with transaction.atomic():
        booking = _locked(booking)
        if not booking.is_current(now):
            raise NoLongerPossible
        if booking.checked_in_at:
            return booking
        booking.changes.create(act=BookingAct.CHECKED_IN, at=now, author=author)
        return _is_there(booking, now)


def release_unclaimed(*, now: datetime | None = None) -> list[Booking]:
    """Bookings that nobody came to give their space back, where it waits so long; those that did.

    One transaction each: no two places are ever locked together.
    """
    now = now or timezone.now()
    unclaimed = Booking.objects.unclaimed(now).with_all_told()
    return [released for row in unclaimed if (released := _release(row, now))]


def _release(booking: Booking, now: datetime) -> Booking | None:
    """None when someone came meanwhile."""
    with transaction.atomic():
        booking = _locked(booking)
        if not Booking.objects.unclaimed(now).filter(pk=booking.pk).exists():
            return None
        return _becomes(booking, BookingAct.NO_SHOW, None, "", now)


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
    at the price of the new moment; what the manager moves stays as it is, price included. Raises a
    BookingRefusal, and the booking stays as it was: NoLongerPossible when it has begun or was given
    back, SlotTaken when none is free.
    """
    now = now or timezone.now()
    telecentre = booking.space.telecentre
    allowed = check_slot(
        telecentre=telecentre, spaces=spaces, slot=slot, people=booking.people, now=now
    )
    if author.pk == booking.holder_id:
        allowed = open_to(allowed, author, day_of(slot.start))
    allowed.sort(key=lambda space: space.pk != booking.space_id)
    return once_more_on_deadlock(lambda: _move(booking, allowed, slot, author, agreed, now))


def _move(
    booking: Booking,
    spaces: Sequence[Space],
    slot: Slot,
    author: User,
    agreed: Decimal | None,
    now: datetime,
) -> Booking:
    with transaction.atomic():
        lock_means(booking.space.telecentre, booking.holder)
        booking = _locked(booking)
        if booking.state not in BookingState.of_someone() or booking.has_begun(now):
            raise NoLongerPossible
        former_space, former_period = booking.space, booking.period
        freed = booking.occupied
        is_own = author.pk == booking.holder_id
        if not any(_enters(booking, space, slot, now, is_own=is_own) for space in spaces):
            raise SlotTaken
        if is_own:
            charge(booking, agreed)
        BookingChange.objects.create(
            booking=booking,
            act=BookingAct.MOVED,
            at=now,
            author=author,
            former_space=former_space,
            former_period=former_period,
        )
        if is_own and booking.answer_before:
            tell_holder(booking, BookingAct.REQUESTED)
            ask_managers(booking, booking.answer_before)
        else:
            tell_holder(booking, BookingAct.MOVED)
        offer_freed(space=former_space, period=freed, now=now)
    return booking


def _enters(booking: Booking, space: Space, slot: Slot, now: datetime, *, is_own: bool) -> bool:
    """Whether it now holds the slot there; otherwise nothing has changed."""
    values: dict[str, Any] = {
        "space": space,
        "period": DateTimeTZRange(slot.start, slot.end),
        "occupied": DateTimeTZRange(slot.start - space.before, slot.end + space.after),
        "sequence": booking.sequence + 1,
        # Whoever had come early comes anew.
        "checked_in_at": None,
    }
    if is_own:
        asks = space.needs_approval
        values["state"] = BookingState.REQUESTED if asks else BookingState.CONFIRMED
        values["answer_before"] = _answer_before(slot, now) if asks else None
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


def _is_there(booking: Booking, now: datetime) -> Booking:
    booking.checked_in_at = now
    booking.save(update_fields=["checked_in_at"])
    return booking


def _becomes(
    booking: Booking, act: BookingAct, author: User | None, reason: str, now: datetime
) -> Booking:
    was_offered = booking.state == BookingState.OFFERED
    booking.state, booking.sequence = act.leads_to, booking.sequence + 1
    booking.save(update_fields=["state", "sequence", "answer_before"])
    booking.changes.create(act=act, at=now, author=author, reason=reason)
    if was_offered:
        close_offer(booking, act)
    tell_holder(booking, act, reason)
    if not booking.holds:
        offer_freed(space=booking.space, period=booking.occupied, now=now)
    return booking


def _locked(booking: Booking) -> Booking:
    """As it stands now, until the transaction ends; its place is locked before it."""
    lock_place(booking.space.telecentre_id)
    rows = Booking.objects.with_all_told()
    return rows.select_for_update(of=("self",), no_key=True).get(pk=booking.pk)
