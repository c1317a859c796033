"""Who stands in front of a space, and what they may say there: of their own bookings alone."""

from dataclasses import dataclass
from datetime import datetime

from telecentres.enums import BookingState
from telecentres.models import Booking, Space
from territoires.scoping import Anyone


@dataclass(frozen=True)
class Arrival:
    """The bookings of one person around a moment, as seen from one space of the place."""

    # Here; the next one once they have come to the one in progress.
    here: Booking | None
    # Here, given back since nobody came in time.
    given_up: Booking | None
    # Beside, in the same place.
    elsewhere: tuple[Booking, ...]


def arrival_of(user: Anyone, space: Space, now: datetime) -> Arrival:
    """In one query; none for a visitor without account, who holds nothing."""
    theirs = Booking.objects.held_by(user).filter(
        space__telecentre=space.telecentre_id,
        state__in=[BookingState.CONFIRMED, BookingState.NO_SHOW],
    )
    found = list(theirs.at_hand(now).with_all_told().order_by("period", "pk"))
    given_up = [each for each in found if each.state == BookingState.NO_SHOW]
    confirmed = [each for each in found if each.state == BookingState.CONFIRMED]
    here = [each for each in confirmed if each.space_id == space.pk]
    here.sort(key=lambda booking: booking.checked_in_at is not None)
    return Arrival(
        here=next(iter(here), None),
        given_up=next((each for each in given_up if each.space_id == space.pk), None),
        elsewhere=tuple(each for each in confirmed if each.space_id != space.pk),
    )
