"""The pages of one place that are no form: each shows one of those that one may."""

from typing import Any

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from telecentres.models import Telecentre
from territoires.admin.base import OfficeAdmin


class PlacePages(OfficeAdmin):
    def place_path(self, word: str, view: Any, name: str) -> URLPattern:
        route, full_name = f"<int:telecentre_id>/{word}/", f"telecentres_telecentre_{name}"
        own: URLPattern = path(route, self.admin_site.admin_view(view), name=full_name)
        return own

    def place(self, request: HttpRequest, key: int, permission: str) -> Telecentre:
        """One where one holds that permission; as if it never was otherwise."""
        places = Telecentre.objects.for_user(request.user, permission)
        rows = places.select_related("commune", "territory").defer("words")
        place = rows.filter(pk=key).first()
        if place is None:
            raise Http404
        return place

    def place_page(
        self, request: HttpRequest, place: Telecentre, name: str, **context: Any
    ) -> TemplateResponse:
        shown = {
            **self.admin_site.each_context(request),
            "title": place.name,
            "opts": self.opts,
            "original": place,
            **context,
        }
        return TemplateResponse(request, f"admin/telecentres/telecentre/{name}.html", shown)
