"""A directory that stays true: whoever no longer answers fades, then leaves it.

Once a year (the territory says how often) a solo is asked to read their profile again. Each month
of silence is a step: asked, asked again, faded, out of the directory. After half a year more they
are told that the profile will be archived, and a month later it is. One click puts all right again.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from courrier.domain.messages import Message
from solos.domain.own_profile import write_to_solo
from solos.domain.publication import enter_state, locked_solo, publish_solo, verify
from solos.enums import PublicField, ReviewStep, SoloState
from solos.messages import profiles as messages
from solos.models import Solo
from solos.models.settings import settings_of
from territoires.models import Territory

SILENCE = timedelta(days=30)
OUT_OF_SIGHT = timedelta(days=180)


@dataclass(frozen=True)
class Step:
    """What happens after `wait` in the step before, to a solo still in the state `during`."""

    reached: ReviewStep
    wait: timedelta
    message: Message
    during: SoloState = SoloState.PUBLISHED
    enters: SoloState | None = None


STEPS = (
    Step(ReviewStep.ASKED_AGAIN, SILENCE, messages.REVIEW),
    Step(ReviewStep.FADED, SILENCE, messages.FADED),
    Step(ReviewStep.HIDDEN, SILENCE, messages.SILENT, enters=SoloState.HIDDEN),
    Step(ReviewStep.WARNED, OUT_OF_SIGHT, messages.TO_BE_ARCHIVED, SoloState.HIDDEN),
    Step(ReviewStep.ARCHIVED, SILENCE, messages.ARCHIVED, SoloState.HIDDEN, SoloState.ARCHIVED),
)
FIRST = Step(ReviewStep.ASKED, timedelta(), messages.REVIEW)


def chase_silent(today: date | None = None) -> int:
    """Take each silent solo one step further; returns how many were written to.

    A step a run at most, so that a scheduler stopped for months still gives each warning its time.
    Who has no address is left in peace: their silence is ours.
    """
    today = today or timezone.localdate()
    due = [(pk, step) for step in STEPS for pk in _waiting(step, today)]
    for territory in Territory.objects.all():
        due += [(pk, FIRST) for pk in _to_be_asked(territory, today)]
    return sum(_take(pk, step, today) for pk, step in due)


def confirm_profile(*, solo: Solo, on: date | None = None) -> Solo:
    """« All is still right »: the clock starts again, and who had left by silence is back.

    Who hid their profile themselves stays hidden.
    """
    with transaction.atomic():
        solo = locked_solo(solo)
        if solo.left_by_silence and PublicField.NAME in solo.published_fields:
            return publish_solo(solo=solo, on=on)
        verify(solo, on=on)
        solo.save()
    return solo


def last_verified(territory: Territory, today: date | None = None) -> date:
    """Who verified their profile on that day or before is to be asked again."""
    months = settings_of(territory).review_months
    return (today or timezone.localdate()) - relativedelta(months=months)


def _to_be_asked(territory: Territory, today: date) -> list[int]:
    rows = Solo.objects.in_territory(territory).filter(
        state=SoloState.PUBLISHED,
        review_step=ReviewStep.FRESH,
        verified_on__lte=last_verified(territory, today),
    )
    return list(rows.exclude(email="").values_list("pk", flat=True))


def _waiting(step: Step, today: date) -> list[int]:
    rows = Solo.objects.filter(
        state=step.during,
        review_step=step.reached - 1,
        review_step_on__lte=today - step.wait,
    )
    return list(rows.exclude(email="").values_list("pk", flat=True))


def _take(pk: int, step: Step, today: date) -> bool:
    """One solo, in a transaction of their own; False if they or another worker were quicker."""
    with transaction.atomic():
        rows = Solo.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        solo = rows.filter(pk=pk, state=step.during, review_step=step.reached - 1).first()
        if solo is None:
            return False
        solo.review_step, solo.review_step_on = step.reached, today
        if step.enters:
            enter_state(solo, step.enters, on=today)
        else:
            solo.save()
        write_to_solo(solo, step.message)
    return True
