"""What is written about a booking, in the transaction of the act that it tells."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from comptes.models import User
from courrier.domain.messages import Message
from courrier.domain.outbox import write_mail
from courrier.models import OutgoingMail
from telecentres import messages
from telecentres.domain.addresses import holder_address, office_address, place_address
from telecentres.domain.calendar import Slot, when_in_words
from telecentres.domain.calendar_entries import calendar_entry
from telecentres.domain.extras import in_words
from telecentres.enums import BookingAct, BookingOrigin
from telecentres.models import Booking, Telecentre, TelecentreGrant, VisitorHold
from territoires.domain.brand import brand_of

# What the holder is told of each act.
TOLD: dict[str, Message] = {
    BookingAct.OFFERED: messages.OFFERED,
    BookingAct.LAPSED: messages.OFFER_OVER,
    BookingAct.BOOKED: messages.BOOKED,
    BookingAct.APPROVED: messages.BOOKED,
    BookingAct.REQUESTED: messages.REQUESTED,
    BookingAct.MOVED: messages.MOVED,
    BookingAct.CANCELLED: messages.CANCELLED,
    BookingAct.REFUSED: messages.REFUSED,
    BookingAct.EXPIRED: messages.REFUSED,
    BookingAct.NO_SHOW: messages.NO_SHOW,
    BookingAct.REMINDED: messages.VISITOR_REMINDER,
}
WORDED = {messages.CANCELLED.key, messages.REFUSED.key, messages.OFFER_OVER.key}
WITH_EXTRAS = {messages.BOOKED.key, messages.REQUESTED.key, messages.MOVED.key}
UNTIL = {messages.REQUESTED.key, messages.OFFERED.key}
# Nothing is in anybody's calendar before they say yes.
WITHOUT_ENTRY = {messages.OFFERED.key, messages.OFFER_OVER.key}


def tell_holder(booking: Booking, act: BookingAct, reason: str = "") -> None:
    """A mail, with the calendar entry of what they booked; to nobody of a period blocked."""
    holder, message = booking.holder, TOLD.get(act)
    if holder is None or message is None:
        return
    with override(holder.language):
        address = holder_address(booking)
        is_visitor = booking.origin == BookingOrigin.VISITOR
        values = _values(booking, address)
        if message.key in WITH_EXTRAS:
            values["extras"] = _extras(booking)
        if message.key in WORDED:
            values["mot"] = reason
        if message.key in UNTIL:
            values["avant"] = when_in_words(booking.answer_before or booking.period.lower)
        write_mail(
            message=message,
            recipient=holder.email,
            language=holder.language,
            brand=brand_of(booking.territory),
            territory=booking.territory,
            variables=values,
            reply_to=booking.space.telecentre.email,
            # It is shown to others: a personal link has no place there.
            calendar=""
            if message.key in WITHOUT_ENTRY
            else calendar_entry(booking, place_address(booking) if is_visitor else address),
            is_secret=is_visitor,
        )


def ask_to_confirm(hold: VisitorHold, address: str) -> OutgoingMail:
    """To whoever reads the mail of the address that was typed; with no word that was."""
    booking = hold.booking
    with override(hold.language):
        values = _values(booking, address)
        del values["reference"]
        values["avant"] = when_in_words(booking.answer_before or booking.period.lower)
        return write_mail(
            message=messages.TO_CONFIRM,
            recipient=hold.email,
            language=hold.language,
            brand=brand_of(booking.territory),
            territory=booking.territory,
            variables=values,
            reply_to=booking.space.telecentre.email,
        )


def ask_managers(booking: Booking, before: datetime) -> int:
    """Tell those who run the place that a request waits for them until then; returns how many."""
    people = managers_of(booking.space.telecentre)
    for manager in people:
        _ask(booking, manager, before)
    return len(people)


def managers_of(telecentre: Telecentre) -> set[User]:
    """Those who run the place today, and may sign in."""
    grants = TelecentreGrant.objects.filter(telecentre=telecentre).in_force()
    return {grant.user for grant in grants.select_related("user") if grant.user.is_active}


def _ask(booking: Booking, manager: User, before: datetime) -> None:
    with override(manager.language):
        values = _values(booking, office_address(booking))
        values["titulaire"] = str(booking.holder)
        values["extras"] = _extras(booking)
        values["avant"] = when_in_words(before)
        write_mail(
            message=messages.TO_ANSWER,
            recipient=manager.email,
            language=manager.language,
            brand=brand_of(booking.territory),
            territory=booking.territory,
            variables=values,
        )


def _extras(booking: Booking) -> str:
    """What is taken with the space, as a sentence; empty without."""
    words = in_words(booking.lines.all())
    return _("En plus de l’espace : %s.") % words if words else ""


def _values(booking: Booking, address: str) -> dict[str, str]:
    return {
        "territoire": booking.territory.name,
        "lieu": booking.space.telecentre.name,
        "espace": booking.space.name,
        "quand": Slot.of(booking.period).words,
        "reference": booking.reference,
        "lien": address,
    }
