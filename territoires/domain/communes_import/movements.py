"""INSEE's events on communes since 1943 (v_mvt_commune_2026.csv): who ended, when, into which.

One event is several rows of one day, each linking a state before (…_AV) to a state after (…_AP).
MOD names it: 10 change of name, 20 creation, 21 re-establishment, 30 suppression, 31 merger,
32 « commune nouvelle », 33 merger with association, 34 end of such an association, 35 suppression
of a delegated commune, 41 and 50 change of code (department, chef-lieu), 70 associated becomes
delegated, 71 and 72 delegated commune re-established or created. Reading the states is enough: a
commune ended on a day when a row has it before as COM and none has it after as COM.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territoires.domain.communes_import import checks
from territoires.domain.communes_import.contents import Contents, Departure, FormerRow, Layout
from territoires.domain.communes_import.refusals import BadRow
from territoires.domain.communes_import.source_file import Table
from territoires.enums import FormerCommuneKind

MOVEMENTS = Layout(
    title=gettext_lazy("INSEE, événements sur les communes (CSV)"),
    source="INSEE, code officiel géographique",
)
COLUMNS = frozenset(
    {"MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP", "LIBELLE_AP"}
)
COMMUNE = "COM"
ATTACHED = {"COMD": FormerCommuneKind.DELEGATED, "COMA": FormerCommuneKind.ASSOCIATED}


@dataclass(frozen=True, slots=True)
class State:
    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Event:
    on: date
    before: State
    after: State


@dataclass(frozen=True, slots=True)
class End:
    on: date
    name: str
    heirs: frozenset[str]


def read_movements(text: str, contents: Contents) -> None:
    table, events = Table(text), list[Event]()
    contents.take(
        table.rows(),
        lambda values: events.append(_event(table.record(values))),
        listing=False,
    )
    history = History()
    for _day, of_day in groupby(sorted(events, key=attrgetter("on")), key=attrgetter("on")):
        history.live(list(of_day))
    contents.departures = {
        code: Departure(end.on, history.heir(code)) for code, end in history.ends.items()
    }
    contents.formers = {former.insee_code: former for former in history.formers()}


def _event(record: dict[str, str]) -> Event:
    try:
        on = date.fromisoformat(record["DATE_EFF"])
    except ValueError as error:
        raise BadRow(
            record["DATE_EFF"],
            _("Ce n’est pas une date."),
            _("Écrivez la date ainsi : 2026-01-01."),
        ) from error
    return Event(on, _state(record, "AV"), _state(record, "AP"))


def _state(record: dict[str, str], side: str) -> State:
    return State(
        kind=record[f"TYPECOM_{side}"],
        code=checks.insee_code(record[f"COM_{side}"]),
        name=checks.text(record[f"LIBELLE_{side}"]),
    )


class History:
    """What is left of every code once the days lived so far are over."""

    def __init__(self) -> None:
        self.ends: dict[str, End] = {}
        # Code → how it is attached to a commune now, and its name.
        self._attached: dict[str, State] = {}

    def live(self, events: list[Event]) -> None:
        """Pass one day."""
        alive = {event.after.code for event in events if event.after.kind == COMMUNE}
        heirs: dict[str, set[str]] = {}
        names: dict[str, str] = {}
        for event in events:
            before, after = event.before, event.after
            if before.kind == COMMUNE and before.code not in alive:
                names[before.code] = before.name
                heirs.setdefault(before.code, set())
                if after.kind == COMMUNE:
                    heirs[before.code].add(after.code)
            elif before.kind in ATTACHED:
                self._attached.pop(before.code, None)
        for code in alive:
            self.ends.pop(code, None)
        for code, name in names.items():
            self.ends[code] = End(events[0].on, name, frozenset(heirs[code]))
        self._attached |= {
            event.after.code: event.after for event in events if event.after.kind in ATTACHED
        }

    def heir(self, code: str) -> str | None:
        """The living commune that a code leads to; None when it leads to none, or to several."""
        reached, waiting = set[str](), [code]
        seen = set[str]()
        while waiting:
            here = waiting.pop()
            if here in seen:
                continue
            seen.add(here)
            if here in self.ends:
                waiting.extend(self.ends[here].heirs)
            else:
                reached.add(here)
        return reached.pop() if len(reached) == 1 else None

    def formers(self) -> Iterator[FormerRow]:
        """The communes that were, and the attached ones that share their code with a living one."""
        for code, end in self.ends.items():
            if successor := self.heir(code):
                attached = self._attached.get(code)
                kind = ATTACHED[attached.kind] if attached else FormerCommuneKind.FORMER
                yield FormerRow(code, attached.name if attached else end.name, kind, successor)
        for code, state in self._attached.items():
            if code not in self.ends:
                yield FormerRow(code, state.name, ATTACHED[state.kind], code)
