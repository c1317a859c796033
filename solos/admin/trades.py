from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from solos.models import Sector, Trade
from territoires.admin.base import OfficeAdmin


@admin.register(Sector)
class SectorAdmin(OfficeAdmin):
    list_display = ["name", "name_en", "position", "trade_count"]
    search_fields = ["name__unaccent", "name_en__unaccent"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "name_en", "slug", "position"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Sector]":
        rows: QuerySet[Sector] = super().get_queryset(request)
        return rows.annotate(trade_count=Count("trades"))

    @admin.display(description=_("métiers"), ordering="trade_count")
    def trade_count(self, sector: Sector) -> int:
        return int(sector.trade_count)  # type: ignore[attr-defined]


@admin.register(Trade)
class TradeAdmin(OfficeAdmin):
    list_display = ["name", "name_en", "sector", "solo_count"]
    list_filter = ["sector"]
    list_select_related = ["sector"]
    search_fields = ["name__unaccent", "name_en__unaccent"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["sector", "name", "name_en", "slug"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Trade]":
        rows: QuerySet[Trade] = super().get_queryset(request)
        return rows.annotate(solo_count=Count("solos"))

    @admin.display(description=_("solos"), ordering="solo_count")
    def solo_count(self, trade: Trade) -> int:
        return int(trade.solo_count)  # type: ignore[attr-defined]
