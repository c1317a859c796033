"""Write down an agreement given on paper or by mail: to which use of which fields, how, when."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptes.models import User
from registre.domain.wordings import current_wording
from registre.enums import ConsentMeans, ConsentUse
from solos.domain.members import FOR_MEMBERS
from solos.domain.publication import record_consent
from solos.enums import PublicField
from solos.models import Solo

ASKED = {
    "shown_fields": ConsentUse.PAGE,
    "opened_fields": ConsentUse.OPEN_DATA,
    "member_fields": ConsentUse.MEMBERS,
}


class ConsentForm(forms.Form):
    shown_fields = forms.MultipleChoiceField(
        label=_("Ce que la personne accepte de montrer à tous, sur sa page"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    opened_fields = forms.MultipleChoiceField(
        label=_("Ce qu’elle accepte aussi de donner en données ouvertes, par l’API"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    member_fields = forms.MultipleChoiceField(
        label=_("Ce qu’elle ouvre aux seuls membres du réseau"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    means = forms.ChoiceField(
        label=_("Accord recueilli par"),
        choices=[(each.value, each.label) for each in (ConsentMeans.PAPER, ConsentMeans.EMAIL)],
        widget=forms.RadioSelect,
        initial=ConsentMeans.PAPER,
    )
    given_on = forms.DateField(
        label=_("Donné le"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )

    def __init__(self, *args: Any, solo: Solo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.solo = solo
        self.wordings = {name: current_wording(use) for name, use in ASKED.items()}
        agreed = set(solo.consents.filter(withdrawn_at=None).values_list("use", "field"))
        for name, use in ASKED.items():
            possible = FOR_MEMBERS if use == ConsentUse.MEMBERS else list(PublicField)
            asked = [field for field in possible if (use.value, field.value) not in agreed]
            self.fields[name].choices = [(each.value, each.label) for each in asked]  # type: ignore[attr-defined]
            self.fields[name].help_text = self.wordings[name].text

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Un accord ne se donne pas d’avance."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        shown, opened = data.get("shown_fields", []), data.get("opened_fields", [])
        if not self.errors and not any(data.get(name) for name in ASKED):
            self.add_error(None, _("Cochez au moins un champ."))
        if set(opened) - set(shown) - set(self.solo.published_fields):
            self.add_error(
                "opened_fields", _("Les données ouvertes ne disent rien que la page taise.")
            )
        return data

    def record(self, *, recorded_by: User) -> None:
        """One consent for each use and field, with the words of today's form."""
        moment = timezone.make_aware(datetime.combine(self.cleaned_data["given_on"], time.min))
        with transaction.atomic():
            for name, use in ASKED.items():
                record_consent(
                    solo=self.solo,
                    use=use,
                    fields=[PublicField(field) for field in self.cleaned_data[name]],
                    wording_version=self.wordings[name].version,
                    means=ConsentMeans(self.cleaned_data["means"]),
                    at=moment,
                    recorded_by=recorded_by,
                )
