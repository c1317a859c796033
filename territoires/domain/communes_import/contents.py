"""What a file says once read: the same words whatever its layout."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territoires.domain.communes_import import checks
from territoires.domain.communes_import.refusals import BadRow, Problems
from territoires.enums import FormerCommuneKind

Row = TypeVar("Row")
LINE = gettext_lazy("ligne")
ELEMENT = gettext_lazy("élément")


@dataclass(frozen=True)
class Layout:
    """A layout that is recognised, and what may be concluded from a file of it."""

    title: Promise
    source: str
    # A list names every commune of its departments: who is absent has ended.
    is_list: bool = False
    contour_source: str = ""
    # Contours drawn for small scales: they never replace finer ones.
    is_generalised: bool = False
    # The year of a layout that was published once.
    edition: int | None = None
    # What `Problem.line` counts.
    unit: Promise = LINE


@dataclass(slots=True)
class CommuneRow:
    """One commune; what the layout has no column for stays None and changes nothing here."""

    insee_code: str
    name: str
    sort_name: str
    department: str
    epci: str | None = None
    canton_name: str | None = None
    postcodes: list[str] | None = None
    siren: str | None = None
    population: int | None = None
    area_ha: Decimal | None = None
    # Longitude, latitude: WGS 84, degrees.
    centre: tuple[float, float] | None = None
    town_hall: tuple[float, float] | None = None


@dataclass(slots=True)
class FormerRow:
    insee_code: str
    name: str
    kind: FormerCommuneKind
    successor: str


@dataclass(slots=True)
class Departure:
    """How a commune ended: the day, and the commune that its code leads to today, if one does."""

    on: date
    successor: str | None


@dataclass
class Contents:
    """Everything one file says. `columns` are the fields of a commune that the file speaks for."""

    layout: Layout
    departments: frozenset[str]
    columns: frozenset[str] = frozenset()
    communes: dict[str, CommuneRow] = field(default_factory=dict)
    # GeoJSON geometries when just read, shapely ones once `shapes.build` went over them.
    contours: dict[str, Any] = field(default_factory=dict)
    formers: dict[str, FormerRow] = field(default_factory=dict)
    departures: dict[str, Departure] = field(default_factory=dict)
    epcis: dict[str, str] = field(default_factory=dict)
    # Commune → EPCI, where the file tells nothing else about the commune.
    members: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    # A row was refused before its code could be read: nobody can be told absent any more.
    lost_a_code: bool = False
    rows_read: int = 0
    problems: Problems = field(default_factory=Problems)
    notices: Counter[str] = field(default_factory=Counter)
    # Codes of the communes whose contour had to be repaired.
    repaired: list[str] = field(default_factory=list)
    _line: int = 0

    def take(
        self, rows: Iterable[tuple[int, Row]], parse: Callable[[Row], None], *, listing: bool = True
    ) -> None:
        """Parse each row; one that is bad is reported with its line, and the next one follows.

        With `listing`, a row refused before `read_code` accepted its code loses that code.
        """
        for line, row in rows:
            self.rows_read += 1
            self._line, known = line, len(self.listed)
            try:
                parse(row)
            except BadRow as bad:
                self.problems.add(line, bad)
                self.lost_a_code |= listing and len(self.listed) == known

    def read_code(self, raw: object) -> str:
        """The INSEE code of the row, now listed: refused or not, the commune is in the file."""
        code = checks.insee_code(raw)
        if code in self.listed:
            raise BadRow(
                code,
                _("Ce code est déjà à la ligne %(line)d.") % {"line": self.lines[code]},
                _("Gardez une seule ligne par commune."),
            )
        self.listed.add(code)
        self.lines[code] = self._line
        return code

    def read_department(self, raw: object, code: str) -> str:
        """The department that the row gives, else the one that the code begins with."""
        return checks.department(raw, code, self.departments)

    def add_former(self, former: FormerRow) -> None:
        if former.insee_code in self.formers:
            raise BadRow(
                former.insee_code,
                _("Cet ancien code est déjà dans le fichier."),
                _("Gardez une seule ligne par ancienne commune."),
            )
        self.formers[former.insee_code] = former
        self.lines.setdefault(former.insee_code, self._line)

    def note(self, sentence: str, count: int = 1) -> None:
        """Count something that the reader of the report should know and need not mend."""
        if count:
            self.notices[sentence] += count
