"""What people type on the site and at the counter: when, in days and hours of the wall clock; how
many extras.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from telecentres.domain.calendar import WITHIN_CALENDAR, Slot, moment
from telecentres.domain.errors import NoSuchTime, TimeTwice
from telecentres.models import Extra
from telecentres.models.extra import MOST_PIECES

EXTRA = "extra-"
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


class ExtrasForm(forms.Form):
    """How many of each of the extras that a place offers: none, unless it is said."""

    def __init__(self, *args: Any, extras: Sequence[Extra] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._extras = {f"{EXTRA}{extra.pk}": extra for extra in extras}
        for name, extra in self._extras.items():
            self.fields[name] = forms.IntegerField(
                label=_("En plus : %s") % extra.name,
                required=False,
                min_value=0,
                max_value=MOST_PIECES,
            )

    def extra_fields(self, people: int) -> Iterator[tuple[Extra, forms.BoundField, int]]:
        """Each with its box, and how many so many people may take."""
        for name, extra in self._extras.items():
            most = extra.most_for(people)
            box = self[name]
            about = {"max": most, "aria-describedby": f"{box.auto_id}_about"}
            box.field.widget.attrs.update(about)
            yield extra, box, most

    @property
    def extra_names(self) -> set[str]:
        return set(self._extras)

    @property
    def wanted(self) -> dict[int, int]:
        """How many of each, by key; under no key, what was offered no more when it was sent."""
        wanted = {
            extra.pk: number
            for name, extra in self._extras.items()
            if (number := self.cleaned_data.get(name))
        }
        names = {name for name in self.data if name.startswith(EXTRA)} - self.extra_names
        is_gone = any(self.data[name] not in ("", "0") for name in names)
        return wanted | ({0: 1} if is_gone else {})
