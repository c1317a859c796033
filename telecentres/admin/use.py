"""How much a place is used: twelve months by their three sources, and what its manager states."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comptes.models import User
from telecentres.admin.place_pages import PlacePages
from telecentres.domain.calendar import day_of
from telecentres.domain.use import last_months, use_of_months
from telecentres.domain.use_chart import draw_use
from telecentres.enums import SpaceKind, UseSource
from telecentres.models import UseStatement
from territoires.admin.base import OfficeAdmin

MONTHS_SHOWN = 12
MONTHS_STATED = 24
WHOLE_PLACE = _("tout le lieu")


class UsePages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("frequentation", self.use_view, "use"), *super().get_urls()]

    def use_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        place = self.place_of(request, telecentre_id, "telecentres.view_usestatement")
        now = timezone.now()
        months = use_of_months(place, last_months(day_of(now), MONTHS_SHOWN), now)
        stated = place.use_statements.select_related("stated_by")
        return self.place_page(
            request,
            place,
            "use",
            chart=draw_use(months),
            months=months,
            sources=list(UseSource),
            statements=stated.filter(month__gte=months[0].month),
            may_state=request.user.has_perm("telecentres.add_usestatement"),
        )


class UseStatementForm(forms.ModelForm):  # type: ignore[type-arg]
    month = forms.TypedChoiceField(label=_("Mois"), coerce=date.fromisoformat)

    kind = forms.ChoiceField(
        label=_("Nature d’espace"), choices=[("", WHOLE_PLACE), *SpaceKind.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The months begun, the newest first; one stated long ago keeps its own."""
        super().__init__(*args, **kwargs)
        if field := self.fields.get("month"):
            months = set(last_months(day_of(timezone.now()), MONTHS_STATED))
            if self.instance.month:
                months.add(self.instance.month)
            choices = [(day.isoformat(), _month_name(day)) for day in sorted(months, reverse=True)]
            cast("forms.TypedChoiceField", field).choices = choices


@admin.register(UseStatement)
class UseStatementAdmin(OfficeAdmin):
    form = UseStatementForm
    list_display = ["month_name", "telecentre", "kind_name", "half_days", "people", "stated_by"]
    list_filter = ["kind", "telecentre__territory"]
    list_select_related = ["telecentre", "stated_by"]
    search_fields = ["telecentre__name__unaccent"]
    search_help_text = _("Nom du télécentre.")
    autocomplete_fields = ["telecentre"]
    fields = ["telecentre", "month", "kind", "half_days", "people", "note"]

    def save_model(self, request: HttpRequest, obj: UseStatement, form: Any, change: Any) -> None:
        """Whoever writes a figure last answers for it."""
        obj.stated_by, obj.stated_at = cast("User", request.user), timezone.now()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("mois"), ordering="month")
    def month_name(self, statement: UseStatement) -> str:
        return capfirst(_month_name(statement.month))

    @admin.display(description=_("nature d’espace"), ordering="kind")
    def kind_name(self, statement: UseStatement) -> str:
        return str(SpaceKind(statement.kind).label if statement.kind else WHOLE_PLACE)


def _month_name(month: date) -> str:
    return date_format(month, "F Y")
