"""What is written about several bookings at once, made, given back or to come: one mail."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import override

from comptes.models import User
from courrier.domain.calendars import calendar_file
from courrier.domain.messages import Message
from courrier.domain.outbox import write_mail
from courrier.domain.substitution import Line
from telecentres import messages
from telecentres.domain.addresses import all_own_address, office_address, own_address
from telecentres.domain.calendar import Slot, when_in_words
from telecentres.domain.calendar_entries import event_of
from telecentres.domain.errors import BookingRefusal
from telecentres.domain.letters import managers_of
from telecentres.domain.refusals import explain
from telecentres.models import Booking
from territoires.domain.brand import brand_of

Lost = Sequence[tuple[Slot, BookingRefusal]]


def tell_of_series(holder: User, bookings: Sequence[Booking], lost: Lost) -> None:
    """To their holder, with every calendar entry; to the managers, whom some of them may wait for.

    `lost`: what could not be booked, and why.
    """
    with override(holder.language):
        _tell(messages.SERIES, holder, bookings, manquees=_not_booked(lost))
    if requests := [booking for booking in bookings if booking.answer_before]:
        for manager in managers_of(bookings[0].space.telecentre):
            with override(manager.language):
                _ask(requests, manager)


def tell_series_cancelled(holder: User, bookings: Sequence[Booking]) -> None:
    """To their holder: one mail, that takes every entry out of their calendar."""
    with override(holder.language):
        _tell(messages.SERIES_CANCELLED, holder, bookings)


def remind_of_all(holder: User, bookings: Sequence[Booking]) -> None:
    """To their holder, of what they come to at one place."""
    with override(holder.language):
        _tell(messages.REMINDER, holder, bookings)


def _tell(message: Message, holder: User, bookings: Sequence[Booking], **values: str) -> None:
    prefetch_related_objects(list(bookings), "changes")
    telecentre, territory = bookings[0].space.telecentre, bookings[0].territory
    entries = [event_of(booking, own_address(booking)) for booking in bookings]
    write_mail(
        message=message,
        recipient=holder.email,
        language=holder.language,
        brand=brand_of(territory),
        territory=territory,
        variables={
            "territoire": territory.name,
            "lieu": telecentre.name,
            "dates": [_line(booking, own_address(booking)) for booking in bookings],
            "lien": all_own_address(territory),
            **values,
        },
        reply_to=telecentre.email,
        calendar=calendar_file(entries),
    )


def _ask(requests: Sequence[Booking], manager: User) -> None:
    territory = requests[0].territory
    write_mail(
        message=messages.SERIES_TO_ANSWER,
        recipient=manager.email,
        language=manager.language,
        brand=brand_of(territory),
        territory=territory,
        variables={
            "territoire": territory.name,
            "lieu": requests[0].space.telecentre.name,
            "titulaire": str(requests[0].holder),
            "dates": [_line(booking, office_address(booking)) for booking in requests],
        },
    )


def _line(booking: Booking, address: str) -> Line:
    words = f"{Slot.of(booking.period).words} – {booking.space.name}"
    if booking.holds and booking.answer_before:
        said = {"what": words, "before": when_in_words(booking.answer_before)}
        words = _("%(what)s (demande, réponse avant %(before)s)") % said
    return {"words": words, "address": address}


def _not_booked(lost: Lost) -> str:
    """Empty where nothing was lost."""
    if not lost:
        return ""
    told = [
        _("%(when)s : %(why)s") % {"when": slot.words, "why": explain(why)} for slot, why in lost
    ]
    return "\n".join([_("Ce qui n’a pas pu être réservé :"), *told])
