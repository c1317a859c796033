"""A period as people type it, in days and hours of the wall clock: on the site, at the counter."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from telecentres.domain.calendar import WITHIN_CALENDAR, Slot, moment
from telecentres.domain.errors import NoSuchTime, TimeTwice

JUMPED = _("Cette nuit-là, l’horloge avance : cette heure n’existe pas. Choisissez-en une autre.")
TWICE = _("Cette nuit-là, l’horloge recule : cette heure passe deux fois. Dites laquelle.")


class DayField(forms.DateField):
    """A day of this century, which a calendar can hold."""

    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    default_validators = WITHIN_CALENDAR


class PeriodForm(forms.Form):
    """The names are those of the addresses that lead here."""

    jour = DayField(label=_("Jour"))
    de = forms.TimeField(label=_("De"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    a = forms.TimeField(label=_("À"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    au = DayField(label=_("Jusqu’au"), required=False, help_text=_("Vide : le même jour."))
    passage = forms.TypedChoiceField(
        label=_("L’heure qui passe deux fois"),
        choices=[("", _("aucune")), ("1", _("la première fois")), ("2", _("la seconde fois"))],
        required=False,
        coerce=lambda value: value == "2",
        empty_value=None,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        start = self._moment("de", given.get("jour"))
        end = self._moment("a", given.get("au") or given.get("jour"))
        if start and end:
            given["slot"] = Slot(start, end)
        return given

    def _moment(self, clock_name: str, day: date | None) -> datetime | None:
        clock: time | None = self.cleaned_data.get(clock_name)
        if day is None or clock is None:
            return None
        try:
            return moment(day, clock, is_second=self.cleaned_data.get("passage"))
        except NoSuchTime:
            self.add_error(clock_name, JUMPED)
        except TimeTwice:
            self.add_error("passage", TWICE)
        return None

    @property
    def slot(self) -> Slot:
        slot: Slot = self.cleaned_data["slot"]
        return slot
