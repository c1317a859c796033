"""Find a moment in a telecentre and take it: a day, a slot, a button."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.models import User
from comptes.web.access import uncached_page
from jetons.web.limits import limited
from jetons.web.once import once
from telecentres.domain.audience import open_to
from telecentres.domain.availability import (
    Offer,
    Plan,
    day_offers,
    find_free,
    nearest_free,
    read_plan,
)
from telecentres.domain.booking import book_space
from telecentres.domain.calendar import day_of, days_between
from telecentres.domain.errors import (
    BookingRefusal,
    PriceChanged,
    SlotTaken,
    StillFree,
    TooManyPeople,
)
from telecentres.domain.extras import extra_lines, kept_extras
from telecentres.domain.moving import move_booking
from telecentres.domain.open_days import OpenDay
from telecentres.domain.prices import Line, Quote
from telecentres.domain.quotes import quote
from telecentres.domain.refusals import explain
from telecentres.domain.visitors import is_open_to_visitors
from telecentres.domain.waiting import join_line
from telecentres.enums import BookingState, SpaceKind
from telecentres.models import Booking, Telecentre
from telecentres.models.space import LONGEST_HORIZON
from telecentres.web.addresses import booking_address
from telecentres.web.asking import Asking
from telecentres.web.forms import BookingForm, SlotForm
from telecentres.web.kinds import WORDS, kind_of
from telecentres.web.limits import BOOKING_NETWORK
from telecentres.web.series_forms import SeriesForm
from telecentres.web.visitor_forms import VisitorForm
from territoires.web.request import TerritoryRequest

DAYS_SHOWN = 14


@require_safe
@uncached_page
def start_booking(request: TerritoryRequest, slug: str) -> HttpResponse:
    """To the first kind of space that the place lets."""
    places = Telecentre.objects.in_territory(request.territory).bookable()
    if kinds := _kinds(get_object_or_404(places, slug=slug)):
        return redirect("choose-slot", slug, WORDS[kinds[0]])
    raise Http404


@require_safe
@uncached_page
def choose_slot(request: TerritoryRequest, slug: str, kind: str) -> HttpResponse:
    """The days to come and, for one of them, its slots with what is free."""
    asking = Asking(request, slug, kind_of(kind))
    today = day_of(timezone.now())
    asked = asked_day(request, today)
    # The days come by fortnights: those shown stay where they are when one of them is chosen.
    since = asked or asked_day(request, today, "depuis") or today
    before = (since - today).days // DAYS_SHOWN * DAYS_SHOWN
    first, last = (today + timedelta(days=before + rest) for rest in (0, DAYS_SHOWN - 1))
    plan = read_plan(asking.telecentre, asking.spaces, first, last, asking.moved)
    days = [plan.on(day) for day in days_between(first, last)]
    chosen, offers = _chosen(plan, [plan.on(asked)] if asked else days, asking)
    context = asking.common | {
        "kinds": kinds_with_addresses(asking, "choose-slot"),
        "days": [(day, asking.address("choose-slot", jour=day.day)) for day in days],
        "earlier": _fortnight(asking, first - timedelta(days=DAYS_SHOWN)) if before else "",
        "later": _fortnight(asking, last + timedelta(days=1)),
        "week": asking.address("week-grid", jour=chosen.day),
        "chosen": chosen,
        "offers": [(offer, _offer_address(asking, offer)) for offer in offers],
        "form": SlotForm(initial={"jour": chosen.day, "personnes": asking.people}),
        "others": asking.address("book-slot"),
    }
    return render(request, "telecentres/choose_slot.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@uncached_page
@limited(BOOKING_NETWORK)
@once
def book_slot(request: TerritoryRequest, slug: str, kind: str) -> HttpResponse:
    """What is about to be booked, and the button that does it."""
    asking = Asking(request, slug, kind_of(kind))
    if request.method == "POST":
        return _book(request, asking)
    if not request.GET.keys() & {"jour", "de", "a"}:
        return redirect("choose-slot", slug, kind)
    form = BookingForm(request.GET, extras=asking.addable)
    return slot_page(asking, form, _look(asking, form))


def _book(request: TerritoryRequest, asking: Asking) -> HttpResponse:
    user = request.user
    if asking.is_by_link:
        raise Http404
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    return take_slot(asking, lambda form: _done(asking, _carry_out(asking, form, user), user))


def _done(asking: Asking, booking: Booking, user: User) -> HttpResponse:
    say_done(asking.request, booking, user.email, is_moved=asking.moved is not None)
    return redirect("own-booking", booking.reference)


def say_done(
    request: TerritoryRequest, booking: Booking, email: str, *, is_moved: bool = False
) -> None:
    """On the page of the booking: what was done, and where it was written."""
    if booking.state == BookingState.REQUESTED:
        words = _("Votre demande est partie. Un e-mail le confirme à %s.")
    elif is_moved:
        words = _("C’est déplacé. Un e-mail de confirmation est parti à %s.")
    else:
        words = _("C’est réservé. Un e-mail de confirmation est parti à %s.")
    messages.success(request, words % email)


def take_slot(asking: Asking, carry_out: Callable[[BookingForm], HttpResponse]) -> HttpResponse:
    """What is answered to the form of a slot: by `carry_out`, unless it or the rules refuse."""
    form = BookingForm(asking.request.POST, extras=asking.addable)
    if not form.is_valid():
        return slot_page(asking, form, None, status=400)
    extras: tuple[Line, ...] = ()
    try:
        extras = _extras(asking, form)
        if form.cleaned_data["extras_vus"] != counted(extras):
            return slot_page(asking, form, None, extras=extras)
        return carry_out(form)
    except BookingRefusal as refusal:
        status = 409 if refusal.is_conflict else 400
        shown = () if refusal.is_of_extra else extras
        return slot_page(asking, form, refusal, status, shown)


def _extras(asking: Asking, form: BookingForm) -> tuple[Line, ...]:
    """What is added, at its price. Raises NoSuchExtra, ExtraTooMany or ExtraTooLate."""
    return extra_lines(
        space=asking.spaces[0],
        wanted=form.wanted,
        people=form.cleaned_data["personnes"],
        left=form.slot.start - timezone.now(),
    )


def counted(extras: Sequence[Line]) -> str:
    """Which extras a price counts, for the page to send back."""
    return ",".join(f"{line.extra_id}:{line.quantity}" for line in extras)


def move_here(asking: Asking, form: BookingForm, moved: Booking, author: User) -> Booking:
    return move_booking(
        booking=moved,
        spaces=asking.spaces,
        slot=form.slot,
        author=author,
        agreed=form.cleaned_data["prix"],
    )


@require_POST
@uncached_page
@limited(BOOKING_NETWORK)
@once
def wait_for_slot(request: TerritoryRequest, slug: str, kind: str) -> HttpResponse:
    """Join the line of a slot where everything is taken."""
    asking = Asking(request, slug, kind_of(kind))
    user, form = request.user, BookingForm(request.POST)
    if not form.is_valid():
        return slot_page(asking, form, None, status=400)
    asked = asking.address("book-slot", form.slot)
    if not isinstance(user, User):
        return redirect_to_login(asked)
    people = form.cleaned_data["personnes"]
    try:
        join_line(
            telecentre=asking.telecentre,
            kind=asking.kind,
            slot=form.slot,
            holder=user,
            people=people,
        )
    except StillFree:
        return redirect(asked)
    except BookingRefusal as refusal:
        status = 409 if refusal.is_conflict else 400
        return slot_page(asking, form, refusal, status)
    return redirect(f"{reverse('own-bookings')}#attente")


def slot_page(
    asking: Asking,
    form: BookingForm,
    refusal: BookingRefusal | None,
    status: int = 200,
    extras: tuple[Line, ...] = (),
) -> HttpResponse:
    """`extras`: those that the price shown counts."""
    is_full = isinstance(refusal, SlotTaken)
    near = nearest_free(**asked(asking, form), besides=asking.moved) if is_full else ()
    may_confirm = form.says_when and _may_confirm(asking, refusal)
    people = form.cleaned_data.get("personnes", 1)
    context = asking.common | {
        "form": form,
        "may_confirm": may_confirm,
        "quote": _quote(asking, form, extras) if may_confirm else None,
        "counted": counted(extras),
        "extras": asking.extras,
        "extra_fields": list(form.extra_fields(people)),
        "slot": form.cleaned_data.get("slot"),
        "refusal": explain(refusal) if refusal else "",
        "near": [(slot, asking.address("book-slot", slot)) for slot in near],
        "choose": asking.address("choose-slot"),
        "several": _several(form, refusal) if form.is_valid() and not asking.moved else None,
        "several_at": booking_address("book-several", asking.slug, asking.kind, {}),
        "is_group": isinstance(refusal, TooManyPeople),
        "is_by_link": asking.is_by_link,
        "move": asking.address("move-visit"),
        "visitor": _visitor_form(asking, form) if may_confirm else None,
        "visit": asking.address("book-visit"),
        "wait": asking.address("wait-for-slot") if is_full and asking.may_wait(form.slot) else "",
    }
    return render(asking.request, "telecentres/book_slot.html", context, status=status)


def _may_confirm(asking: Asking, refusal: BookingRefusal | None) -> bool:
    """Whether the same slot may be: at its new price, or without what was added."""
    if refusal is None or isinstance(refusal, PriceChanged):
        return True
    return refusal.is_of_extra and not asking.moved


def _several(form: BookingForm, refusal: BookingRefusal | None) -> SeriesForm:
    """The same every week, or in several spaces: as many as it takes, where none holds them."""
    given = {field.name: field.value() for field in form.slot_fields}
    if isinstance(refusal, TooManyPeople):
        given["espaces"] = -(-form.cleaned_data["personnes"] // refusal.capacity)
    return SeriesForm(initial=given)


def _visitor_form(asking: Asking, form: BookingForm) -> VisitorForm | None:
    """With what was sent, to correct; None where one needs an account, or has one."""
    if asking.holder.is_authenticated:
        return None
    is_open = is_open_to_visitors(asking.telecentre, asking.spaces, form.slot)
    return VisitorForm(asking.request.POST or None) if is_open else None


def _look(asking: Asking, form: BookingForm) -> BookingRefusal | None:
    """What would stand in the way of the slot, as things are."""
    if not form.is_valid():
        return None
    try:
        free = find_free(**asked(asking, form), besides=asking.moved)
        if asking.holder.is_authenticated:
            open_to(free, asking.holder, day_of(form.slot.start))
    except BookingRefusal as refusal:
        return refusal
    return None


def asked(asking: Asking, form: BookingForm) -> dict[str, Any]:
    return {
        "telecentre": asking.telecentre,
        "spaces": asking.spaces,
        "slot": form.slot,
        "people": asking.moved.people if asking.moved else form.cleaned_data["personnes"],
        "now": timezone.now(),
    }


def _quote(asking: Asking, form: BookingForm, extras: tuple[Line, ...]) -> Quote | None:
    """What it would cost the visitor: what everyone pays, before they sign in."""
    return quote(
        telecentre=asking.telecentre,
        kind=asking.kind,
        slot=form.slot,
        holder=asking.holder,
        besides=asking.moved,
        extras=kept_extras(asking.moved) if asking.moved else extras,
    )


def _carry_out(asking: Asking, form: BookingForm, user: User) -> Booking:
    if asking.moved:
        return move_here(asking, form, asking.moved, user)
    given = form.cleaned_data
    return book_space(
        **asked(asking, form),
        holder=user,
        note=given["note"],
        extras=form.wanted,
        agreed=given["prix"],
    )


def _offer_address(asking: Asking, offer: Offer) -> str:
    """Of the slot's own page; nowhere, when it is full and nobody can wait for it."""
    leads = offer.free or asking.may_wait(offer.slot)
    return asking.address("book-slot", offer.slot) if leads else ""


