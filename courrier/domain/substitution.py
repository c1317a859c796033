"""Values put into the places of a wording: a name between two braces, and nothing else.

No template language: an agency writes these texts, strangers give the values. Whatever looks like
a place and is not one of the message's own names is refused.
"""

import re
from collections.abc import Collection, Mapping
from typing import TypedDict

from courrier.domain.errors import UnknownPlace

NAME = re.compile(r"[a-z][a-z0-9_]*")
PLACE = re.compile(r"\{\{ *([a-z][a-z0-9_]*) *\}\}")
# All that a template language would read; what is left once the places are taken out is refused.
BRACES = re.compile(r"\{\{[^{}]*\}\}|\{%.*?%\}|\{#.*?#\}|\{\{|\}\}|\{%|%\}|\{#|#\}", re.DOTALL)
# Marks that turn the order of letters around: an address could be read backwards.
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Everything that ends a line somewhere, so that nothing ends one where we did not look.
LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Not the no-break space, which French typography means.
SPACES = re.compile(r"[ \t\n]+")
UNSEEN = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff{BIDI}]")


class Line(TypedDict):
    """One line of a list: its words, and where they lead (or nothing)."""

    words: str
    address: str


Value = str | list[Line]
Values = Mapping[str, Value]


def check_wording(text: str, allowed: Collection[str]) -> None:
    """Raises UnknownPlace for the first place of `text` that is not one of the names allowed."""
    for match in BRACES.finditer(text):
        place = PLACE.fullmatch(match.group())
        if place is None or place.group(1) not in allowed:
            raise UnknownPlace(match.group(), sorted(allowed))


def legible(text: str) -> str:
    """The text without what nobody sees: control characters, marks that turn letters around."""
    return UNSEEN.sub("", LINE_ENDS.sub("\n", text))


def in_words(value: Value) -> str:
    """The value where only words fit: a list is told with commas."""
    return value if isinstance(value, str) else ", ".join(line["words"] for line in value)


def one_line(text: str) -> str:
    """The text on one line: no header can be slipped into a mail by its subject."""
    return SPACES.sub(" ", legible(text)).strip()


def fill_line(text: str, values: Values) -> str:
    """A wording of one line, filled in: a subject."""
    return one_line(PLACE.sub(lambda place: in_words(values[place.group(1)]), text))
