"""Prices of a place, what it offers, and the packs it sells."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from telecentres.admin.holders import AccountForm
from telecentres.enums import SpaceKind
from telecentres.models import Extra, FreeAllowance, Pack, Tariff
from territoires.admin.base import OfficeAdmin, OfficeInline


class TariffInline(OfficeInline):
    model = Tariff
    fields = ["kind", "unit", "price", "group"]


class FreeAllowanceInline(OfficeInline):
    model = FreeAllowance
    fields = ["kind", "half_days", "group"]


class ExtraForm(forms.ModelForm):  # type: ignore[type-arg]
    kinds = forms.MultipleChoiceField(
        label=_("avec quels espaces"),
        choices=SpaceKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucun : avec tous."),
    )


class ExtraInline(OfficeInline):
    """One that was taken is withdrawn: the bookings that hold it name it."""

    model = Extra
    form = ExtraForm
    # Too many columns for a table.
    template = "admin/edit_inline/stacked.html"
    fields = [
        ("name", "kind"), ("price", "per"), ("stock", "notice"), "kinds", "description",
        "is_offered",
    ]  # fmt: skip


class PackForm(AccountForm):
    account = "holder"


@admin.register(Pack)
class PackAdmin(OfficeAdmin):
    """Sold once: only its last day may change, and one that nothing used be deleted."""

    form = PackForm
    list_display = [
        "holder", "telecentre", "kind", "half_days", "left", "price", "sold_on", "expires_on",
    ]  # fmt: skip
    list_filter = ["kind", "telecentre__territory"]
    list_select_related = ["holder", "telecentre"]
    search_fields = ["holder__email", "holder__last_name__unaccent", "telecentre__name__unaccent"]
    search_help_text = _("Nom ou e-mail du titulaire, télécentre.")
    autocomplete_fields = ["telecentre"]
    fields = ["email", "telecentre", "kind", "half_days", "price", "sold_on", "expires_on"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Pack]":
        rows: QuerySet[Pack] = super().get_queryset(request)
        return rows.with_left()  # type: ignore[attr-defined, no-any-return]

    def get_readonly_fields(self, request: HttpRequest, obj: Pack | None = None) -> list[str]:
        shown = super().get_readonly_fields(request, obj)
        return ["telecentre", "kind", "half_days", "price", "sold_on", *shown] if obj else shown

    @admin.display(description=_("restent"), ordering="left")
    def left(self, pack: Any) -> int:
        return int(pack.left)
