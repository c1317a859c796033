"""One queue for the agency: pages that wait to be published, and changes that it has not read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comptes.models import User
from images.models import Picture
from registre.enums import ConsentMeans, ConsentUse
from solos.domain.diffs import Change, Names, Values, in_words, since_version
from solos.domain.errors import ChangedMeanwhile, EditOutdated, NothingSubmitted
from solos.domain.own_profile import (
    accept_profile,
    public_address,
    return_profile,
    write_to_solo,
)
from solos.domain.portrait import show_photo
from solos.domain.proposals import apply_changes, columns_of, raw_value
from solos.domain.publication import locked_solo, record_consent
from solos.enums import PublicField
from solos.messages import profiles as messages
from solos.models import ProposedEdit, Solo, UnreadEdit


@dataclass(frozen=True)
class ToRead:
    """One profile of the queue. `stamp` names what was read: an act on anything newer is refused.

    `first` is what a page to be published would show, `proposed` what waits to be shown, `seen`
    what is shown already and was not read; `agreed` what would be shown that is not today.
    """

    solo: Solo
    since: datetime
    stamp: str
    first: list[Change]
    proposed: list[Change]
    seen: list[Change]
    agreed: list[str]
    photo: Picture | None

    @property
    def is_first(self) -> bool:
        return self.solo.submitted_at is not None

    @property
    def is_proposed(self) -> bool:
        return _waiting(self.solo) is not None

    @property
    def is_unread(self) -> bool:
        return _unread(self.solo) is not None

    @property
    def may_be_returned(self) -> bool:
        return self.is_first or self.is_proposed


def compose_queue(solos: Sequence[Solo]) -> list[ToRead]:
    """What there is to read of each solo; they come with `proposed_edit`, `unread_edit`, `photo`.

    Three queries more, however many they are.
    """
    unread = [edit for solo in solos if (edit := _unread(solo))]
    past = {
        version.history_id: version
        for version in Solo.history.filter(history_id__in=[edit.version for edit in unread])
    }
    found = [(solo, _first(solo), _proposed(solo), _seen(solo, past)) for solo in solos]
    names = Names(one for _solo, *kinds in found for kind in kinds for one in kind)
    return [
        ToRead(
            solo=solo,
            since=min(_moments(solo)),
            stamp=stamp_of(solo),
            first=in_words(first, names),
            proposed=in_words(proposed, names),
            seen=in_words(seen, names),
            agreed=_agreed(solo),
            photo=_photo(solo),
        )
        for solo, first, proposed, seen in found
    ]


def stamp_of(solo: Solo) -> str:
    """Changes whenever the solo writes anything that the agency is to read."""
    edit, unread = _waiting(solo), _unread(solo)
    moments = [
        solo.updated_at if solo.submitted_at else None,
        edit.proposed_at if edit else None,
        unread.changed_at if unread else None,
    ]
    return "".join(f"{moment.timestamp():.6f}".replace(".", "") for moment in moments if moment)


def accept_waiting(*, solo: Solo, stamp: str = "", author: User | None = None) -> Solo:
    """Publish what waits, and take the rest as read; whoever asked for it is told.

    Raises ChangedMeanwhile when `stamp` names another moment, NothingSubmitted, EditOutdated, and
    what `publish_solo` does.
    """
    with transaction.atomic():
        solo = locked_solo(solo)
        edit = _waiting(solo)
        if not (edit or solo.submitted_at or _unread(solo)):
            raise NothingSubmitted
        if stamp and stamp != stamp_of(solo):
            raise ChangedMeanwhile
        is_first = solo.submitted_at is not None
        if edit:
            solo = _accept_edit(solo, edit)
        if is_first:
            solo = accept_profile(solo=solo, author=author)
        elif edit and solo.email:
            write_to_solo(solo, messages.EDIT_ONLINE, author, page=public_address(solo))
        UnreadEdit.objects.filter(solo=solo).delete()
    return solo


def return_waiting(*, solo: Solo, words: str, author: User | None = None) -> Solo:
    """Send back to the solo, with a word, what waits to be published: the page stays as it was.

    Raises NothingSubmitted.
    """
    with transaction.atomic():
        solo = locked_solo(solo)
        edit = _waiting(solo)
        if edit:
            edit.refused_at = timezone.now()
            edit.save(update_fields=["refused_at"])
        if solo.submitted_at or not edit:
            return return_profile(solo=solo, words=words, author=author)
        solo.team_words = words
        solo.save(update_fields=["team_words"])
        if solo.email:
            write_to_solo(solo, messages.EDIT_RETURNED, author, mot=words)
    return solo


def _accept_edit(solo: Solo, edit: ProposedEdit) -> Solo:
    apply_changes(solo, edit)
    solo.team_words = ""
    try:
        solo.full_clean()
    except ValidationError as error:
        raise EditOutdated from error
    solo.save()
    if edit.photo is not None:
        show_photo(solo, edit.photo)
    edit.delete()
    for use, field, version in edit.consents:
        solo = record_consent(
            solo=solo,
            use=use,
            fields=[field],
            wording_version=version,
            means=ConsentMeans.FORM,
            at=edit.proposed_at,
        )
    return solo


def _waiting(solo: Solo) -> ProposedEdit | None:
    edit: ProposedEdit | None = getattr(solo, "proposed_edit", None)
    return edit if edit and edit.waits else None


def _unread(solo: Solo) -> UnreadEdit | None:
    unread: UnreadEdit | None = getattr(solo, "unread_edit", None)
    return unread


def _moments(solo: Solo) -> list[datetime]:
    edit, unread = _waiting(solo), _unread(solo)
    moments = [
        solo.submitted_at, edit.proposed_at if edit else None, unread.since if unread else None,
    ]  # fmt: skip
    return [moment for moment in moments if moment]


def _first(solo: Solo) -> list[Values]:
    if not solo.submitted_at:
        return []
    columns = [
        name
        for field in PublicField
        if field in solo.published_fields and field != PublicField.PHOTO
        for name in columns_of(field)
    ]
    return [one for one in since_version(solo, None, columns) if one.after not in ("", [], False)]


def _proposed(solo: Solo) -> list[Values]:
    edit = _waiting(solo)
    changes: dict[str, Any] = edit.values if edit else {}
    if edit:
        # What nobody sees today is to be read whole, changed or not.
        for use, field, _version in edit.consents:
            if use == ConsentUse.PAGE and field != PublicField.PHOTO:
                for name in columns_of(field):
                    changes.setdefault(name, raw_value(solo, name))
    return [Values(name, raw_value(solo, name), after) for name, after in changes.items()]


def _seen(solo: Solo, past: dict[int, Any]) -> list[Values]:
    unread = _unread(solo)
    if unread is None:
        return []
    return since_version(solo, past.get(unread.version), unread.columns)


def _agreed(solo: Solo) -> list[str]:
    edit = _waiting(solo)
    shown = (
        {field for use, field, _version in edit.consents if use == ConsentUse.PAGE} if edit else ()
    )
    return [str(field.label) for field in PublicField if field in shown]


def _photo(solo: Solo) -> Picture | None:
    """The photo that is to be looked at, if any."""
    edit, unread = _waiting(solo), _unread(solo)
    if edit and edit.photo:
        return edit.photo
    photo: Picture | None = solo.photo
    is_shown_first = solo.submitted_at and PublicField.PHOTO in solo.published_fields
    is_new = unread is not None and PublicField.PHOTO in unread.fields
    return photo if is_shown_first or is_new else None
