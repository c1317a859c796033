"""Find a moment in a telecentre and take it: a day, a slot, a button."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

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
from jetons.domain.errors import LinkRefused
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
from telecentres.domain.calendar import Slot, day_of, days_between
from telecentres.domain.errors import (
    AlreadyWaiting,
    BookingRefusal,
    PriceChanged,
    SlotTaken,
    StillFree,
    TooManyHeld,
)
from telecentres.domain.moving import move_booking
from telecentres.domain.open_days import OpenDay
from telecentres.domain.prices import Quote
from telecentres.domain.quotes import quote
from telecentres.domain.refusals import explain
from telecentres.domain.rules import MOST_PEOPLE
from telecentres.domain.visitors import booking_of_link, is_open_to_visitors
from telecentres.domain.waiting import is_worth_waiting, join_line
from telecentres.enums import SpaceKind
from telecentres.models import Booking, Space, Telecentre
from telecentres.models.space import LONGEST_HORIZON
from telecentres.web.addresses import MOVED, asked_as, asked_of, booking_address
from telecentres.web.forms import BookingForm, SlotForm
from telecentres.web.kinds import WORDS, kind_of
from telecentres.web.limits import BOOKING_NETWORK
from telecentres.web.visitor_forms import VisitorForm
from territoires.scoping import Anyone
from territoires.web.request import TerritoryRequest

DAYS_SHOWN = 14


@dataclass
class Asking:
    """What a visitor looks for: a kind of space, so many people; a booking of theirs to move."""

    request: TerritoryRequest
    slug: str
    kind: SpaceKind

    @cached_property
    def telecentre(self) -> Telecentre:
        places = Telecentre.objects.in_territory(self.request.territory).bookable()
        return get_object_or_404(places.select_related("commune").defer("words"), slug=self.slug)

    @cached_property
    def spaces(self) -> list[Space]:
        """Every bookable space of the kind and equipment, in the order in which they are taken."""
        rows = self.telecentre.spaces.bookable().filter(kind=self.kind).smallest_first()
        if not (spaces := [space for space in rows if space.has(self.equipment)]):
            raise Http404
        return spaces

    @property
    def equipment(self) -> tuple[str, ...]:
        """All of which the space must have."""
        return tuple(self.request.GET.getlist("equipement"))

    @cached_property
    def people(self) -> int:
        if self.moved:
            return self.moved.people
        given = self.request.GET.get("personnes", "")
        asked = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
        return min(max(asked, 1), MOST_PEOPLE)

    @property
    def moved_by(self) -> str:
        """The reference of a booking to move or, without account, the personal link to it."""
        return self.request.GET.get(MOVED, "")

    @cached_property
    def moved(self) -> Booking | None:
        """One of the visitor's own, to come; Http404 for any other, as if it never was."""
        if not self.moved_by:
            return None
        to_come = Booking.objects.of_someone().to_come(timezone.now()).with_all_told()
        here = to_come.filter(space__telecentre=self.telecentre)
        if self.is_by_link:
            return get_object_or_404(here, pk=_followed(self.moved_by).pk)
        return get_object_or_404(here.held_by(self.request.user), reference=self.moved_by)

    @property
    def is_by_link(self) -> bool:
        """A reference has no such sign."""
        return ":" in self.moved_by

    @property
    def holder(self) -> Anyone:
        """Whose booking it is, or would be."""
        return (self.moved and self.moved.holder) or self.request.user

    def address(self, name: str, slot: Slot | None = None, **given: object) -> str:
        """Of the page of that name, with what is looked for."""
        given |= asked_of(1 if self.moved else self.people, self.equipment)
        if self.moved:
            given[MOVED] = self.moved_by
        return booking_address(name, self.slug, self.kind, given | (asked_as(slot) if slot else {}))

    def may_wait(self, slot: Slot) -> bool:
        """Whoever moves a booking keeps it until they find another time."""
        return not self.moved and is_worth_waiting(slot, timezone.now())

    @property
    def common(self) -> dict[str, object]:
        return {
            "telecentre": self.telecentre,
            "kind": self.kind,
            "moved": self.moved,
            "moved_by": self.moved_by,
            "holder": self.holder,
            "equipment": self.equipment,
            "needs_approval": all(space.needs_approval for space in self.spaces),
            "release_after": min(
                filter(None, (each.release_after for each in self.spaces)), default=0
            ),
            "trail": [
                (_("Télécentres"), reverse("telecentres")),
                (self.telecentre.name, reverse("telecentre", args=[self.slug])),
                (_("Réserver"), ""),
            ],
        }


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
    form = BookingForm(request.GET)
    return slot_page(asking, form, _look(asking, form))


