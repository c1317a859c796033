from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.gis.db.models import PointField as PointColumn
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from telecentres.admin.resources import TelecentreResource
from telecentres.enums import SpaceKind, TelecentreState
from telecentres.models import OpeningHours, Space, Telecentre
from territoires.admin.base import HistoryAdmin, OfficeInline, TodoFilter, badge
from territoires.admin.exchange import OfficeExchange
from territoires.admin.maps import PointField
from territoires.admin.pictures import IllustratedAdmin, IllustratedForm
from territoires.admin.villages import commune_refusal

TONES = {
    TelecentreState.PLANNED: "warn",
    TelecentreState.OPEN: "ok",
    TelecentreState.CLOSED: "quiet",
}
TO_WORK_AT = Q(spaces__kind__in=[SpaceKind.DESK, SpaceKind.OFFICE])


class TelecentreForm(IllustratedForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if refusal := commune_refusal(data.get("territory"), data.get("commune")):
            self.add_error("commune", refusal)
        return data


class OpeningHoursFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """Two ranges of one day share no moment."""
        super().clean()
        week = sorted(
            (row["weekday"], row["opens_at"], row["closes_at"])
            for row in (form.cleaned_data for form in self.forms if form.is_valid())
            if row and not row.get("DELETE")
        )
        for earlier, later in pairwise(week):
            if earlier[0] == later[0] and later[1] < earlier[2]:
                raise forms.ValidationError(_("Deux plages du même jour se chevauchent."))


class OpeningHoursInline(OfficeInline):
    model = OpeningHours
    formset = OpeningHoursFormSet


class SpaceInline(OfficeInline):
    model = Space


class TelecentreTodoFilter(TodoFilter):
    todos = {
        "sans-horaires": (_("ouvert, sans horaires"), "without_hours"),
        "position": (_("ouvert, placé au centre de la commune"), "placed_roughly"),
    }


@admin.register(Telecentre)
class TelecentreAdmin(OfficeExchange, IllustratedAdmin, HistoryAdmin):
    form = TelecentreForm
    resource_classes = [TelecentreResource]
    list_display = ["name", "state_badge", "kind", "commune", "places", "opened_on", "territory"]
    list_filter = ["state", TelecentreTodoFilter, "territory"]
    list_select_related = ["commune", "territory", "managing_organisation", "programme"]
    search_fields = [
        "name__unaccent", "commune__plain_name__unaccent", "managing_organisation__name__unaccent",
    ]  # fmt: skip
    search_help_text = _("Nom, commune ou gestionnaire.")
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["commune", "managing_organisation", "programme", "photo"]
    formfield_overrides = {
        **HistoryAdmin.formfield_overrides,
        PointColumn: {"form_class": PointField},
    }
    inlines = [OpeningHoursInline, SpaceInline]
    fieldsets = [
        (None, {"fields": ["name", "kind", "state", "opened_on", "managing_organisation"]}),
        (
            _("Où"),
            {"fields": ["commune", "address", "point", "point_precision", "access"]},
        ),
        (
            _("Sur le site public"),
            {
                "fields": [
                    "presentation", "presentation_en", "services", "photo", "slug",
                ]
            },
        ),
        (_("Pour le joindre"), {"fields": ["email", "phone", "website"]}),
        (_("Suivi"), {"fields": ["territory", "programme", "source"]}),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Telecentre]":
        rows: QuerySet[Telecentre] = super().get_queryset(request)
        return rows.annotate(desks=Count("spaces", filter=TO_WORK_AT, distinct=True))

    @admin.display(description=_("état"), ordering="state")
    def state_badge(self, telecentre: Telecentre) -> SafeString:
        state = TelecentreState(telecentre.state)
        return badge(TONES[state], state.label)

    @admin.display(description=_("postes et bureaux"), ordering="desks")
    def places(self, telecentre: Any) -> int:
        return int(telecentre.desks)
