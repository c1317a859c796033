"""A mail the day before, to whoever booked long enough ago to have forgotten."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from telecentres.domain.letters import tell_holder
from telecentres.domain.locks import lock_place
from telecentres.domain.series_letters import remind_of_all
from telecentres.enums import BookingAct, BookingOrigin
from telecentres.models import Booking, BookingChange


def send_reminders(*, now: datetime | None = None) -> list[Booking]:
    """Write to the holders of what begins within a day (REMINDED_BEFORE); those reminded of.

    One mail and one transaction for each holder at each place. The reminder is written in the
    booking's history, which is what keeps it from being sent twice.
    """
    now = now or timezone.now()
    pairs = Booking.objects.to_remind(now).values_list("holder", "space__telecentre")
    reminded: list[Booking] = []
    for holder, telecentre in set(pairs):
        reminded += _remind(holder, telecentre, now)
    return reminded


def _remind(holder: int, telecentre: int, now: datetime) -> list[Booking]:
    """Empty when all were given back, moved or told of meanwhile."""
    with transaction.atomic():
        lock_place(telecentre)
        theirs = Booking.objects.to_remind(now).filter(holder=holder, space__telecentre=telecentre)
        bookings = list(theirs.with_all_told().order_by("period", "pk"))
        BookingChange.objects.bulk_create(
            BookingChange(booking=booking, act=BookingAct.REMINDED, at=now) for booking in bookings
        )
        # Each booking without account is seen by a link of its own.
        visits = [one for one in bookings if one.origin == BookingOrigin.VISITOR]
        for visit in visits:
            tell_holder(visit, BookingAct.REMINDED)
        own = [one for one in bookings if one not in visits]
        if own and (person := own[0].holder):
            remind_of_all(person, own)
    return bookings
