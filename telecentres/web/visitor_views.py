"""Book without account: ask for a place, confirm from one's mailbox, follow it by a personal link.

Programs that look at mails follow addresses: reading a link changes nothing, a button does. No view
here repeats an answer by a request key (`jetons.web.once`) that would keep a personal link.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.web.access import uncached_page
from comptes.web.limits import CODE_NETWORK, MAIL_TO_ADDRESS
from jetons.domain.allowances import spend
from jetons.domain.errors import LinkRefused, LinkUsed
from jetons.web.caller import network
from jetons.web.limits import limited
from jetons.web.once import once
from telecentres.domain.addresses import follow_token, place_address
from telecentres.domain.answers import cancel_booking
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import NoLongerPossible, NotBookable, PriceChanged
from telecentres.domain.refusals import explain
from telecentres.domain.visitors import (
    Visitor,
    booking_of_link,
    confirm_hold,
    hold_for_visitor,
    hold_of_link,
    quote_of_hold,
)
from telecentres.models import Booking, Telecentre, VisitorHold
from telecentres.web.asking import Asking
from telecentres.web.booking_views import asked, move_here, say_done, slot_page, take_slot
from telecentres.web.forms import BookingForm
from telecentres.web.kinds import kind_of
from telecentres.web.limits import BOOKING_NETWORK, VISITOR_NETWORK
from telecentres.web.own_views import agreed_price, booking_context, calendar_file
from telecentres.web.visitor_forms import VisitorForm
from territoires.web.request import TerritoryRequest

SENT = "envoye"


# ---- Ask ----------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@uncached_page
@limited(BOOKING_NETWORK)
@once
def book_visit(request: TerritoryRequest, slug: str, kind: str) -> HttpResponse:
    """Whoever gives an address is told the same, whatever is known of it."""
    asking = Asking(request, slug, kind_of(kind))
    if request.method == "POST" and not request.user.is_authenticated:
        return take_slot(asking, lambda form: _hold(asking, form))
    if SENT not in request.GET:
        return redirect(asking.address("choose-slot"))
    return render(request, "telecentres/visit_sent.html", asking.common)


def _hold(asking: Asking, form: BookingForm) -> HttpResponse:
    """Raises a BookingRefusal."""
    visitor = VisitorForm(asking.request.POST)
    if not visitor.is_valid():
        return slot_page(asking, form, None, status=400)
    sent = redirect(f"{asking.request.path}?{SENT}")
    if visitor.is_trapped:
        return sent
    given = visitor.cleaned_data
    spend(VISITOR_NETWORK, network(asking.request))
    spend(MAIL_TO_ADDRESS, given["email"])
    who = Visitor(given["email"], given["prenom"], given["nom"], get_language() or "fr")
    held = hold_for_visitor(**asked(asking, form), visitor=who, note=form.cleaned_data["note"])
    if held.answer_before:
        told = {"email": given["email"], "when": form.slot.words}
        told["until"] = date_format(timezone.localtime(held.answer_before), "H:i")
        words = _("Parti à %(email)s, pour %(when)s : la place vous est gardée jusqu’à %(until)s.")
        messages.info(asking.request, words % told)
    return sent


# ---- Confirm ------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@uncached_page
@limited(CODE_NETWORK)
def confirm_visit(request: TerritoryRequest, token: str) -> HttpResponse:
    """What is held, and the button that takes it."""
    try:
        hold = hold_of_link(token=token)
        if hold.booking.territory_id != request.territory.pk:
            return _refused(request)
        if request.method != "POST":
            return _confirm_page(request, hold)
        booking = confirm_hold(token=token, agreed=agreed_price(request))
    except PriceChanged as refusal:
        return _confirm_page(request, hold, explain(refusal))
    except LinkUsed:
        return _refused(request, is_used=True)
    except (LinkRefused, NoLongerPossible, NotBookable):
        return _refused(request)
    say_done(request, booking, hold.email)
    return redirect("visitor-booking", follow_token(booking))


def _confirm_page(request: TerritoryRequest, hold: VisitorHold, refusal: str = "") -> HttpResponse:
    booking = hold.booking
    context = {
        "booking": booking,
        "slot": Slot.of(booking.period),
        "telecentre": booking.space.telecentre,
        "quote": quote_of_hold(hold),
        "refusal": refusal,
        "trail": _trail(booking.space.telecentre, _("Confirmer")),
    }
    status = 409 if refusal else 200
    return render(request, "telecentres/visit_confirm.html", context, status=status)


# ---- Follow -------------------------------------------------------------------------------------
View = Callable[[TerritoryRequest, Booking, str], HttpResponse]


def by_link(view: View) -> Callable[..., HttpResponseBase]:
    """For whoever holds the personal link of a booking of this site: of that one alone."""

    @uncached_page
    @limited(CODE_NETWORK)
    @wraps(view)
    def wrapped(request: TerritoryRequest, token: str) -> HttpResponse:
        try:
            booking = booking_of_link(token=token)
        except LinkRefused:
            return _refused(request)
        if booking.territory_id != request.territory.pk:
            return _refused(request)
        return view(request, booking, token)

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def visitor_booking(request: TerritoryRequest, booking: Booking, token: str) -> HttpResponse:
    """Its page; sent, it gives the space back."""
    refusal = ""
    if request.method == "POST":
        try:
            cancel_booking(booking=booking, author=booking.holder)
        except NoLongerPossible as refused:
            refusal = explain(refused)
        else:
            return redirect(request.path)
    context = booking_context(booking, token, refusal) | {
        "file": reverse("visitor-booking-file", args=[token]),
        "trail": _trail(booking.space.telecentre, booking.reference),
    }
    status = 409 if refusal else 200
    return render(request, "telecentres/own_booking.html", context, status=status)


@require_safe
@by_link
def visitor_booking_file(_request: TerritoryRequest, booking: Booking, _token: str) -> HttpResponse:
    return calendar_file(booking, place_address(booking))


@require_POST
@uncached_page
@limited(BOOKING_NETWORK)
def move_visit(request: TerritoryRequest, slug: str, kind: str) -> HttpResponse:
    """The booking of the personal link that the address carries, to another time."""
    asking = Asking(request, slug, kind_of(kind))
    moved = asking.moved
    if moved is None or moved.holder is None or not asking.is_by_link:
        raise Http404
    return take_slot(asking, lambda form: _move(asking, form, moved))


def _move(asking: Asking, form: BookingForm, moved: Booking) -> HttpResponse:
    """Sent twice, it moves once. Raises a BookingRefusal."""
    if form.slot != Slot.of(moved.period) and moved.holder:
        move_here(asking, form, moved, moved.holder)
    return redirect("visitor-booking", asking.moved_by)


def _refused(request: TerritoryRequest, *, is_used: bool = False) -> HttpResponse:
    context = {
        "is_used": is_used,
        "trail": [(_("Télécentres"), reverse("telecentres")), (_("Réservation"), "")],
    }
    return render(request, "telecentres/visit_refused.html", context, status=410)


def _trail(place: Telecentre, last: str) -> list[tuple[str, str]]:
    return [
        (_("Télécentres"), reverse("telecentres")),
        (place.name, reverse("telecentre", args=[place.slug])),
        (last, ""),
    ]
