"""One's own bookings: see them, keep them in a calendar, give one back; what one waits for."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.models import User
from comptes.web.access import members_only
from jetons.web.limits import limited
from jetons.web.once import once
from telecentres.domain.answers import accept_offer, cancel_booking
from telecentres.domain.calendar import Slot
from telecentres.domain.calendar_entries import calendar_entry
from telecentres.domain.errors import NoLongerPossible, PriceChanged
from telecentres.domain.prices import Quote
from telecentres.domain.quotes import agreed_quote, quote_of
from telecentres.domain.refusals import explain
from telecentres.domain.series import cancel_following
from telecentres.domain.waiting import leave_line
from telecentres.enums import BookingState, SpaceKind
from telecentres.models import Booking, Wait
from telecentres.querysets import BookingQuerySet
from telecentres.web.addresses import MOVED, booking_address
from telecentres.web.forms import AgreedForm
from telecentres.web.limits import BOOKING_NETWORK
from territoires.web.request import TerritoryRequest

PAST_SHOWN = 20


class MemberRequest(TerritoryRequest):
    """A request past `members_only`."""

    user: User


@require_safe
@members_only
def own_bookings(request: MemberRequest) -> HttpResponse:
    now, mine = timezone.now(), _mine(request)
    to_come = mine.promised().to_come(now)
    others = mine.exclude(pk__in=to_come.values("pk"))
    waits = Wait.objects.in_territory(request.territory).held_by(request.user).in_line(now)
    context = {
        "to_come": to_come.with_series_dates().offers_first(),
        "page": Paginator(others.latest_first(), PAST_SHOWN).get_page(request.GET.get("page")),
        "waits": [(wait, Slot.of(wait.period)) for wait in waits.with_place(now).with_all_told()],
        "trail": [(_("Mon espace"), reverse("members-space")), (_("Mes réservations"), "")],
    }
    return render(request, "telecentres/own_bookings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@limited(BOOKING_NETWORK)
@once
def own_booking(request: MemberRequest, reference: str) -> HttpResponse:
    """Its page; sent, it gives the space back."""
    booking = get_object_or_404(_mine(request), reference=reference)
    if request.method != "POST":
        return _page(request, booking)
    try:
        cancel_booking(booking=booking, author=request.user)
    except NoLongerPossible:
        words = _("Cette réservation ne peut plus être annulée : elle est finie, ou l’a déjà été.")
        return _page(request, booking, words)
    return redirect("own-booking", reference)


@require_POST
@members_only
@limited(BOOKING_NETWORK)
@once
def give_back_following(request: MemberRequest, reference: str) -> HttpResponse:
    """This date of a series and the next ones; those that may not be any more are named."""
    booking = get_object_or_404(_mine(request), reference=reference)
    try:
        cancelled, kept = cancel_following(booking=booking, holder=request.user)
    except NoLongerPossible:
        return _page(request, booking, _("Il n’y a plus rien à annuler dans cette série."))
    told = ngettext("%d réservation est annulée.", "%d réservations sont annulées.", len(cancelled))
    messages.success(request, told % len(cancelled))
    if kept:
        named = " ; ".join(Slot.of(one.period).words for one in kept)
        messages.warning(request, _("Trop tard pour annuler, elles restent : %s.") % named)
    return redirect("own-bookings")


@require_POST
@members_only
@limited(BOOKING_NETWORK)
@once
def take_offer(request: MemberRequest, reference: str) -> HttpResponse:
    """Yes to the place that came free."""
    booking = get_object_or_404(_mine(request), reference=reference)
    try:
        accept_offer(booking=booking, agreed=agreed_price(request))
    except PriceChanged as refusal:
        return _page(request, booking, explain(refusal))
    except NoLongerPossible:
        words = _("Cette place n’est plus à prendre : le délai est passé, ou vous avez répondu.")
        return _page(request, booking, words)
    return redirect("own-booking", reference)


@require_POST
@members_only
@limited(BOOKING_NETWORK)
@once
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave the line; whoever was offered a place meanwhile finds it on the same page."""
    mine = Wait.objects.in_territory(request.territory).held_by(request.user)
    with suppress(NoLongerPossible):
        leave_line(wait=get_object_or_404(mine, pk=pk))
    return redirect(f"{reverse('own-bookings')}#attente")


