"""One's own bookings: see them, keep them in a calendar, give one back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comptes.models import User
from comptes.web.access import members_only
from jetons.web.limits import limited
from jetons.web.once import once
from telecentres.domain.booking import cancel_booking
from telecentres.domain.calendar import Slot
from telecentres.domain.calendar_entries import calendar_entry
from telecentres.domain.errors import NoLongerPossible
from telecentres.domain.quotes import agreed_quote
from telecentres.enums import BookingState, SpaceKind
from telecentres.models import Booking
from telecentres.querysets import BookingQuerySet
from telecentres.web.kinds import WORDS
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
    context = {
        "to_come": mine.of_someone().to_come(now).order_by("period"),
        "others": mine.exclude(pk__in=mine.of_someone().to_come(now).values("pk"))[:PAST_SHOWN],
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
    now, is_refused = timezone.now(), False
    if request.method == "POST":
        try:
            cancel_booking(booking=booking, author=request.user)
        except NoLongerPossible:
            is_refused = True
        else:
            return redirect("own-booking", reference)
    place = booking.space.telecentre
    context = {
        "booking": booking,
        "slot": Slot.of(booking.period),
        "telecentre": place,
        "quote": agreed_quote(booking),
        "is_refused": is_refused,
        "is_request": booking.state == BookingState.REQUESTED,
        "may_cancel": booking.holds and not booking.has_ended(now),
        "may_move": booking.holds and not booking.has_begun(now) and place.takes_bookings,
        "move": reverse("choose-slot", args=[place.slug, WORDS[SpaceKind(booking.space.kind)]]),
        "trail": [
            (_("Mon espace"), reverse("members-space")),
            (_("Mes réservations"), reverse("own-bookings")),
            (booking.reference, ""),
        ],
    }
    status = 409 if is_refused else 200
    return render(request, "telecentres/own_booking.html", context, status=status)


@require_safe
@members_only
def own_booking_file(request: MemberRequest, reference: str) -> HttpResponse:
    """The same entry as in the mails, for a calendar that does not read them."""
    booking = get_object_or_404(_mine(request), reference=reference)
    address = request.build_absolute_uri(reverse("own-booking", args=[reference]))
    response = HttpResponse(calendar_entry(booking, address), content_type="text/calendar")
    response["Content-Disposition"] = f'attachment; filename="{booking.reference}.ics"'
    return response


def _mine(request: MemberRequest) -> BookingQuerySet:
    return Booking.objects.in_territory(request.territory).held_by(request.user).with_all_told()
