"""What one looks for across the places. The names are those of the addresses that lead here."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from telecentres.domain.calendar import day_of, moment
from telecentres.domain.errors import NoSuchTime
from telecentres.domain.finding import Wish
from telecentres.domain.rules import MOST_PEOPLE
from telecentres.enums import DayPart
from telecentres.forms import JUMPED, DayField
from telecentres.web.kinds import KINDS, WORDS

# A moment that is no part of a day.
HOURS = "heures"
MISSING = _("Dites de quelle heure à quelle heure.")
BACKWARDS = _("La fin doit venir après le début.")
PAST = _("Ce jour est déjà passé : choisissez-en un autre.")


class FindingForm(forms.Form):
    jour = DayField(label=_("Jour"), required=False)
    moment = forms.ChoiceField(
        label=_("Moment"),
        choices=[*DayPart.choices, (HOURS, _("à des heures précises"))],
        required=False,
    )
    de = forms.TimeField(
        label=_("De"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    a = forms.TimeField(
        label=_("À"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    pres = forms.CharField(label=_("Près de (une commune)"), max_length=100, required=False)
    nature = forms.ChoiceField(
        label=_("Espace"),
        choices=[("", _("tous")), *((word, kind.label) for word, kind in KINDS.items())],
        required=False,
    )
    personnes = forms.IntegerField(
        label=_("Personnes"), min_value=1, max_value=MOST_PEOPLE, required=False
    )
    equipement = forms.MultipleChoiceField(
        label=_("Équipement"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, given: Mapping[str, Any], equipment: list[str]) -> None:
        """Asked when the address says anything that it knows; else a form to fill in."""
        self.today = day_of(timezone.now())
        is_asked = bool(given.keys() & self.base_fields.keys())
        initial = {"jour": self.today, "moment": DayPart.DAY, "personnes": 1}
        super().__init__(given if is_asked else None, initial=initial)
        self.fields["equipement"].choices = [(word, word) for word in equipment]  # type: ignore[attr-defined]

    def clean_jour(self) -> date:
        """Today, unless said otherwise."""
        day: date = self.cleaned_data["jour"] or self.today
        if day < self.today:
            raise forms.ValidationError(PAST)
        return day

    def clean_personnes(self) -> int:
        return self.cleaned_data["personnes"] or 1

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        says_hours = bool(given.get("de") or given.get("a"))
        if given.get("moment") == HOURS or (says_hours and not given.get("moment")):
            self._check_hours(given)
        else:
            given["de"] = given["a"] = None
        return given

    def _check_hours(self, given: dict[str, Any]) -> None:
        starts, ends = given.get("de"), given.get("a")
        if self.errors.keys() & {"jour", "de", "a"}:
            return
        if not starts or not ends:
            self.add_error("a" if starts else "de", MISSING)
        elif ends <= starts:
            self.add_error("a", BACKWARDS)
        else:
            self._check_clock("de", starts)
            self._check_clock("a", ends)

    def _check_clock(self, name: str, clock: time) -> None:
        try:
            moment(self.cleaned_data["jour"], clock, is_second=False)
        except NoSuchTime:
            self.add_error(name, JUMPED)

    @property
    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            day=given["jour"],
            part=DayPart.DAY if given["moment"] in {"", HOURS} else DayPart(given["moment"]),
            hours=(given["de"], given["a"]) if given["de"] else None,
            kind=KINDS.get(given["nature"]),
            people=given["personnes"],
            equipment=tuple(given["equipement"]),
        )


def as_asked(wish: Wish, near: str) -> dict[str, object]:
    """The wish as the form reads it; what goes without saying is not said."""
    asked: dict[str, object] = {"jour": f"{wish.day:%Y-%m-%d}"}
    if wish.hours:
        starts, ends = wish.hours
        asked |= {"moment": HOURS, "de": f"{starts:%H:%M}", "a": f"{ends:%H:%M}"}
    elif wish.part != DayPart.DAY:
        asked["moment"] = wish.part.value
    if near:
        asked["pres"] = near
    if wish.kind:
        asked["nature"] = WORDS[wish.kind]
    if wish.people > 1:
        asked["personnes"] = wish.people
    return asked | ({"equipement": list(wish.equipment)} if wish.equipment else {})
