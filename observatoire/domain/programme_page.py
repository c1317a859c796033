"""A programme as its funders and its public read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from observatoire.domain.indicators import Figure, programme_figures
from territoires.models import Funding, Programme, ProgrammePhase

# So many dates fit in a table that one reads.
MOST_DATES = 5


@dataclass(frozen=True)
class FigureRow:
    """One indicator, and what it was on each date."""

    first: Figure
    figures: tuple[Figure, ...]

    @property
    def is_recorded(self) -> bool:
        """Zero on every date is no record of it at all: then unknown, not zero."""
        return any(figure.value for figure in self.figures)


@dataclass(frozen=True)
class ProgrammePage:
    # Figures can be asked for on any day between these two.
    first: date
    last: date
    chosen: date | None
    phases: list[ProgrammePhase]
    fundings: list[Funding]
    dates: list[date]
    rows: list[FigureRow]


def compose_programme(programme: Programme, *, asked: date | None = None) -> ProgrammePage:
    """Its figures on the last day of each phase, at its end, today if it runs, and when asked."""
    phases = list(programme.phases.all())
    first, last = programme.starts_on, timezone.localdate()
    chosen = asked if asked and first <= asked <= last else None
    dates = sorted({*_milestones(programme, phases), *([chosen] if chosen else [])})
    by_date = [programme_figures(programme, day) for day in dates]
    return ProgrammePage(
        first=first,
        last=last,
        chosen=chosen,
        phases=phases,
        fundings=list(programme.fundings.select_related("organisation")),
        dates=dates,
        rows=[FigureRow(figures[0], figures) for figures in zip(*by_date, strict=True)],
    )


def _milestones(programme: Programme, phases: Iterable[ProgrammePhase]) -> list[date]:
    today = timezone.localdate()
    ends = [phase.ends_on for phase in phases] + [programme.ends_on]
    past = {day for day in ends if day and day <= today}
    if programme.starts_on <= today and (programme.ends_on is None or programme.ends_on > today):
        past.add(today)
    return sorted(past)[-MOST_DATES:]