def _kinds(telecentre: Telecentre) -> list[SpaceKind]:
    found = set(telecentre.spaces.bookable().values_list("kind", flat=True))
    return [kind for kind in WORDS if kind in found]


def kinds_with_addresses(asking: Asking, name: str) -> list[tuple[SpaceKind, str]]:
    """Each kind of space that the place lets, and the page of that name about it."""
    kinds = _kinds(asking.telecentre)
    return [(kind, reverse(name, args=[asking.slug, WORDS[kind]])) for kind in kinds]


def _chosen(plan: Plan, days: list[OpenDay], asking: Asking) -> tuple[OpenDay, list[Offer]]:
    """The first of the days that has a place left, the first of all when none has; its offers."""
    told = []
    for day in days:
        offers = day_offers(plan, day.day, people=asking.people, now=timezone.now())
        told.append((day, offers))
        if any(offer.free for offer in offers):
            return day, offers
    return told[0]


def _fortnight(asking: Asking, first: date) -> str:
    """Where no day is chosen yet: the first one that has a place left will be."""
    return asking.address("choose-slot", depuis=first)


def asked_day(request: TerritoryRequest, today: date, name: str = "jour") -> date | None:
    """The day of the address; None when it is no day, is past, or is further than any horizon."""
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
    last = today + timedelta(days=LONGEST_HORIZON)
    return day if day and today <= day <= last else None
