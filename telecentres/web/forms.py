"""What one asks of a telecentre: a day, hours of the clock on the wall, so many people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from telecentres.domain.rules import MOST_PEOPLE
from telecentres.forms import ExtrasForm, PeriodForm


class SlotForm(PeriodForm):
    personnes = forms.IntegerField(
        label=_("Personnes"), min_value=1, max_value=MOST_PEOPLE, required=False, initial=1
    )

    field_order = ("jour", "de", "a", "au", "personnes")

    @property
    def slot_fields(self) -> list[forms.BoundField]:
        """Those that say when, for how many."""
        return [self[name] for name in (*self.field_order, "passage")]

    def clean_personnes(self) -> int:
        """Alone, unless said otherwise."""
        return self.cleaned_data["personnes"] or 1


class AgreedForm(forms.Form):
    # What was shown: a price that has changed since is shown again before it is agreed to.
    prix = forms.DecimalField(required=False, max_digits=8, decimal_places=2)


class NotedForm(forms.Form):
    note = forms.CharField(
        label=_("Une précision pour le gestionnaire"),
        required=False,
        max_length=300,
        help_text=_("Facultatif. Par exemple : nous aurons besoin de l’écran."),
    )


class BookingForm(SlotForm, AgreedForm, NotedForm, ExtrasForm):
    """When, for how many, at what price, a word, and what is taken beside the space."""

    # The extras that the price shown counts: others are counted first, and shown.
    extras_vus = forms.CharField(required=False)

    @property
    def says_when(self) -> bool:
        """Whether nothing but words is to be corrected, if anything is."""
        return self.is_bound and self.errors.keys() <= {"note", *self.extra_names}
