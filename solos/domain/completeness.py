"""How much of a profile is filled in: for its owner, who is free to leave anything out.

Only what makes sense for their status counts, and nothing of what they show or don't.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from solos.enums import PublicField, SoloStatus
from solos.models import Solo

IN_BUSINESS = frozenset({SoloStatus.INDEPENDENT, SoloStatus.FOUNDER})
EVERYONE = frozenset(SoloStatus)


@dataclass(frozen=True)
class Part:
    """One thing to say: any of these columns says it; `box` is where it is typed in."""

    label: str | Promise
    columns: tuple[str, ...]
    box: str
    statuses: frozenset[SoloStatus] = EVERYONE

    def is_filled(self, solo: Solo) -> bool:
        return any(getattr(solo, column) for column in self.columns)


def _of(field: PublicField, statuses: frozenset[SoloStatus] = EVERYONE) -> Part:
    return Part(field.label, (field.value,), field.value, statuses)


PARTS = (
    _of(PublicField.TRADE_NAME, IN_BUSINESS),
    Part(PublicField.TRADE.label, ("trade_id",), "trade"),
    Part(PublicField.COMMUNE.label, ("commune_id",), "commune"),
    _of(PublicField.SKILLS),
    _of(PublicField.LANGUAGES),
    _of(PublicField.PRESENTATION),
    Part(PublicField.PHOTO.label, ("photo_id",), "new_photo"),
    Part(_("site web ou un lien"), ("website", "links"), "website", IN_BUSINESS),
    Part(_("une façon de vous joindre"), ("phone", "accepts_messages"), "accepts_messages"),
    _of(PublicField.WORK_PLACE),
    _of(PublicField.OFFERS, IN_BUSINESS),
    _of(PublicField.SEEKS, frozenset({SoloStatus.SEEKING})),
    _of(PublicField.ARRIVED_IN),
)


@dataclass(frozen=True)
class Completeness:
    filled: int
    missing: tuple[Part, ...]

    @property
    def total(self) -> int:
        return self.filled + len(self.missing)

    @property
    def percent(self) -> int:
        return 100 * self.filled // self.total


def completeness_of(solo: Solo) -> Completeness:
    """From the row alone: no other is read."""
    asked = [part for part in PARTS if solo.status in part.statuses]
    missing = tuple(part for part in asked if not part.is_filled(solo))
    return Completeness(len(asked) - len(missing), missing)
