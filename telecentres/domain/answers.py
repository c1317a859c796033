"""What becomes of a booking once it is taken: answered, given back, come to."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from comptes.models import User
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import NoLongerPossible
from telecentres.domain.holds import forget_hold
from telecentres.domain.letters import ask_managers, tell_holder
from telecentres.domain.locks import lock_booking
from telecentres.domain.quotes import charge, lock_means
from telecentres.domain.rules import request_deadline
from telecentres.domain.waiting import close_offer, offer_freed
from telecentres.enums import BookingAct, BookingState
from telecentres.models import Booking


def cancel_booking(
    *,
    booking: Booking,
    author: User | None,
    reason: str = "",
    is_told: bool = True,
    now: datetime | None = None,
) -> Booking:
    """Give the space back; what was only offered is declined, or withdrawn by anybody else.

    `is_told` False where whoever cancels several tells their holder of them all. Raises
    NoLongerPossible when it is over, or was given back.
    """
    now = now or timezone.now()
    with transaction.atomic():
        booking = lock_booking(booking)
        if not booking.holds or booking.has_ended(now):
            raise NoLongerPossible
        act = BookingAct.CANCELLED
        if booking.state == BookingState.OFFERED:
            is_own = author is not None and author.pk == booking.holder_id
            act = BookingAct.DECLINED if is_own else BookingAct.LAPSED
        return _becomes(booking, act, author, reason, now, is_told=is_told)


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
        booking = lock_booking(booking)
        if booking.state != BookingState.OFFERED or not booking.may_be_answered(now):
            raise NoLongerPossible
        asks = booking.space.needs_approval
        booking.answer_before = request_deadline(Slot.of(booking.period), now) if asks else None
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
    """The manager's answer to a request. Raises NoLongerPossible when it waits for none any more.

    Its deadline counts, not the minute when `expire_requests` happens to come round.
    """
    now = now or timezone.now()
    with transaction.atomic():
        booking = lock_booking(booking)
        if not booking.waits_for_answer(now):
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
        booking = lock_booking(booking)
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
        booking = lock_booking(booking)
        if not booking.is_current(now):
            raise NoLongerPossible
        if booking.checked_in_at:
            return booking
        booking.changes.create(act=BookingAct.CHECKED_IN, at=now, author=author)
        booking.checked_in_at = now
        booking.save(update_fields=["checked_in_at"])
    return booking


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
        booking = lock_booking(booking)
        if not Booking.objects.unclaimed(now).filter(pk=booking.pk).exists():
            return None
        return _becomes(booking, BookingAct.NO_SHOW, None, "", now)


def _becomes(
    booking: Booking,
    act: BookingAct,
    author: User | None,
    reason: str,
    now: datetime,
    *,
    is_told: bool = True,
) -> Booking:
    was_offered = booking.state == BookingState.OFFERED
    booking.state, booking.sequence = act.leads_to, booking.sequence + 1
    booking.save(update_fields=["state", "sequence", "answer_before"])
    booking.changes.create(act=act, at=now, author=author, reason=reason)
    if was_offered:
        close_offer(booking, act)
        forget_hold(booking)
    if is_told:
        tell_holder(booking, act, reason)
    if not booking.holds:
        offer_freed(space=booking.space, period=booking.occupied, now=now)
    return booking
