"""Several bookings asked for in one go: every week, so many spaces; then the dates one keeps."""

import re
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.rules import MOST_SPACES
from telecentres.domain.series import MOST_WEEKS, WEEK, SeriesDate, every_week
from telecentres.forms import DayField
from telecentres.web.forms import NotedForm, SlotForm

LONGEST = timedelta(weeks=MOST_WEEKS - 1)
TICKED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(=(?P<price>\d{1,6}\.\d\d))?", re.ASCII)
UNREAD = _("Ces dates ne se lisent pas : revenez à la liste.")


class SeriesForm(SlotForm):
    """The names are those of the addresses that lead here."""

    semaines = forms.IntegerField(
        label=_("Combien de semaines"),
        min_value=1,
        max_value=MOST_WEEKS,
        required=False,
        help_text=_("Le même jour et les mêmes heures, chaque semaine."),
    )
    jusque = DayField(label=_("Ou chaque semaine jusqu’au"), required=False)
    espaces = forms.IntegerField(
        label=_("Combien d’espaces en même temps"),
        min_value=1,
        max_value=MOST_SPACES,
        required=False,
        help_text=_("Un poste par personne : tous ensemble, ou aucun."),
    )

    @property
    def series_fields(self) -> list[forms.BoundField]:
        """Those that say how often, and how many at once."""
        return [self[name] for name in ("semaines", "jusque", "espaces")]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        weeks, until, slot = given.get("semaines"), given.get("jusque"), given.get("slot")
        if weeks and until:
            self.add_error(
                "jusque", _("Dites combien de semaines, ou jusqu’à quand : pas les deux.")
            )
        if until and slot and not day_of(slot.start) <= until <= day_of(slot.start) + LONGEST:
            self.add_error(
                "jusque", _("Choisissez un jour qui vient après le premier, d’ici un an.")
            )
        return given

    @property
    def count(self) -> int:
        return self.cleaned_data["espaces"] or 1

    @property
    def people_in_each(self) -> int:
        people: int = self.cleaned_data["personnes"]
        return -(-people // self.count)

    @property
    def slots(self) -> list[Slot]:
        """One, unless it comes back every week."""
        first, weeks = self.slot, self.cleaned_data["semaines"] or 1
        until = self.cleaned_data["jusque"] or day_of(first.start) + (weeks - 1) * WEEK
        return every_week(first, until)


class TickedField(forms.Field):
    """Days, each with the price that was shown of it, where there was one: 2027-03-08=8.50."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"required": _("Cochez au moins une date.")}

    def to_python(self, value: Any) -> dict[date, Decimal | None]:
        return dict(_ticked(word) for word in value or ())


class TickedForm(SeriesForm, NotedForm):
    """What one keeps of the dates shown."""

    dates = TickedField()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("dates") and not self.errors and not given["dates"].keys() <= self._days:
            self.add_error("dates", UNREAD)
        return given

    @property
    def _days(self) -> set[date]:
        return {day_of(slot.start) for slot in self.slots}

    @property
    def kept(self) -> list[Slot]:
        return [slot for slot in self.slots if day_of(slot.start) in self.cleaned_data["dates"]]


def ticked_value(date: SeriesDate) -> str:
    """What a box says of its date once it is sent."""
    return f"{date.day}={date.quote.total:.2f}" if date.quote else f"{date.day}"


def _ticked(word: str) -> tuple[date, Decimal | None]:
    """Raises ValidationError."""
    shape = TICKED.fullmatch(word)
    with suppress(ValueError):
        if shape and (day := parse_date(shape["day"])):
            return day, Decimal(shape["price"]) if shape["price"] else None
    raise forms.ValidationError(UNREAD)
