"""What a solo changes after their page was first published: noted for the agency, or kept apart.

Where a territory reads changes first, only what would newly appear on the page waits. What leaves
it, what nobody sees, and every consent that ends, are done at once.
"""

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db.models import Model
from django.utils import timezone

from registre.domain.wordings import current_wording
from registre.enums import ConsentUse
from solos.domain.portrait import receive_portrait
from solos.domain.publication import KEPT_IN, forget_proposed_photo
from solos.enums import PublicField, SoloState
from solos.models import ProposedEdit, Solo, UnreadEdit
from solos.models.settings import settings_of

# The name is two columns of Solo; every other public field is the column of its name.
COLUMNS = {PublicField.NAME: ("first_name", "last_name")}


@dataclass(frozen=True)
class Asked:
    """What a solo asks for in one go, by field of Solo and by use of consents."""

    values: Mapping[str, Any]
    agreed: Mapping[ConsentUse, Collection[PublicField]]
    new_photo: "File[bytes] | None" = None
    removes_photo: bool = False


def columns_of(field: PublicField) -> tuple[str, ...]:
    return COLUMNS.get(field, (field.value,))


def proposal_of(solo: Solo) -> ProposedEdit | None:
    return ProposedEdit.objects.filter(solo=solo).select_related("photo").first()


def was_published(solo: Solo) -> bool:
    """Whether the agency has read this page once: the first publication has its own way."""
    return solo.state_changes.filter(state=SoloState.PUBLISHED).exists()


def waiting_fields(solo: Solo, asked: Asked) -> set[PublicField]:
    """The fields that would show something new, where the territory reads that first."""
    if solo.state == SoloState.WITHDRAWN or not was_published(solo):
        return set()
    if not settings_of(solo.territory).moderates_edits:
        return set()
    wanted = set(asked.agreed[ConsentUse.PAGE])
    waiting = {field for field in wanted - {PublicField.PHOTO} if _says_anew(solo, asked, field)}
    if PublicField.PHOTO in wanted and _shows_anew(solo, asked):
        waiting.add(PublicField.PHOTO)
    return waiting


def keep_proposal(solo: Solo, asked: Asked, waiting: set[PublicField]) -> bool:
    """Write down what waits, in place of what waited before; whether there is news to read.

    When nothing waits any more, nothing is kept.
    """
    before = proposal_of(solo)
    if not waiting:
        if before:
            forget_proposed_photo(before)
            before.delete()
            solo.team_words = ""
            solo.save(update_fields=["team_words"])
        return False
    after = ProposedEdit(
        solo=solo,
        changes=_changes(solo, asked, waiting),
        agreed=_agreements(solo, asked, waiting),
        photo=_proposed_photo(solo, asked, before, waiting),
        proposed_at=timezone.now(),
    )
    if before:
        if _same(before, after) and before.waits:
            return False
        after.pk = before.pk
    after.save()
    solo.team_words = ""
    solo.save(update_fields=["team_words"])
    return True


def with_proposal(solo: Solo, edit: ProposedEdit | None) -> Solo:
    """A copy, never to be saved, that says what the solo last wrote and agreed to."""
    shown = copy(solo)
    if edit is None:
        return shown
    apply_changes(shown, edit)
    shown.photo = edit.photo or shown.photo
    agreed = {(use, field) for use, field, _version in edit.consents}
    for use, name in KEPT_IN.items():
        held = set(getattr(shown, name)) | {field for one, field in agreed if one == use}
        setattr(shown, name, [field for field in PublicField if field in held])
    return shown


def apply_changes(solo: Solo, edit: ProposedEdit) -> None:
    """Set, without saving, what was proposed for each column."""
    for column, raw in edit.values.items():
        field: Any = Solo._meta.get_field(column)  # noqa: SLF001  (documented)
        setattr(solo, field.attname, field.to_python(raw))


def raw_value(row: Any, column: str) -> Any:
    """What a column of a solo, or of a past version of theirs, holds, as JSON says it."""
    field: Any = Solo._meta.get_field(column)  # noqa: SLF001  (documented)
    return field.get_prep_value(getattr(row, field.attname))


def known_version(solo: Solo) -> int:
    """The past version that holds the profile as it is now."""
    newest = solo.history.order_by("-history_id").values_list("history_id", flat=True)
    return newest.first() or 0


def note_change(solo: Solo, names: Collection[str], version: int) -> None:
    """Have these fields read by the agency, from that past version or the first one not read."""
    now = timezone.now()
    unread, _created = UnreadEdit.objects.get_or_create(
        solo=solo, defaults={"version": version, "since": now, "changed_at": now}
    )
    unread.fields = [*unread.fields, *(name for name in names if name not in unread.fields)]
    unread.changed_at = now
    unread.save()


def _says_anew(solo: Solo, asked: Asked, field: PublicField) -> bool:
    """Whether the page would say something that it does not say now."""
    said = {name: asked.values.get(name, getattr(solo, name)) for name in columns_of(field)}
    if not any(said.values()):
        return False
    is_new = field not in solo.published_fields
    return is_new or any(value != getattr(solo, name) for name, value in said.items())


def _shows_anew(solo: Solo, asked: Asked) -> bool:
    if asked.new_photo or asked.removes_photo:
        return bool(asked.new_photo)
    edit = proposal_of(solo)
    waits = edit is not None and edit.photo is not None
    return waits or (solo.photo is not None and PublicField.PHOTO not in solo.published_fields)


def _changes(solo: Solo, asked: Asked, waiting: set[PublicField]) -> dict[str, Any]:
    columns = {name for field in waiting for name in columns_of(field)}
    return {
        name: _plain(name, value)
        for name, value in asked.values.items()
        if name in columns and value != getattr(solo, name)
    }


def _agreements(solo: Solo, asked: Asked, waiting: set[PublicField]) -> list[list[str]]:
    """The consents that go with what waits: given for what the page will say, not for today's."""
    return [
        [use.value, field.value, current_wording(use).version]
        for use, agreed in asked.agreed.items()
        for field in PublicField
        if field in waiting and field in agreed and field not in getattr(solo, KEPT_IN[use])
    ]


def _proposed_photo(
    solo: Solo, asked: Asked, before: ProposedEdit | None, waiting: set[PublicField]
) -> Any:
    """The photo sent now, else the one that waited; the one that no longer does is deleted."""
    kept = before.photo if before else None
    stays = PublicField.PHOTO in waiting and not asked.new_photo and not asked.removes_photo
    if stays:
        return kept
    if before:
        forget_proposed_photo(before)
    if asked.new_photo and PublicField.PHOTO in waiting:
        return receive_portrait(solo=solo, file=asked.new_photo)
    return None


def _plain(column: str, value: Any) -> Any:
    field: Any = Solo._meta.get_field(column)  # noqa: SLF001  (documented)
    return value.pk if isinstance(value, Model) else field.get_prep_value(value)


def _same(before: ProposedEdit, after: ProposedEdit) -> bool:
    return (before.changes, before.agreed, before.photo_id) == (
        after.changes,
        after.agreed,
        after.photo_id,
    )
