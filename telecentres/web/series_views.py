"""Several bookings in one go, each seen before any is made: every week, several spaces at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptes.web.access import members_only
from jetons.web.limits import limited
from jetons.web.once import once
from telecentres.domain.errors import PriceChanged, TooManyAtOnce
from telecentres.domain.prices import add_up
from telecentres.domain.refusals import explain
from telecentres.domain.series import Asked, SeriesDate, book_series, look_ahead
from telecentres.web.asking import Asking
from telecentres.web.booking_views import say_done
from telecentres.web.kinds import kind_of
from telecentres.web.limits import SERIES_NETWORK
from telecentres.web.own_views import MemberRequest
from telecentres.web.series_forms import SeriesForm, TickedForm, ticked_value


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@limited(SERIES_NETWORK)
@once
def book_several(request: MemberRequest, slug: str, kind: str) -> HttpResponse:
    """Each date with its price or what stands in its way; sent, those ticked are booked."""
    asking = Asking(request, slug, kind_of(kind))
    if request.method == "POST":
        return _book(request, asking, TickedForm(request.POST))
    if not request.GET.keys() & {"jour", "de", "a"}:
        return redirect("choose-slot", slug, kind)
    form = SeriesForm(request.GET)
    if form.is_valid() and len(form.slots) == form.count == 1:
        return redirect(asking.address("book-slot", form.slot))
    return _page(request, asking, form)


def _book(request: MemberRequest, asking: Asking, form: TickedForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, asking, form, status=400)
    given = form.cleaned_data
    try:
        outcome = book_series(
            asked=_asked(request, asking, form),
            slots=form.kept,
            note=given["note"],
            agreed=given["dates"],
        )
    except PriceChanged as refusal:
        return _page(request, asking, form, explain(refusal), status=409)
    except TooManyAtOnce as refusal:
        return _page(request, asking, form, explain(refusal), status=400)
    if not outcome.bookings:
        words = _("Rien n’a été réservé : voici ce qui a changé entre-temps.")
        return _page(request, asking, form, words, status=409)
    say_done(request, outcome.bookings[0], request.user.email)
    for slot, why in outcome.lost:
        told = _("Non réservé, %(when)s : %(why)s") % {"when": slot.words, "why": explain(why)}
        messages.warning(request, told)
    return redirect("own-booking", outcome.bookings[0].reference)


def _page(
    request: MemberRequest, asking: Asking, form: SeriesForm, refusal: str = "", status: int = 200
) -> HttpResponse:
    dates = _dates(request, asking, form)
    ticked = [date for date, is_ticked, _value, _why in dates if is_ticked]
    is_priced = bool(ticked) and all(date.quote for date in ticked)
    context = asking.common | {
        "form": form,
        "confirm": form if isinstance(form, TickedForm) else TickedForm(),
        "slot": form.cleaned_data.get("slot"),
        "dates": dates,
        "extras": asking.extras,
        "count": form.count if dates else 1,
        "free": sum(not date.refusal for date, *_rest in dates),
        "ticked": len(ticked),
        "quote": add_up(date.quote for date in ticked) if is_priced else None,
        "refusal": refusal,
        "choose": asking.address("choose-slot"),
    }
    return render(request, "telecentres/book_several.html", context, status=status)


def _dates(
    request: MemberRequest, asking: Asking, form: SeriesForm
) -> list[tuple[SeriesDate, bool, str, str]]:
    """Each date, whether it is ticked, what its box says, and what stands in its way; none of a
    form that does not say when."""
    if not form.is_valid() and form.errors.keys() - {"dates", "note"}:
        return []
    chosen = form.cleaned_data.get("dates", {}) if isinstance(form, TickedForm) else None
    found = look_ahead(asked=_asked(request, asking, form), slots=form.slots, chosen=chosen)
    return [
        (
            date,
            not date.refusal and (chosen is None or date.day in chosen),
            ticked_value(date),
            explain(date.refusal) if date.refusal else "",
        )
        for date in found
    ]


def _asked(request: MemberRequest, asking: Asking, form: SeriesForm) -> Asked:
    each = form.people_in_each
    return Asked(asking.telecentre, asking.spaces, request.user, each, form.count)
