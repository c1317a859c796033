"""One class per refusal; each interface says it in its own way."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telecentres.models import Booking


class TelecentreRefusal(Exception):
    """An act on a telecentre that the rules forbid."""


class OutsideTerritory(TelecentreRefusal):
    """The commune is not one of the territory's."""


class NoKnownPosition(TelecentreRefusal):
    """Neither a point nor a commune whose centre is known: nothing to show on the map."""


class HoursOverlap(TelecentreRefusal):
    """Two opening ranges of one day share a moment; carries that weekday."""


class NoSuchFeed(TelecentreRefusal):
    """No calendar to follow at that address: guessed, taken back, or no longer one's to see."""


# ---- Of a moment --------------------------------------------------------------------------------
class NoSuchTime(TelecentreRefusal):
    """The clocks jump over it: 02:30 on the night when summer time begins."""


class TimeTwice(TelecentreRefusal):
    """The clocks show it twice: 02:30 on the night when winter time begins."""


# ---- Of a booking -------------------------------------------------------------------------------
class BookingRefusal(TelecentreRefusal):
    """A booking that the rules forbid; nothing is written."""

    # Whether nothing is wrong with what was asked: something else stands in its way for now.
    is_conflict = False
    # Whether only what was added stands in the way: without it, the space could be booked.
    is_of_extra = False


class NotBookable(BookingRefusal):
    """The place or the space is shown, and is not booked on line."""


class EndsBeforeStart(BookingRefusal):
    """The end does not follow the beginning."""


class TooLong(BookingRefusal):
    """Longer than a booking may be."""


class InThePast(BookingRefusal):
    """It has begun already."""


@dataclass
class TooLate(BookingRefusal):
    """Too near: the space asks for some notice."""

    # Minutes.
    notice: int


@dataclass
class TooEarly(BookingRefusal):
    """Too far ahead."""

    # Days.
    horizon: int


@dataclass
class OutsideHours(BookingRefusal):
    """The place is closed when one would come or leave; `why` is what was said of the day."""

    why: str = ""


@dataclass
class TooManyPeople(BookingRefusal):
    # Of the largest space asked for.
    capacity: int


class SlotTaken(BookingRefusal):
    """Somebody is there, or just was quicker."""

    is_conflict = True


@dataclass
class NotEnough(BookingRefusal):
    """So many spaces at once were asked for, of which only these are free: none is taken."""

    free: int


@dataclass
class TooManyAtOnce(BookingRefusal):
    # Bookings, in one go.
    most: int


@dataclass
class SpacesTaken(BookingRefusal):
    """Somebody holds a part of what was to be closed."""

    is_conflict = True

    bookings: "tuple[Booking, ...]"


@dataclass
class NotForYou(BookingRefusal):
    """The space is kept for groups that the holder is not of."""

    # Their names.
    groups: tuple[str, ...]


class PriceChanged(BookingRefusal):
    """It costs something else than what was shown."""

    is_conflict = True


class StillFree(BookingRefusal):
    """Nobody has to wait for what one may book right now."""


class AlreadyWaiting(BookingRefusal):
    """One waits for that slot, or is offered a place for it."""

    is_conflict = True


class TooLateToWait(BookingRefusal):
    """It begins before anybody could be offered it and answer."""


class AccountNeeded(BookingRefusal):
    """Without account, nothing is booked in this place."""


class TooLongForVisitor(BookingRefusal):
    """Longer than what one may book without account."""


class TooManyHeld(BookingRefusal):
    """As many places as may be wait for someone to confirm them."""

    is_conflict = True


@dataclass
class NoSuchExtra(BookingRefusal):
    """The place does not offer it with that space, or no longer."""

    is_of_extra = True

    # Empty for what is no extra of the place.
    names: tuple[str, ...] = ()


@dataclass
class ExtraTooMany(BookingRefusal):
    is_of_extra = True

    name: str
    # In one booking, of so many people.
    most: int


@dataclass
class ExtraTooLate(BookingRefusal):
    is_of_extra = True

    name: str
    # Hours.
    notice: int


@dataclass
class ExtraTaken(BookingRefusal):
    """Others hold what is lent then."""

    is_conflict = True
    is_of_extra = True

    name: str
    left: int


class NoLongerPossible(BookingRefusal):
    """What is asked of a booking does not go with its state: it is over, cancelled, answered."""

    is_conflict = True
