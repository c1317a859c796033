"""What the pages about one place share: whose it is, how they are called, the day asked for."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from jetons.web.once import once
from registre.enums import JournalAct
from telecentres.domain.calendar import FIRST_DAY, LAST_DAY
from telecentres.models import Booking, Telecentre
from territoires.admin.base import OfficeAdmin

SEES, CHANGES = "telecentres.view_booking", "telecentres.change_booking"


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
            "title": place.name,
            "opts": self.opts,
            "original": place,
            **context,
        }
        template = f"admin/telecentres/telecentre/{name}.html"
        return TemplateResponse(request, template, shown, status=status)


def page_address(name: str, place: Telecentre, **query: object) -> str:
    return reverse(f"admin:telecentres_telecentre_{name}", args=[place.pk], query=query or None)


def asked_day(request: HttpRequest) -> date | None:
    try:
        day = date.fromisoformat(request.GET.get("jour", ""))
    except ValueError:
        return None
    return day if FIRST_DAY < day < LAST_DAY else None
