"""Which bookings a change of hours leaves outside: never dropped, always told."""

from datetime import datetime

from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.errors import OutsideHours
from telecentres.domain.open_days import opening_of
from telecentres.domain.rules import check_hours
from telecentres.enums import TelecentreState
from telecentres.models import Booking, Telecentre


def bookings_outside_hours(*, telecentre: Telecentre, now: datetime) -> list[Booking]:
    """Those to come that nobody could make any more, the soonest first.

    All of them when the place is closed, or only planned.
    """
    here = Booking.objects.filter(space__telecentre=telecentre).promised().to_come(now)
    bookings = list(here.with_all_told().order_by("period"))
    if telecentre.state != TelecentreState.OPEN or not bookings:
        return bookings
    last = max(booking.period.upper for booking in bookings)
    opening = opening_of(telecentre, day_of(bookings[0].period.lower), day_of(last))

    def is_outside(booking: Booking) -> bool:
        try:
            check_hours(opening, Slot.of(booking.period))
        except OutsideHours:
            return True
        return False

    return [booking for booking in bookings if is_outside(booking)]
