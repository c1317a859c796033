"""The journal, read by administrators."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registre.admin.base import ReadOnly
from registre.admin.journaling import JournaledAdmin
from registre.domain.register import describe_fields
from registre.models import Erasure, JournalEntry


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnly, JournaledAdmin):
    change_list_template = "admin/registre/journalentry/change_list.html"
    list_display = ["at", "user", "act", "kind", "object_key", "rows", "territory", "path"]
    list_filter = ["act", "model"]
    list_select_related = ["user", "territory"]
    search_fields = ["object_key", "path", "user__email"]
    date_hierarchy = "at"

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "donnees/", self.admin_site.admin_view(self.register_view), name="registre_register"
        )
        return [page, *super().get_urls()]

    def register_view(self, request: HttpRequest) -> HttpResponse:
        """What is held of people, why, for how long, for whose eyes: for all of the team."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Registre des données personnelles"),
            "opts": self.opts,
            "models": describe_fields(),
        }
        return TemplateResponse(request, "admin/registre/register.html", context)

    @admin.display(description=gettext_lazy("sorte de fiche"), ordering="model")
    def kind(self, entry: JournalEntry) -> str:
        try:
            return str(apps.get_model(entry.model)._meta.verbose_name)  # noqa: SLF001
        except LookupError:
            return entry.model


@admin.register(Erasure)
class ErasureAdmin(ReadOnly, JournaledAdmin):
    list_display = ["at", "reason", "by", "rows_touched"]
    list_filter = ["reason"]
    list_select_related = ["by"]
    date_hierarchy = "at"

    def get_list_display(self, request: HttpRequest) -> Any:
        return [name for name in self.list_display if name not in self.get_exclude(request)]

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """An erasure is of no territory: who did it is told by the journal, which has one."""
        return [] if request.user.is_superuser else ["by"]

    @admin.display(description=gettext_lazy("lignes touchées"))
    def rows_touched(self, erasure: Erasure) -> int:
        return sum(erasure.counts.values())
