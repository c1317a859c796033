"""Pictures that the agency chose to show, and the portraits of people, which are theirs alone."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registre.enums import Audience, Fate, LegalBasis, People
from registre.flags import ByRule, ModelFlags, Person, Personal, Purpose, Retention

PORTRAITS = Purpose(
    _("Montrer le portrait que vous avez envoyé"),
    People.SOLOS,
    LegalBasis.CONSENT,
    Retention(_("jusqu’à ce que vous le remplaciez, le retiriez ou quittiez l’annuaire")),
)


def subject_of(label: str, key: Any) -> str:
    """How a portrait names whom it shows: the ground knows nobody."""
    return f"{label.lower()}:{key}"


def _portraits_of(person: Person) -> Q:
    subjects = [subject_of(label, key) for label, keys in person.keys.items() for key in keys]
    return Q(subject__in=subjects)


PERSONAL_DATA = [
    ModelFlags(
        "images.Picture",
        # What a portrait shows goes with it: whoever keeps it deletes its files.
        impersonal=frozenset(
            {
                "id", "territory", "subject", "alternative_en", "credit", "original", "state",
                "received_at", "settled_at", "attempts", "refusal", "digest", "width", "height",
            }
        ),
        personal={"alternative": Personal(PORTRAITS, Audience.PUBLIC, Fate.DELETED)},
        links=(ByRule(_portraits_of),),
    ),
]  # fmt: skip
