"""What each step of a new territory's opening asks."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from comptes.enums import Role
from territoires.admin.territory import LanguagesField
from territoires.domain.addresses import free_slug
from territoires.models import Department, Territory


class StartForm(forms.Form):
    agency_name = forms.CharField(
        label=_("Votre organisme"),
        max_length=150,
        help_text=_("Celui qui publie le site : agence, département, syndicat, association."),
    )
    departments = forms.ModelMultipleChoiceField(
        label=_("Le ou les départements"),
        queryset=Department.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez un département au moins.")},
    )


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Territory
        fields: list[str] = []


class NameForm(StepForm):
    class Meta(StepForm.Meta):
        fields = ["name", "in_name", "agency_name"]

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Until the site opens, nobody follows its addresses: they take the name as it is now."""
        if not self.instance.is_public and "name" in self.changed_data:
            others = Territory.objects.exclude(pk=self.instance.pk)
            wanted = slugify(self.instance.name)[:45] or "territoire"
            self.instance.slug = free_slug(wanted, others)
        return super().save(commit)


class SiteForm(StepForm):
    languages = LanguagesField()

    class Meta(StepForm.Meta):
        fields = [
            "host_name", "languages", "contact_email", "contact_phone", "contact_address",
        ]  # fmt: skip
        widgets = {"contact_address": forms.Textarea({"rows": 3})}


class WelcomeForm(StepForm):
    class Meta(StepForm.Meta):
        fields = ["tagline", "tagline_en", "introduction", "introduction_en"]


class ColoursForm(StepForm):
    class Meta(StepForm.Meta):
        fields = ["brand_colour", "accent_colour"]
        widgets = {
            "brand_colour": forms.TextInput({"type": "color"}),
            "accent_colour": forms.TextInput({"type": "color"}),
        }


class LegalForm(StepForm):
    class Meta(StepForm.Meta):
        fields = ["legal_notice", "legal_notice_en", "privacy_notice", "privacy_notice_en"]


class TeamForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Un lien y part, qui laisse choisir un mot de passe.")
    )
    first_name = forms.CharField(label=_("Prénom"), required=False, max_length=80)
    last_name = forms.CharField(label=_("Nom"), required=False, max_length=80)
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=[(role.value, role.label) for role in (Role.ADMINISTRATOR, Role.OFFICER)],
        widget=forms.RadioSelect,
        initial=Role.ADMINISTRATOR.value,
    )


FORMS: dict[str, type[StepForm]] = {
    "nom": NameForm,
    "site": SiteForm,
    "accueil": WelcomeForm,
    "couleurs": ColoursForm,
    "textes": LegalForm,
}
