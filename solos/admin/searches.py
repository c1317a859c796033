"""What visitors look for in the directory: what nobody found comes first."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from solos.domain.asking import search_address
from solos.domain.search_words import SearchWords
from solos.domain.searches import filters_of
from solos.models import CountedSearch
from solos.querysets import CountedSearchQuerySet
from territoires.admin.base import ReadOnlyAdmin, TodoFilter
from territoires.admin.columns import shown_column
from territoires.admin.exchange import OfficeExport
from territoires.admin.resources import OfficeResource
from territoires.domain.brand import site_address


def said(rows: "Iterable[CountedSearch]") -> list[CountedSearch]:
    """The rows with `said`, what was searched in words: names are read once for all of them."""
    found = list(rows)
    words = SearchWords(map(filters_of, found))
    for row in found:
        row.said = words.say(filters_of(row))  # type: ignore[attr-defined]
    return found


class CountedSearchResource(OfficeResource):
    territory = shown_column(_("Territoire"), "territory__name")
    month = shown_column(_("Mois"), "month")
    said = shown_column(_("Recherche"), "said")
    asked = shown_column(_("Fois"), "asked")
    results = shown_column(_("Résultats"), "results")

    class Meta(OfficeResource.Meta):
        model = CountedSearch

    def iter_queryset(self, queryset: "QuerySet[CountedSearch]") -> Iterable[CountedSearch]:
        return said(queryset.select_related("territory"))


class SayingList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list: Any = said(self.result_list)


class UnmetFilter(TodoFilter):
    todos = {"sans-resultat": (_("cherchées souvent, jamais trouvées"), "unmet")}


class FoundFilter(admin.SimpleListFilter):
    title = _("résultat")
    parameter_name = "resultat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("aucun", _("personne trouvé")), ("trouves", _("quelqu’un trouvé"))]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[CountedSearch]"
    ) -> "QuerySet[CountedSearch] | None":
        if self.value() is None:
            return None
        wanted = Q(results=0) if self.value() == "aucun" else ~Q(results=0)
        return queryset.filter(wanted)


@admin.register(CountedSearch)
class CountedSearchAdmin(OfficeExport, ReadOnlyAdmin):
    resource_classes = [CountedSearchResource]
    list_display = ["searched", "asked", "results", "in_month", "on_site", "territory"]
    list_filter = [UnmetFilter, FoundFilter, "territory"]
    list_select_related = ["territory"]
    search_fields = ["words__unaccent"]
    date_hierarchy = "month"
    fields = ["searched", "on_site", "asked", "results", "in_month", "territory"]
    readonly_fields = ["searched", "in_month", "on_site"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[CountedSearch]":
        """Rare searches are nobody's to read: their words might be somebody's."""
        return cast("CountedSearchQuerySet", super().get_queryset(request)).shown()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return SayingList

    @admin.display(description=_("recherche"), ordering="words")
    def searched(self, row: CountedSearch) -> str:
        words: str = row.said if hasattr(row, "said") else said([row])[0].said  # type: ignore[attr-defined]
        return words

    @admin.display(description=_("mois"), ordering="month")
    def in_month(self, row: CountedSearch) -> str:
        return date_format(row.month, "F Y")

    @admin.display(description=_("sur le site"))
    def on_site(self, row: CountedSearch) -> SafeString:
        address = site_address(row.territory) + search_address(filters_of(row))
        return format_html('<a href="{}">{}</a>', address, _("refaire cette recherche"))
