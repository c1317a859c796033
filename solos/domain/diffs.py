"""What changed in a profile, in words: each field before and after, with what differs marked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from solos.domain.profile import LANGUAGE_NAMES
from solos.domain.proposals import raw_value
from solos.enums import PublicField
from solos.models import Solo, Trade
from territoires.models import Commune

# Beyond so many words the two texts are shown whole: comparing them would take too long.
MOST_WORDS = 600
LINKED: dict[str, Any] = {"trade": Trade, "commune": Commune}
# Columns that hold several words of a list: value → words.
LISTED: dict[str, Mapping[str, Any]] = {
    "languages": LANGUAGE_NAMES,
    "published_fields": dict(PublicField.choices),
}


@dataclass(frozen=True)
class Piece:
    words: str
    differs: bool = False


@dataclass(frozen=True)
class Values:
    """A column before and after, as JSON says them."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    label: str | Promise
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


class Names:
    """The names of the trades and communes that some changes lead to: a query for each list."""

    def __init__(self, values: Iterable[Values]) -> None:
        keys: dict[str, set[Any]] = {column: set() for column in LINKED}
        for one in values:
            if one.column in LINKED:
                keys[one.column] |= {one.before, one.after} - {None}
        self._names = {
            column: {row.pk: str(row) for row in LINKED[column].objects.filter(pk__in=wanted)}
            for column, wanted in keys.items()
            if wanted
        }

    def words(self, column: str, raw: Any) -> str:
        if raw in (None, "", []):
            return ""
        if column in LINKED:
            return self._names[column].get(raw, str(raw))
        if isinstance(raw, bool):
            return _("oui") if raw else _("non")
        if isinstance(raw, list):
            known = LISTED.get(column, {})
            return ", ".join(str(known.get(one, one)) for one in raw)
        field = _field(column)
        return str(dict(field.flatchoices).get(raw, field.to_python(raw)))


def since_version(solo: Solo, before: Any, columns: Iterable[str]) -> list[Values]:
    """What these columns said in a past version (None: nothing), and say now, where it differs."""
    values = [
        Values(name, raw_value(before, name) if before else None, raw_value(solo, name))
        for name in columns
    ]
    return [one for one in values if one.before != one.after]


def in_words(values: Iterable[Values], names: Names) -> list[Change]:
    return [
        Change(
            _field(one.column).verbose_name,
            *_marked(names.words(one.column, one.before), names.words(one.column, one.after)),
        )
        for one in values
    ]


def _marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    old, new = before.split(" "), after.split(" ")
    if not before or not after or max(len(old), len(new)) > MOST_WORDS:
        return _whole(before), _whole(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        tuple(_pieces(old, [(tag, i, j) for tag, i, j, _k, _l in steps])),
        tuple(_pieces(new, [(tag, i, j) for tag, _k, _l, i, j in steps])),
    )


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, differs=True),) if text else ()


def _pieces(words: list[str], steps: list[tuple[str, int, int]]) -> Iterator[Piece]:
    for tag, first, last in steps:
        if first < last:
            yield Piece(" ".join(words[first:last]), differs=tag != "equal")


def _field(column: str) -> Any:
    return Solo._meta.get_field(column)  # noqa: SLF001  (documented)
