"""How one cell of a spreadsheet is written and read, whatever the file.

A value leaves as itself; the file's format decides how it is written. What comes back may have
been retyped by a spreadsheet program: a date as a text, a code as a number.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from math import isfinite
from typing import Any, cast

from django.db.models import Choices, Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from territoires.admin.spreadsheets import Cell, plain_text
from territoires.models import Territory

Row = dict[str, Cell]
Text = str | Promise

SPACES = re.compile(r"[\s\u00a0\u202f]+")
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y")
MOMENTS = ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M")


def column(heading: Text, attribute: str, widget: "PlainWidget | None" = None) -> Field:
    """A column that is read and written."""
    return Field(attribute=attribute, column_name=heading, widget=widget or PlainWidget())


def shown_column(heading: Text, attribute: str, widget: "PlainWidget | None" = None) -> Field:
    """A column that informs: written on the way out, ignored on the way in."""
    field = column(heading, attribute, widget)
    field.readonly = True
    return field


def text_of(row: Row, column: Text) -> str:
    return " ".join(plain_text(row.get(str(column))).split())


def same(typed: Cell, held: Cell) -> bool:
    """Whether a cell came back as it left: opening and saving a file may retype it, no more."""
    return _comparable(typed) == _comparable(held)


def _comparable(cell: Cell) -> str:
    text = plain_text(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
    number = SPACES.sub("", text).replace(",", ".")
    return repr(float(number)) if re.fullmatch(r"-?\d+(\.\d+)?", number) else text


class PlainWidget(Widget):  # type: ignore[misc]
    """Native values on the way out; the file's format decides how they are written."""

    def clean(self, value: Cell, row: Row | None = None, **kwargs: Any) -> Any:
        return plain_text(value).replace("\r\n", "\n").strip()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Cell:
        return cast("Cell", value)


class NumberWidget(PlainWidget):
    def __init__(self, *, whole: bool = True) -> None:
        super().__init__()
        self.whole = whole

    def clean(self, value: Cell, row: Row | None = None, **kwargs: Any) -> Any:
        text = SPACES.sub("", super().clean(value)).replace(",", ".")
        if not text:
            return None
        try:
            number = float(text)
            if not isfinite(number) or (self.whole and not number.is_integer()):
                raise ValueError(text)
            return int(number) if self.whole else number
        except ValueError as error:
            raise ValueError(_("« %(value)s » n’est pas un nombre.") % {"value": value}) from error


class ListWidget(PlainWidget):
    """Several words in one cell, separated by commas."""

    def clean(self, value: Cell, row: Row | None = None, **kwargs: Any) -> list[str]:
        return [word.strip() for word in super().clean(value).split(",") if word.strip()]

    def render(self, value: Iterable[str] | None, obj: Any = None, **kwargs: Any) -> str:
        return ", ".join(value or [])


class DateWidget(PlainWidget):
    def clean(self, value: Cell, row: Row | None = None, **kwargs: Any) -> date | None:
        text = super().clean(value.date() if isinstance(value, datetime) else value)
        for form in DATES if text else ():
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007  (a day, no moment)
            except ValueError:
                continue
        if text:
            raise ValueError(_("« %(value)s » n’est pas une date (01/05/2026).") % {"value": text})
        return None


class MomentWidget(PlainWidget):
    """A day and an hour of the territory's clock."""

    def clean(self, value: Cell, row: Row | None = None, **kwargs: Any) -> datetime | None:
        text = super().clean(value)
        for form in MOMENTS if text else ():
            try:
                return timezone.make_aware(datetime.strptime(text, form))  # noqa: DTZ007
            except ValueError:
                continue
        if text:
            raise ValueError(
                _("« %(value)s » n’est pas une date et une heure (01/05/2026 18:30).")
                % {"value": text}
            )
        return None


class YesNoWidget(PlainWidget):
    def clean(self, value: Cell, row: Row | None = None, **kwargs: Any) -> bool:
        word = super().clean(value).casefold()
        if word in {"oui", "yes", "vrai", "true", "1", "x"}:
            return True
        if word in {"non", "no", "faux", "false", "0", ""}:
            return False
        raise ValueError(_("Écrivez oui ou non, pas « %(value)s ».") % {"value": word})


class ChoiceWidget(PlainWidget):
    """A choice by the word that officers read; capitals don't matter."""

    def __init__(self, choices: type[Choices], *, blank: bool = False) -> None:
        super().__init__()
        self.choices = choices
        self.blank = blank

    def clean(self, value: Cell, row: Row | None = None, **kwargs: Any) -> Any:
        wanted = super().clean(value).casefold()
        if not wanted and self.blank:
            return ""
        for key, label in self.choices.choices:
            if wanted in {str(key).casefold(), str(label).casefold()}:
                return key
        raise ValueError(
            _("« %(value)s » n’est pas un des choix : %(choices)s.")
            % {"value": value or "", "choices": ", ".join(map(str, self.choices.labels))}
        )

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices(value).label) if value not in {None, ""} else ""


class KeyWidget(PlainWidget):
    """A row of another list, by a key that people know; `find` looks in the row's territory.

    `near` gives the names that may have been meant where there is none.
    """

    def __init__(
        self,
        find: Callable[[str, Territory], Model | None],
        key: str,
        *,
        near: Callable[[str, Territory], Iterable[str]] = lambda _wanted, _territory: (),
        required: bool = False,
    ) -> None:
        super().__init__()
        self.find = find
        self.key = key
        self.near = near
        self.required = required

    def clean(self, value: Cell, row: Row | None = None, **kwargs: Any) -> Model | None:
        wanted = super().clean(value)
        if not wanted and not self.required:
            return None
        found = self.find(wanted, kwargs["territory"])
        if found is None:
            raise ValueError(self._unknown(wanted, kwargs["territory"]))
        return found

    def _unknown(self, wanted: str, territory: Territory) -> str:
        said = [_("« %(value)s » ne figure pas dans nos listes.") % {"value": wanted}]
        if names := ", ".join(self.near(wanted, territory)):
            said.append(_("Vouliez-vous dire : %s ?") % names)
        if not self.required:
            said.append(_("Videz la cellule pour importer la ligne sans."))
        return " ".join(said)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Cell:
        return cast("Cell", getattr(value, self.key)) if value else ""
