"""What is wrong with a file or a row, said to the person who must mend it."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

# A report is read by a person: past this many the rest is only counted.
MOST_LISTED = 500
MOST_CHARACTERS = 120
# More than any official list has rows: this is another kind of file, or a trap.
MOST_PROBLEMS = 100_000
# Neither NUL nor half of a surrogate pair can be kept by PostgreSQL.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Problem:
    """One row (or the whole file, when `line` is None) that cannot be taken, and the way out."""

    line: int | None
    value: str
    reason: str
    remedy: str


class BadRow(Exception):
    """This row cannot be taken. The others may be, with skip_bad."""

    def __init__(self, value: object, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.value, self.reason, self.remedy = printable(value), reason, remedy


class FileRefused(Exception):
    """The file cannot be taken at all, skip_bad or not."""

    def __init__(
        self, reason: str, remedy: str, *, value: object = "", line: int | None = None
    ) -> None:
        super().__init__(reason)
        self.problem = Problem(line, printable(value), reason, remedy)


@dataclass
class Problems:
    """The rows refused so far: all counted, the first ones listed."""

    total: int = 0
    listed: list[Problem] = field(default_factory=list)

    def add(self, line: int | None, bad: BadRow) -> None:
        self.total += 1
        if self.total > MOST_PROBLEMS:
            raise FileRefused(
                _("Plus de %(count)d lignes sont fautives.") % {"count": MOST_PROBLEMS},
                _("Vérifiez que c’est le bon fichier : voici la première ligne fautive."),
                value=self.listed[0].value,
                line=self.listed[0].line,
            )
        if len(self.listed) < MOST_LISTED:
            self.listed.append(Problem(line, bad.value, bad.reason, bad.remedy))

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(problem) for problem in self.listed]


def printable(value: object) -> str:
    """A value as a report may show it: short, and without what a database or a screen refuses."""
    try:
        text = value if isinstance(value, str) else str(value)
    except ValueError:  # an integer of thousands of digits
        text = _("nombre démesuré")
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS] + "…"
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