def _book(request: TerritoryRequest, asking: Asking) -> HttpResponse:
    user = request.user
    if asking.is_by_link:
        raise Http404
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    return take_slot(
        asking, lambda form: redirect("own-booking", _carry_out(asking, form, user).reference)
    )


def take_slot(asking: Asking, carry_out: Callable[[BookingForm], HttpResponse]) -> HttpResponse:
    """What is answered to the form of a slot: by `carry_out`, unless it or the rules refuse."""
    form = BookingForm(asking.request.POST)
    if not form.is_valid():
        return slot_page(asking, form, None, status=400)
    try:
        return carry_out(form)
    except BookingRefusal as refusal:
        status = 409 if isinstance(refusal, SlotTaken | PriceChanged | TooManyHeld) else 400
        return slot_page(asking, form, refusal, status)


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
        status = 409 if isinstance(refusal, AlreadyWaiting) else 400
        return slot_page(asking, form, refusal, status)
    return redirect(f"{reverse('own-bookings')}#attente")


def slot_page(
    asking: Asking, form: BookingForm, refusal: BookingRefusal | None, status: int = 200
) -> HttpResponse:
    is_full = isinstance(refusal, SlotTaken)
    near = nearest_free(**asked(asking, form), besides=asking.moved) if is_full else ()
    may_confirm = form.says_when and isinstance(refusal, PriceChanged | None)
    context = asking.common | {
        "form": form,
        "may_confirm": may_confirm,
        "quote": _quote(asking, form) if may_confirm else None,
        "slot": form.cleaned_data.get("slot"),
        "refusal": explain(refusal) if refusal else "",
        "near": [(slot, asking.address("book-slot", slot)) for slot in near],
        "choose": asking.address("choose-slot"),
        "is_by_link": asking.is_by_link,
        "move": asking.address("move-visit"),
        "visitor": _visitor_form(asking, form) if may_confirm else None,
        "visit": asking.address("book-visit"),
        "wait": asking.address("wait-for-slot") if is_full and asking.may_wait(form.slot) else "",
    }
    return render(asking.request, "telecentres/book_slot.html", context, status=status)


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


def _quote(asking: Asking, form: BookingForm) -> Quote | None:
    """What it would cost the visitor: what everyone pays, before they sign in."""
    return quote(
        telecentre=asking.telecentre,
        kind=asking.kind,
        slot=form.slot,
        holder=asking.holder,
        besides=asking.moved,
    )


def _carry_out(asking: Asking, form: BookingForm, user: User) -> Booking:
    if asking.moved:
        return move_here(asking, form, asking.moved, user)
    given = form.cleaned_data
    return book_space(**asked(asking, form), holder=user, note=given["note"], agreed=given["prix"])


def _offer_address(asking: Asking, offer: Offer) -> str:
    """Of the slot's own page; nowhere, when it is full and nobody can wait for it."""
    leads = offer.free or asking.may_wait(offer.slot)
    return asking.address("book-slot", offer.slot) if leads else ""


def _followed(token: str) -> Booking:
    """Raises Http404."""
    try:
        return booking_of_link(token=token)
    except LinkRefused as refusal:
        raise Http404 from refusal


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
