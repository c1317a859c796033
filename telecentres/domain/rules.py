"""What may be booked, whoever asks and however: checked before anything is written.

The rule itself, one booking at a time in a space, is the database's.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from telecentres.domain import errors
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.open_days import Opening, opening_of
from telecentres.models import Space, Telecentre
from telecentres.querysets import LONGEST

# What one may ask for at once: more than any room of ours, and a number that a column holds.
MOST_PEOPLE = 500
# How many interchangeable spaces one may ask for together; no more than there are, either.
MOST_SPACES = 10
# A request is answered before that, and before the booking begins.
ANSWER_WITHIN = timedelta(days=2)


def check_slot(
    *,
    telecentre: Telecentre,
    spaces: Sequence[Space],
    slot: Slot,
    people: int,
    now: datetime,
    opening: Opening | None = None,
) -> list[Space]:
    """Those of `spaces` that the rules let someone book for `slot`; at least one.

    `opening`, where it was read for more days than these. Raises the refusal (a BookingRefusal)
    that stands in the way of all of them: the place, the slot itself, what each space asks for,
    then the hours, which take a query.
    """
    if not telecentre.is_bookable:
        raise errors.NotBookable
    check_length(slot)
    if slot.start < now:
        raise errors.InThePast
    allowed = allowed_spaces(spaces, slot, people, now)
    opening = opening or opening_of(telecentre, day_of(slot.start), day_of(slot.end))
    check_hours(opening, slot)
    return allowed


def check_length(slot: Slot) -> None:
    """Raises EndsBeforeStart or TooLong."""
    if slot.end <= slot.start:
        raise errors.EndsBeforeStart
    if slot.length > LONGEST:
        raise errors.TooLong


def allowed_spaces(spaces: Sequence[Space], slot: Slot, people: int, now: datetime) -> list[Space]:
    """Those that hold so many people, and whose notice and horizon the slot respects.

    Raises NotBookable, TooManyPeople, TooLate or TooEarly when there is none.
    """
    bookable = [space for space in spaces if space.is_bookable]
    if not bookable:
        raise errors.NotBookable
    large = [space for space in bookable if people <= space.capacity]
    if not large:
        raise errors.TooManyPeople(max(space.capacity for space in bookable))
    ahead = slot.start - now
    soon = [space for space in large if ahead >= timedelta(minutes=space.notice)]
    if not soon:
        raise errors.TooLate(min(space.notice for space in large))
    near = [space for space in soon if ahead <= timedelta(days=space.horizon)]
    if not near:
        raise errors.TooEarly(max(space.horizon for space in soon))
    return near


def at_once_first(spaces: Sequence[Space]) -> list[Space]:
    """Those that need no answer before the others, each in the order given."""
    return sorted(spaces, key=lambda space: space.needs_approval)


def check_hours(opening: Opening, slot: Slot) -> None:
    """One comes and leaves while the place is open; a lunch break or nights may lie between.

    Raises OutsideHours.
    """
    comes, leaves = opening.on(day_of(slot.start)), opening.on(day_of(slot.end))
    if not any(each.start <= slot.start < each.end for each in comes.ranges):
        raise errors.OutsideHours(comes.why)
    if not any(each.start < slot.end <= each.end for each in leaves.ranges):
        raise errors.OutsideHours(leaves.why)


def request_deadline(slot: Slot, now: datetime) -> datetime:
    """Until when a request made now waits for its answer."""
    return min(now + ANSWER_WITHIN, slot.start)
