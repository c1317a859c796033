"""The pages of the directory that are no list and no form, each beside the others."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from registre.enums import JournalAct
from solos.admin.acts import ActingAdmin
from solos.models import Solo
from solos.querysets import SoloQuerySet

TABS = [
    ("changelist", gettext_lazy("La liste")),
    ("review", gettext_lazy("À relire")),
    ("board", gettext_lazy("Tableau")),
    ("map", gettext_lazy("Carte")),
    ("statistics", gettext_lazy("Chiffres")),
]


class DirectoryPages(ActingAdmin):
    """What those pages share: who may see them, the way from one to the next, the journal."""

    def page_urls(self, pages: list[tuple[str, Any, str]]) -> list[URLPattern]:
        return [
            path(route, self.admin_site.admin_view(view), name=f"solos_solo_{name}")
            for route, view, name in pages
        ]

    def page(
        self, request: HttpRequest, name: str, title: str, *, rows: int = 0, **context: Any
    ) -> TemplateResponse:
        """`rows` is how many people it shows by name."""
        if rows:
            self.journal(request, JournalAct.READ, rows=rows)
        shown = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "tabs": _tabs(name),
            **context,
        }
        return TemplateResponse(request, f"admin/solos/solo/{name}.html", shown)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {"tabs": _tabs("changelist"), **(extra_context or {})}
        return super().changelist_view(request, shown)

    def check_reader(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def readable(self, request: HttpRequest) -> SoloQuerySet:
        return cast("SoloQuerySet", self.get_queryset(request))

    def changeable(self, request: HttpRequest) -> SoloQuerySet:
        """The solos of one's perimeters whom one may act upon. Raises PermissionDenied."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return Solo.objects.for_user(request.user, "solos.change_solo")


def _tabs(name: str) -> list[tuple[str, Any, bool]]:
    return [(f"admin:solos_solo_{tab}", words, tab == name) for tab, words in TABS]
