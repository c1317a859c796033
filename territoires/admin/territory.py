from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from territoires.admin.base import HistoryAdmin
from territoires.admin.pictures import picture_refusal
from territoires.models import Territory
from territoires.models.territory import default_languages


class LanguagesField(forms.MultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Langues du site public"),
            choices=[("fr", _("français")), ("en", _("anglais"))],
            widget=forms.CheckboxSelectMultiple,
            initial=default_languages,
        )


class TerritoryForm(forms.ModelForm):  # type: ignore[type-arg]
    languages = LanguagesField()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(data.get(part) for part in ("departments", "epcis", "communes")):
            self.add_error(
                "departments",
                _("Composez-le d’au moins un département, une intercommunalité ou une commune."),
            )
        logo = data.get("logo")
        if logo and not self.instance.pk:
            self.add_error("logo", _("Enregistrez d’abord le territoire : son logo vient ensuite."))
        elif refusal := picture_refusal(logo, self.instance):
            self.add_error("logo", refusal)
        return data


@admin.register(Territory)
class TerritoryAdmin(HistoryAdmin):
    form = TerritoryForm
    list_display = ["name", "agency_name", "host_name", "is_default", "is_public"]
    list_filter = ["is_public"]
    search_fields = ["name__unaccent", "agency_name__unaccent"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["departments", "epcis", "communes", "logo"]
    fieldsets = [
        (None, {"fields": ["name", "in_name", "slug", "agency_name"]}),
        (_("De quoi il se compose"), {"fields": ["departments", "epcis", "communes"]}),
        (_("Son site"), {"fields": ["is_public", "host_name", "is_default", "languages"]}),
        (
            _("Ce que l’on y lit en premier"),
            {"fields": ["tagline", "tagline_en", "introduction", "introduction_en"]},
        ),
        (
            _("Ses couleurs"),
            {
                "fields": ["brand_colour", "accent_colour", "logo"],
                "description": _(
                    "Deux couleurs suffisent : les autres en sont tirées, et éclaircies ou "
                    "assombries là où un texte serait illisible."
                ),
            },
        ),
        (_("Pour vous joindre"), {"fields": ["contact_email", "contact_phone", "contact_address"]}),
        (
            _("Textes légaux"),
            {
                "classes": ["collapse"],
                "fields": [
                    "legal_notice", "legal_notice_en", "privacy_notice", "privacy_notice_en",
                ],
            },
        ),
    ]  # fmt: skip

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in {"brand_colour", "accent_colour"}:
            kwargs["widget"] = forms.TextInput({"type": "color"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
