"""The rules under which each space is booked."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from telecentres.enums import BookingUnit
from telecentres.models import Space
from territoires.admin.base import OfficeAdmin


class SpaceForm(forms.ModelForm):  # type: ignore[type-arg]
    units = forms.MultipleChoiceField(
        label=_("durées proposées"),
        choices=BookingUnit.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucune : l’espace est montré et ne se réserve pas."),
    )


@admin.register(Space)
class SpaceAdmin(OfficeAdmin):
    form = SpaceForm
    list_display = ["name", "telecentre", "kind", "capacity", "let_for", "needs_approval"]
    list_filter = ["kind", "needs_approval", "telecentre__territory"]
    list_select_related = ["telecentre"]
    search_fields = ["name__unaccent", "telecentre__name__unaccent"]
    search_help_text = _("Nom de l’espace ou du télécentre.")
    autocomplete_fields = ["telecentre"]
    fieldsets = [
        (None, {"fields": ["telecentre", "name", "kind", "capacity", "equipment"]}),
        (
            _("Comment il se réserve"),
            {
                "fields": [
                    "units", "needs_approval", "audience", ("notice", "horizon"),
                    ("buffer_before", "buffer_after"), "release_after",
                ]
            },
        ),
    ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Space | None = None) -> list[str]:
        """A space stays where it was made: its bookings are of that place."""
        shown = super().get_readonly_fields(request, obj)
        return ["telecentre", *shown] if obj else shown

    @admin.display(description=_("durées"))
    def let_for(self, space: Any) -> str:
        labels = [str(unit.label) for unit in BookingUnit if unit in space.units]
        return ", ".join(labels) or str(self.empty_value_display)
