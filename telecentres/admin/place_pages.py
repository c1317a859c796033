"""What the pages about one place share: whose it is, the way from one to the other, the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jetons.web.once import once
from registre.enums import JournalAct
from telecentres.domain.calendar import FIRST_DAY, LAST_DAY, day_of
from telecentres.domain.payments import left_to_pay
from telecentres.models import Booking, Telecentre
from territoires.admin.base import OfficeAdmin

SEES, CHANGES = "telecentres.view_booking", "telecentres.change_booking"
# Name of the address, words, right.
TABS: list[tuple[str, Promise, str]] = [
    ("day", _("La journée"), SEES),
    ("week", _("La semaine"), SEES),
    ("accounts", _("Les comptes"), "telecentres.view_payment"),
    ("use", _("Fréquentation"), "telecentres.view_usestatement"),
    ("codes", _("Codes d’arrivée"), "telecentres.change_space"),
    ("feeds", _("Agendas à suivre"), SEES),
    ("change", _("La fiche"), "telecentres.view_telecentre"),
]
# Those that a tab leads to: their words, and that tab.
UNDER: dict[str, tuple[Promise, str]] = {
    "book": (_("Réserver pour quelqu’un"), "week"),
    "close": (_("Fermer des espaces"), "week"),
    "relocate": (_("Hors des horaires"), "week"),
    "statement": (_("Relevé"), "accounts"),
}
WORDS = {name: words for name, words, _right in TABS} | {
    name: words for name, (words, _tab) in UNDER.items()
}


@dataclass(frozen=True)
class Tab:
    address: str
    words: Promise
    # As `aria-current` says it: this page, the part that holds it, or neither.
    current: str


class PlacePages(OfficeAdmin):
    def page_url(self, word: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        guarded = self.admin_site.admin_view(once(view))
        route = f"<int:telecentre_id>/{word}/"
        return path(route, guarded, name=f"telecentres_telecentre_{name}")

    def place_of(self, request: HttpRequest, key: int, permission: str) -> Telecentre:
        """One where one holds that permission; as if it never was otherwise."""
        places = Telecentre.objects.for_user(request.user, permission)
        rows = places.select_related("commune", "territory").defer("words")
        place = rows.filter(pk=key).first()
        if place is None:
            raise Http404
        return place

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if place := context.get("original"):
            context["tabs"] = place_tabs(request, place, "change")
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def place_page(
        self,
        request: HttpRequest,
        place: Telecentre,
        name: str,
        *,
        read: int = 0,
        status: int = 200,
        **context: Any,
    ) -> TemplateResponse:
        """`read` is how many bookings it shows."""
        if read:
            self.journal(request, JournalAct.READ, model=Booking, rows=read)
        shown = {
            **self.admin_site.each_context(request),
            "title": f"{WORDS[name]} – {place.name}",
            "page_name": WORDS[name],
            "tabs": place_tabs(request, place, name),
            "opts": self.opts,
            "original": place,
            **context,
        }
        template = f"admin/telecentres/telecentre/{name}.html"
        return TemplateResponse(request, template, shown, status=status)


def place_tabs(request: HttpRequest, place: Telecentre, name: str) -> list[Tab]:
    """The pages of a place that one may open."""
    section = UNDER[name][1] if name in UNDER else ""
    current = {name: "page", section: "true"}
    return [
        Tab(page_address(tab, place), words, current.get(tab, ""))
        for tab, words, right in TABS
        if request.user.has_perm(right)
    ]


def page_address(name: str, place: Telecentre, **query: object) -> str:
    return reverse(f"admin:telecentres_telecentre_{name}", args=[place.pk], query=query or None)


def pay_address(request: HttpRequest, booking: Booking) -> str:
    """Where what is left to pay of a booking that is on no account is taken, if one may."""
    if not request.user.has_perm("telecentres.add_payment") or left_to_pay(booking) <= 0:
        return ""
    month = f"{day_of(booking.period.lower):%Y-%m}"
    place = booking.space.telecentre
    return page_address("nobody", place, mois=month, reservation=booking.reference) + "#encaisser"


def asked_day(request: HttpRequest) -> date | None:
    try:
        day = date.fromisoformat(request.GET.get("jour", ""))
    except ValueError:
        return None
    return day if FIRST_DAY < day < LAST_DAY else None
