"""Launch a programme, with its phases and the money behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from territoires.domain.errors import NoTerritoryCovered, PhaseOutsideProgramme
from territoires.models import (
    Funding,
    Organisation,
    Programme,
    ProgrammePhase,
    SteeringMeeting,
    Territory,
)


@dataclass(frozen=True)
class Phase:
    name: str
    starts_on: date
    ends_on: date | None = None
    name_en: str = ""


@dataclass(frozen=True)
class Grant:
    """Who funds; the amount stays unknown where no source gives it."""

    organisation: Organisation
    scheme: str = ""
    amount: Decimal | None = None


def launch_programme(
    *,
    name: str,
    slug: str,
    territories: Iterable[Territory],
    starts_on: date,
    ends_on: date | None = None,
    phases: Iterable[Phase] = (),
    grants: Iterable[Grant] = (),
    **details: object,
) -> Programme:
    """A programme over its territories. Raises NoTerritoryCovered, PhaseOutsideProgramme."""
    territories, phases = list(territories), list(phases)
    if not territories:
        raise NoTerritoryCovered
    if not all(_within(phase, starts_on, ends_on) for phase in phases):
        raise PhaseOutsideProgramme
    with transaction.atomic():
        programme = Programme(name=name, slug=slug, starts_on=starts_on, ends_on=ends_on, **details)
        programme.full_clean()
        programme.save()
        programme.territories.set(territories)
        ProgrammePhase.objects.bulk_create(
            ProgrammePhase(programme=programme, **vars(phase)) for phase in phases
        )
        Funding.objects.bulk_create(Funding(programme=programme, **vars(grant)) for grant in grants)
    return programme


def record_steering_meeting(
    *, programme: Programme, held_on: date, subject: str, minutes: str = ""
) -> SteeringMeeting:
    meeting = SteeringMeeting(
        programme=programme, held_on=held_on, subject=subject, minutes=minutes
    )
    meeting.full_clean()
    meeting.save()
    return meeting


def _within(phase: Phase, starts_on: date, ends_on: date | None) -> bool:
    last = phase.ends_on or phase.starts_on
    return starts_on <= phase.starts_on and (ends_on is None or last <= ends_on)
