"""Wait for a place where everything is taken: first come, first offered.

Each kind of space of a place has its line. What comes free is offered to the first whom it fits,
and really held for them until they answer: a booking of its own state, that the constraint guards
like any other. Whoever joins a line, leaves it or gives a space back locks the place first, so that
nobody joins while what they wait for comes free, and two spaces given back at once go to two.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from comptes.models import User
from telecentres.domain.audience import open_to
from telecentres.domain.availability import Plan, bookable_then, find_free, read_plan
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.errors import (
    AlreadyWaiting,
    NoLongerPossible,
    NotForYou,
    SlotTaken,
    StillFree,
    TooLateToWait,
)
from telecentres.domain.letters import tell_holder
from telecentres.domain.locks import lock_place
from telecentres.domain.rules import at_once_first
from telecentres.domain.taking import take_first_free
from telecentres.enums import BookingAct, BookingOrigin, SpaceKind, WaitState
from telecentres.models import Booking, Space, Telecentre, Wait
from telecentres.querysets import LONGEST_BUFFER

# An offer is answered before that…
OFFER_LASTS = timedelta(hours=24)
# … and so long before its slot, or earlier where the space asks for more notice: whoever comes
# next is told in time.
MARGIN = timedelta(hours=1)
# Nobody is asked to answer quicker.
SHORTEST_ANSWER = timedelta(minutes=30)

# What the answer to an offer makes of the wait.
OUTCOMES = {
    BookingAct.BOOKED: WaitState.TAKEN,
    BookingAct.REQUESTED: WaitState.TAKEN,
    BookingAct.DECLINED: WaitState.LEFT,
    BookingAct.LAPSED: WaitState.LAPSED,
}


def is_worth_waiting(slot: Slot, now: datetime) -> bool:
    """Whether somebody could still be offered it, and answer."""
    return now + MARGIN + SHORTEST_ANSWER <= slot.start


def join_line(
    *,
    telecentre: Telecentre,
    kind: SpaceKind,
    slot: Slot,
    holder: User,
    people: int = 1,
    now: datetime | None = None,
) -> Wait:
    """Ask to be told when a space of that kind comes free for the slot.

    Raises a BookingRefusal: what stands in the way of any booking of the slot (see `check_slot`),
    NotForYou, StillFree, AlreadyWaiting or TooLateToWait.
    """
    now = now or timezone.now()
    with transaction.atomic():
        place = lock_place(telecentre.pk)
        spaces = open_to(_spaces(place, kind), holder, day_of(slot.start))
        with suppress(SlotTaken):
            find_free(telecentre=place, spaces=spaces, slot=slot, people=people, now=now)
            raise StillFree
        if not is_worth_waiting(slot, now):
            raise TooLateToWait
        wish = {
            "holder": holder,
            "telecentre": place,
            "kind": kind,
            "period": slot.period,
        }
        if Wait.objects.open().filter(**wish).exists():
            raise AlreadyWaiting
        return Wait.objects.create(
            **wish, territory_id=place.territory_id, people=people, asked_at=now
        )


def leave_line(*, wait: Wait) -> None:
    """Wait no more. Raises NoLongerPossible when a place was offered meanwhile, or it is over."""
    with transaction.atomic():
        lock_place(wait.telecentre_id)
        waiting = Wait.objects.filter(pk=wait.pk, state=WaitState.WAITING)
        if not waiting.update(state=WaitState.LEFT):
            raise NoLongerPossible


def offer_freed(*, space: Space, period: DateTimeTZRange, now: datetime) -> list[Booking]:
    """Offer what a booking held and gives back, in its transaction, its place locked.

    `period` is all that it occupied. What is free beside it may make an offer longer.
    """
    near = DateTimeTZRange(period.lower - LONGEST_BUFFER, period.upper + LONGEST_BUFFER)
    kind = SpaceKind(space.kind)
    line = Wait.objects.in_line(now).filter(telecentre=space.telecentre_id, kind=kind)
    return _serve(space.telecentre, kind, list(line.filter(period__overlap=near)), now)


def serve_lines(*, now: datetime | None = None) -> list[Booking]:
    """Offer what came free by another way: a space added, longer hours, someone erased."""
    now = now or timezone.now()
    lines = Wait.objects.in_line(now).order_by("telecentre", "kind")
    found = lines.values_list("telecentre", "kind").distinct()
    return [offer for key, kind in found for offer in _serve_line(key, SpaceKind(kind), now)]


def close_offer(booking: Booking, act: BookingAct) -> None:
    """What was offered is answered: whoever it was offered to waits no more."""
    Wait.objects.filter(booking=booking).update(state=OUTCOMES[act])


def _serve_line(key: int, kind: SpaceKind, now: datetime) -> list[Booking]:
    with transaction.atomic():
        place = lock_place(key)
        line = Wait.objects.in_line(now).filter(telecentre=place, kind=kind)
        return _serve(place, kind, list(line), now)


def _serve(place: Telecentre, kind: SpaceKind, line: list[Wait], now: datetime) -> list[Booking]:
    """One offer to each whom it fits, in their order; read once, however long the line."""
    if not line or not place.is_bookable:
        return []
    first = min(day_of(wait.period.lower) for wait in line)
    last = max(day_of(wait.period.upper) for wait in line)
    plan = read_plan(place, _spaces(place, kind), first, last)
    offers = (_offer(plan, wait, now) for wait in line)
    return [offer for offer in offers if offer]


def _offer(plan: Plan, wait: Wait, now: datetime) -> Booking | None:
    """Hold a space for them; None when nothing fits, or there is no time left to answer."""
    slot = Slot.of(wait.period)
    spaces = bookable_then(plan, slot, wait.people, now)
    if not spaces:
        return None
    try:
        key = _take(wait, open_to(spaces, wait.holder, day_of(slot.start)), now)
    except (SlotTaken, NotForYou):
        return None
    booking = Booking.objects.with_all_told().get(pk=key)
    wait.state, wait.booking = WaitState.OFFERED, booking
    wait.save(update_fields=["state", "booking"])
    plan.hold(booking.space_id, Slot.of(booking.occupied))
    tell_holder(booking, BookingAct.OFFERED)
    return booking


def _take(wait: Wait, spaces: list[Space], now: datetime) -> int:
    """The key of the booking that keeps a space for them, at once where one may.

    Raises SlotTaken: somebody books the last one in this very second, too.
    """
    slot = Slot.of(wait.period)
    notice = max(timedelta(minutes=space.notice) for space in spaces)
    deadline = min(now + OFFER_LASTS, slot.start - max(MARGIN, notice))
    if deadline < now + SHORTEST_ANSWER:
        raise SlotTaken
    return take_first_free(
        spaces=at_once_first(spaces),
        slot=slot,
        act=BookingAct.OFFERED,
        territory=wait.territory_id,
        holder=wait.holder_id,
        people=wait.people,
        origin=BookingOrigin.SITE,
        note="",
        answer_before=deadline,
        author=None,
        now=now,
    )


def _spaces(place: Telecentre, kind: SpaceKind) -> list[Space]:
    return list(place.spaces.bookable().filter(kind=kind).smallest_first())
