"""The personal links that open a solo's own profile."""

from datetime import timedelta

from jetons.domain.errors import LinkUnknown
from jetons.domain.links import read_link
from solos.models import Solo

PURPOSE = "fiche"
# Long enough for a summer: another is asked for from the page of a link too old.
LASTS = timedelta(days=60)


def subject_of(solo: Solo) -> str:
    return f"solo:{solo.pk}"


def solo_of_link(*, token: str) -> Solo:
    """Whose profile a link opens. Raises LinkRefused; the link stays good until its day."""
    link = read_link(purpose=PURPOSE, token=token)
    solo = Solo.objects.filter(pk=link.subject.removeprefix("solo:")).first()
    if solo is None:
        raise LinkUnknown
    return solo
