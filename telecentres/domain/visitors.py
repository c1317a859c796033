"""Book without account: a place is held, then its asker's once they confirm from their mailbox.

Whoever reads the mail of an address is its holder: the booking goes to the account of that address,
opened then if there is none. An address that was only typed is nobody: nothing is looked up of it,
and the booking has no holder. What is held is a booking in the state “offered”, that the constraint
and the expiry of offers take care of; how many there are at once is counted, so that a stranger
does not close a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from comptes.domain.accounts import known_account, light_account
from courrier.domain.substitution import one_line
from jetons.domain.errors import LinkUnknown
from jetons.domain.links import issue_link, read_link, spend_link
from jetons.models import PersonalLink
from telecentres.domain.addresses import FOLLOW, link_subject
from telecentres.domain.answers import accept_offer
from telecentres.domain.audience import open_to
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.errors import (
    AccountNeeded,
    BookingRefusal,
    NotBookable,
    TooLate,
    TooLongForVisitor,
    TooManyHeld,
)
from telecentres.domain.letters import ask_to_confirm
from telecentres.domain.locks import lock_booking, lock_place
from telecentres.domain.prices import Quote
from telecentres.domain.quotes import lock_means, quote
from telecentres.domain.rules import at_once_first, check_slot
from telecentres.domain.taking import take_first_free
from telecentres.enums import BookingAct, BookingOrigin, SpaceKind
from telecentres.models import Booking, Space, Telecentre, VisitorHold
from telecentres.personal import HELD_FOR
from telecentres.querysets import BookingQuerySet
from territoires.domain.brand import site_address

# The purpose of the link that confirms.
CONFIRM = "reservation-a-confirmer"
# Time to go and read one's mail: nothing is held of what begins sooner.
SHORTEST_ANSWER = timedelta(minutes=5)
LONGEST_VISIT = timedelta(days=7)
# Held at once, and not confirmed.
MOST_OF_ADDRESS = 2
MOST_OF_PLACE = 5


@dataclass(frozen=True)
class Visitor:
    """What someone says of themselves: unproven, until they read the mail of the address."""

    email: str
    first_name: str
    last_name: str
    language: str = "fr"


def hold_for_visitor(
    *,
    telecentre: Telecentre,
    spaces: Sequence[Space],
    slot: Slot,
    visitor: Visitor,
    people: int = 1,
    note: str = "",
    now: datetime | None = None,
) -> Booking:
    """Hold the first free one of `spaces` for half an hour, and write to the visitor to confirm.

    Under the rules of every booking. Raises a BookingRefusal: see `check_slot`, `open_to_visitors`;
    TooLate when it begins before anybody could confirm; TooManyHeld; SlotTaken when none is free.
    """
    now = now or timezone.now()
    allowed = check_slot(telecentre=telecentre, spaces=spaces, slot=slot, people=people, now=now)
    allowed = open_to_visitors(telecentre, allowed, slot)
    if slot.start - now < SHORTEST_ANSWER:
        raise TooLate(int(SHORTEST_ANSWER.total_seconds() / 60))
    with transaction.atomic():
        # One at a time: they are counted before they are written.
        lock_place(telecentre.pk)
        _check_number(telecentre, visitor.email, now)
        booking = _take(telecentre, allowed, slot, people, now)
        hold = VisitorHold(
            booking=booking,
            email=visitor.email,
            first_name=one_line(visitor.first_name),
            last_name=one_line(visitor.last_name),
            language=visitor.language,
            note=note,
            asked_at=now,
        )
        hold.mail = ask_to_confirm(hold, _confirm_address(booking, now))
        hold.save()
    return booking


def open_to_visitors(telecentre: Telecentre, spaces: Sequence[Space], slot: Slot) -> list[Space]:
    """Those of `spaces` that one may book without account; at least one.

    Raises AccountNeeded, TooLongForVisitor or NotForYou.
    """
    if not telecentre.takes_visitors:
        raise AccountNeeded
    if slot.length > LONGEST_VISIT:
        raise TooLongForVisitor
    return open_to(spaces, AnonymousUser(), day_of(slot.start))


def is_open_to_visitors(telecentre: Telecentre, spaces: Sequence[Space], slot: Slot) -> bool:
    try:
        return bool(open_to_visitors(telecentre, spaces, slot))
    except BookingRefusal:
        return False


def hold_of_link(*, token: str) -> VisitorHold:
    """What a link asks to confirm. Raises LinkRefused."""
    link = read_link(purpose=CONFIRM, token=token)
    booking = _booking_of(link, Booking.objects.all())
    if hold := VisitorHold.objects.filter(booking=booking).first():
        hold.booking = booking
        return hold
    raise LinkUnknown


def quote_of_hold(hold: VisitorHold) -> Quote | None:
    """What it costs whoever reads the mail of that address: with their groups, if they have any."""
    booking = hold.booking
    return quote(
        telecentre=booking.space.telecentre,
        kind=SpaceKind(booking.space.kind),
        slot=Slot.of(booking.period),
        holder=known_account(email=hold.email),
        besides=booking,
    )


def confirm_hold(
    *, token: str, agreed: Decimal | None = None, now: datetime | None = None
) -> Booking:
    """What is held becomes theirs, or asks the manager where one must; the link is spent.

    `agreed` is the price shown before, in euros. Raises LinkRefused; NotBookable for an account
    that was closed; NoLongerPossible when the time to confirm is over; PriceChanged. The link then
    stays good.
    """
    now = now or timezone.now()
    with transaction.atomic():
        hold = hold_of_link(token=token)
        spend_link(purpose=CONFIRM, token=token)
        holder = light_account(
            email=hold.email,
            first_name=hold.first_name,
            last_name=hold.last_name,
            language=hold.language,
        )
        if not holder.is_active:
            raise NotBookable
        lock_means(hold.booking.space.telecentre, holder)
        booking = lock_booking(hold.booking)
        booking.holder, booking.note = holder, hold.note
        booking.save(update_fields=["holder", "note"])
        return accept_offer(booking=booking, agreed=agreed, now=now)


def booking_of_link(*, token: str) -> Booking:
    """Whose booking a personal link follows; the link stays good until its day.

    Raises LinkRefused; LinkUnknown too once its holder is erased, or their account closed.
    """
    link = read_link(purpose=FOLLOW, token=token)
    return _booking_of(link, Booking.objects.filter(holder__is_active=True))


def _booking_of(link: PersonalLink, bookings: BookingQuerySet) -> Booking:
    """That of `bookings` which the link is about. Raises LinkUnknown."""
    key = link.subject.removeprefix("reservation:")
    if booking := bookings.with_all_told().filter(pk=key).first():
        return booking
    raise LinkUnknown


def _check_number(telecentre: Telecentre, email: str, now: datetime) -> None:
    running = VisitorHold.objects.running(now)
    here = running.filter(booking__space__telecentre=telecentre)
    if running.filter(email=email).count() >= MOST_OF_ADDRESS or here.count() >= MOST_OF_PLACE:
        raise TooManyHeld


def _take(
    telecentre: Telecentre, spaces: Sequence[Space], slot: Slot, people: int, now: datetime
) -> Booking:
    """Nobody's yet; at once where one may, on approval where nothing else is free."""
    key = take_first_free(
        spaces=at_once_first(spaces),
        slot=slot,
        act=BookingAct.HELD,
        territory=telecentre.territory_id,
        holder=None,
        people=people,
        origin=BookingOrigin.VISITOR,
        note="",
        answer_before=min(now + HELD_FOR, slot.start),
        author=None,
        now=now,
    )
    return Booking.objects.with_all_told().get(pk=key)


def _confirm_address(booking: Booking, now: datetime) -> str:
    """Good for as long as the place is held."""
    lasts = (booking.answer_before or booking.period.lower) - now
    token = issue_link(purpose=CONFIRM, subject=link_subject(booking), lasts=lasts)
    path = reverse("confirm-visit", args=[token])
    return f"{site_address(booking.territory)}{path}"
