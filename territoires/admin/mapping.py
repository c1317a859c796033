"""A file with other headings than ours: each of its columns is given one of ours, or none.

What is guessed is only proposed; nothing is read before an officer has said yes to it.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.fields import Field

from territoires.admin.spreadsheets import plain_text, quoted
from territoires.domain.letters import plain_letters

LANGUAGES = ("fr", "en")
COLUMN = "column_"
LONGEST_SAMPLE = 60
# Words that say nothing of what a column holds.
EMPTY_WORDS = frozenset(
    {"de", "du", "des", "la", "le", "les", "l", "d", "the", "of", "your", "votre", "vos", "n", "no"}
)


class ColumnsRefused(ValueError):
    """Someone must say, or say again, what the columns of the file hold."""

    def __init__(self, words: str, dataset: Any) -> None:
        super().__init__(words)
        self.headers = list(dataset.headers)
        self.samples = [
            _first_said(row[number] for row in dataset) for number in range(dataset.width)
        ]


def _first_said(cells: Iterable[Any]) -> str:
    text = next((plain_text(cell) for cell in cells if cell not in {None, ""}), "")
    return Truncator(text).chars(LONGEST_SAMPLE)


def check_columns(
    dataset: Any, mapping: Sequence[str] | None, known: Collection[str], required: Iterable[str]
) -> None:
    """Leave in `dataset` our columns alone, by our names.

    Raises ColumnsRefused where a choice of columns can help, ValueError where the file must
    change; both in words for whoever sent it.
    """
    refused = _refusal(dataset.headers, mapping, known)
    if refused:
        raise ColumnsRefused(refused, dataset)
    held = [name for name in mapping or dataset.headers if name]
    missing = [name for name in required if name not in held]
    if missing:
        words = _("Il manque dans le fichier : %(columns)s.") % {"columns": quoted(missing)}
        raise ColumnsRefused(words, dataset) if mapping else ValueError(words)
    if mapping:
        _rename(dataset, mapping)


def _refusal(headers: Sequence[str], mapping: Sequence[str] | None, known: Collection[str]) -> str:
    if mapping is None:
        unknown = [header for header in headers if header not in known]
        words = _("Le fichier a des colonnes inconnues ici : %(columns)s.")
        return words % {"columns": quoted(unknown)} if unknown else ""
    chosen = [name for name in mapping if name]
    if len(mapping) != len(headers) or not set(chosen) <= set(known):
        return _("Ces colonnes ne sont plus celles du fichier : choisissez de nouveau.")
    if not chosen:
        return _("Dites ce que contient au moins une de vos colonnes.")
    twice = [name for name in dict.fromkeys(chosen) if chosen.count(name) > 1]
    words = _("Plusieurs de vos colonnes vont à la même des nôtres : %(columns)s.")
    return words % {"columns": quoted(twice)} if twice else ""


def _rename(dataset: Any, mapping: Sequence[str]) -> None:
    rows = [
        [cell for cell, name in zip(row, mapping, strict=True) if name] for row in list(dataset)
    ]
    dataset.wipe()
    dataset.headers = [name for name in mapping if name]
    for row in rows:
        dataset.append(row)


class MappingField(forms.CharField):
    """Which of our columns each of theirs is, in their order; "" for one that is not read."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> list[str] | None:
        text = super().clean(value)
        try:
            mapping = json.loads(text or "null")
        except ValueError:
            mapping = 0
        is_list = isinstance(mapping, list) and all(isinstance(one, str) for one in mapping)
        if mapping is not None and not is_list:
            raise ValidationError(_("Ces colonnes sont illisibles : recommencez."))
        return mapping  # type: ignore[no-any-return]


class MappingForm(forms.Form):
    """One choice for each column of a file that waits on the server."""

    def __init__(
        self,
        refused: ColumnsRefused,
        fields: Mapping[str, Field],
        other_names: Mapping[str, str],
        chosen: Sequence[str] | None,
    ) -> None:
        super().__init__()
        names = [str(field.column_name) for field in fields.values()]
        choices = [("", _("ne pas lire")), *((name, name) for name in names)]
        proposed = chosen or guess(refused.headers, fields, other_names)
        for number, header in enumerate(refused.headers):
            self.fields[f"{COLUMN}{number}"] = forms.ChoiceField(
                label=header,
                help_text=refused.samples[number],
                choices=choices,
                required=False,
                initial=dict(enumerate(proposed)).get(number, ""),
            )


def chosen_mapping(data: Mapping[str, Any]) -> list[str] | None:
    """What the choices of a `MappingForm` say together; None where there was none."""
    chosen: list[str] = []
    while f"{COLUMN}{len(chosen)}" in data:
        chosen.append(str(data[f"{COLUMN}{len(chosen)}"]))
    return chosen or None


# ---- Guessing ----------------------------------------------------------------------------------
def guess(
    headers: Sequence[str], fields: Mapping[str, Field], other_names: Mapping[str, str]
) -> list[str]:
    """For each heading, the name of ours that it most likely is; "" for none. Each serves once."""
    ours = {words: name for name, words in _own_names(fields)}
    every = {words: name for name, words in _other_names(fields, other_names)} | ours
    found = [""] * len(headers)
    for names, is_meant in ((ours, _is_equal), (every, _is_same), (every, _is_within)):
        # The name that says most comes first: « nom de l’entreprise » is no one's name.
        longest = sorted(names, key=lambda words: (len(words), len("".join(words))), reverse=True)
        for number, header in enumerate(headers):
            meant = (names[words] for words in longest if is_meant(words, _words(header)))
            if not found[number]:
                found[number] = next((name for name in meant if name not in found), "")
    return found


def _own_names(fields: Mapping[str, Field]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Our headings, in every language of ours."""
    for field in fields.values():
        name = str(field.column_name)
        for language in LANGUAGES:
            with override(language):
                words = _words(str(field.column_name))
            yield name, words


def _other_names(
    fields: Mapping[str, Field], other_names: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, field in fields.items():
        for name in filter(None, other_names.get(key, "").split(",")):
            yield str(field.column_name), _words(name)


def _words(text: str) -> tuple[str, ...]:
    """Without accents, capitals or punctuation."""
    return tuple(re.findall(r"[a-z0-9]+", plain_letters(text).replace("e-mail", "email")))


def _telling(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word not in EMPTY_WORDS]


def _is_equal(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return words == wanted


def _is_same(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    telling = "".join(_telling(wanted))
    return bool(telling) and "".join(_telling(words)) == telling


def _is_within(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return set(_telling(words)) <= set(wanted)