@require_POST
@members_only
@limited(BOOKING_NETWORK)
@once
def set_reminders(request: MemberRequest) -> HttpResponse:
    """Whether one is written to the day before."""
    request.user.wants_reminders = "rappels" in request.POST
    request.user.save(update_fields=["wants_reminders"])
    if request.user.wants_reminders:
        messages.success(request, _("C’est noté : un rappel la veille."))
    else:
        messages.success(request, _("C’est noté : plus de rappel."))
    return redirect("own-bookings")


def agreed_price(request: HttpRequest) -> Decimal | None:
    """The price that the page showed."""
    form = AgreedForm(request.POST)
    return form.cleaned_data["prix"] if form.is_valid() else None


def _quote(booking: Booking) -> Quote | None:
    """What was agreed to; for a place that is only offered, what it would cost."""
    is_offer = booking.state == BookingState.OFFERED
    return quote_of(booking) if is_offer else agreed_quote(booking)


def _following(booking: Booking, together: Sequence[Booking], now: datetime) -> set[datetime]:
    """When those begin that may be given back with it; none where it is the only one."""
    others = {
        one: one.period.lower
        for one in together
        if one.state in BookingState.of_someone()
        and one.period.lower >= booking.period.lower
        and not one.has_ended(now)
    }
    return set(others.values()) if others.keys() - {booking} else set()


def _page(request: MemberRequest, booking: Booking, refusal: str = "") -> HttpResponse:
    now = timezone.now()
    together = list(_mine(request).of_series(booking)) if booking.series else []
    following = _following(booking, together, now)
    context = booking_context(booking, booking.reference, refusal) | {
        "together": [(one, Slot.of(one.period)) for one in together if one != booking],
        "following": following,
        "is_one_date": following == {booking.period.lower},
        "file": reverse("own-booking-file", args=[booking.reference]),
        "trail": [
            (_("Mon espace"), reverse("members-space")),
            (_("Mes réservations"), reverse("own-bookings")),
            (booking.reference, ""),
        ],
    }
    status = 409 if refusal else 200
    return render(request, "telecentres/own_booking.html", context, status=status)


def booking_context(booking: Booking, moved_by: str, refusal: str) -> dict[str, object]:
    """What the page of a booking says to its holder; `moved_by` names it where it is moved."""
    now, place = timezone.now(), booking.space.telecentre
    kind, is_held = SpaceKind(booking.space.kind), booking.state in BookingState.of_someone()
    return {
        "booking": booking,
        "slot": Slot.of(booking.period),
        "telecentre": place,
        "quote": _quote(booking),
        "refusal": refusal,
        "is_request": booking.state == BookingState.REQUESTED,
        "is_offer": booking.state == BookingState.OFFERED and booking.may_be_answered(now),
        "may_cancel": is_held and not booking.has_ended(now),
        "may_move": is_held and not booking.has_begun(now) and place.takes_bookings,
        "move": booking_address("choose-slot", place.slug, kind, {MOVED: moved_by}),
    }


@require_safe
@members_only
def own_booking_file(request: MemberRequest, reference: str) -> HttpResponse:
    """The same entry as in the mails, for a calendar that does not read them."""
    booking = get_object_or_404(_mine(request), reference=reference)
    address = request.build_absolute_uri(reverse("own-booking", args=[reference]))
    return calendar_file(booking, address)


def calendar_file(booking: Booking, address: str) -> HttpResponse:
    response = HttpResponse(calendar_entry(booking, address), content_type="text/calendar")
    response["Content-Disposition"] = f'attachment; filename="{booking.reference}.ics"'
    return response


def _mine(request: MemberRequest) -> BookingQuerySet:
    return Booking.objects.in_territory(request.territory).held_by(request.user).with_all_told()
