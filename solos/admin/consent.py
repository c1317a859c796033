"""Write down an agreement given on paper or by mail: which fields, how, on which day."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from solos.enums import ConsentMeans, PublicField
from solos.models import Solo

# The wording of the form that the agency has people sign; a new wording takes a new name.
WORDING_VERSION = "agence-1"


class ConsentForm(forms.Form):
    shown_fields = forms.MultipleChoiceField(
        label=_("Ce que la personne accepte de montrer à tous"),
        widget=forms.CheckboxSelectMultiple,
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
        asked = [field for field in PublicField if field not in solo.published_fields]
        self.fields["shown_fields"].choices = [(each.value, each.label) for each in asked]  # type: ignore[attr-defined]

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Un accord ne se donne pas d’avance."))
        return day

    def consent(self) -> dict[str, Any]:
        """What `record_consent` asks for."""
        data = self.cleaned_data
        moment = timezone.make_aware(datetime.combine(data["given_on"], time.min))
        return {
            "fields": [PublicField(field) for field in data["shown_fields"]],
            "means": ConsentMeans(data["means"]),
            "wording_version": WORDING_VERSION,
            "at": moment,
        }
