"""Make one record of two that are of the same person, with nothing lost.

One record stays, with its key, its address and its state; each differing value is chosen from one
of the two. Everything that pointed to the other now points to the one that stays, its past
versions included; its address leads there. An agreement keeps its own proof, and never covers
another value than the one it was given for: see `_settle_consents`.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ManyToOneRel
from django.utils import timezone
from django.utils.translation import gettext as _

from comptes.models import User
from images.models import Picture
from images.personal import subject_of as portrait_of
from jetons.domain.links import hand_over_links, revoke_links
from registre.domain.journal import write_journal
from registre.enums import JournalAct
from solos.domain.duplicates import keep_doubles
from solos.domain.errors import KeptIsWithdrawn, OtherTerritory, SameRecord, TwoAccounts
from solos.domain.links import PURPOSE, subject_of
from solos.domain.publication import forget_photo, forget_proposed_photo, keep_shown_fields
from solos.enums import PublicField, SoloState
from solos.models import (
    FieldConsent,
    FormerAddress,
    PossibleDouble,
    ProposedEdit,
    Solo,
    StateChange,
    UnreadEdit,
)

# The values among which one chooses; the rest is of the record itself.
CHOSEN_FIELDS = (
    "first_name", "last_name", "trade_name", "status", "trade", "commune", "email", "phone",
    "website", "links", "photo", "presentation", "skills", "languages", "work_place", "offers",
    "seeks", "takes_clients", "accepts_messages", "arrived_in", "came_from", "siret",
    "household_size", "programme",
)  # fmt: skip

# Of these a solo has one, or each pair one: what becomes of two is decided, not only moved.
SETTLED_APART = {PossibleDouble, ProposedEdit, UnreadEdit}


def merge_solos(
    *, kept: Solo, other: Solo, from_other: Collection[str] = (), author: User | None = None
) -> Solo:
    """Make `other` part of `kept`, with the values of `other` for the fields `from_other`.

    Done once, it is not done again. Raises SameRecord, OtherTerritory, TwoAccounts,
    KeptIsWithdrawn: nothing is then changed.
    """
    with transaction.atomic():
        rows = _locked({kept.pk, other.pk})
        if FormerAddress.objects.filter(merged_key=other.pk, solo=kept.pk).exists():
            return rows[kept.pk]
        if len(rows) < 2:
            raise Solo.DoesNotExist
        kept, other = rows[kept.pk], rows[other.pk]
        _refuse(kept, other)
        taken = [
            name for name in CHOSEN_FIELDS if name in from_other and _differ(kept, other, name)
        ]
        _settle_consents(kept, other, taken)
        _settle_links(kept, other, taken)
        series = _combined_states(kept, other)
        _move_rows(kept, other)
        _move_pairs(kept, other)
        _move_edits(kept, other)
        former = FormerAddress(
            territory=kept.territory,
            solo=kept,
            slug=other.slug,
            merged_key=other.pk,
            merged_since=other.created_at,
            merged_by=author,
        )
        _take_values(kept, other, taken)
        _move_past(kept, other)
        former.save()
        kept.save()
        _keep_series(kept, series, author)
        _write_down(kept, former, taken, author)
        keep_doubles(solo=kept)
    return kept


def differing_fields(first: Solo, second: Solo) -> list[str]:
    """Those among whose values one must choose, in the order of the form."""
    return [name for name in CHOSEN_FIELDS if _differ(first, second, name)]


def merged_rows(solo: Solo) -> list[tuple[object, ...]]:
    """How the register knew the records that are now part of this one."""
    return list(solo.former_addresses.values_list("merged_key", "merged_since"))


def find_moved(*, territory: Any, slug: str) -> Solo | None:
    """The published solo to whom an address of before leads; None where there is none."""
    moved = FormerAddress.objects.filter(territory=territory, slug=slug)
    former = moved.filter(solo__in=Solo.objects.published()).select_related("solo").first()
    return former.solo if former else None


# ---- Before ------------------------------------------------------------------------------------
def _locked(keys: set[int]) -> dict[int, Solo]:
    if len(keys) < 2:
        raise SameRecord
    rows = Solo.objects.select_for_update(of=("self",)).select_related("territory", "photo")
    return {solo.pk: solo for solo in rows.filter(pk__in=keys).order_by("pk")}


def _refuse(kept: Solo, other: Solo) -> None:
    if kept.territory_id != other.territory_id:
        raise OtherTerritory
    if kept.user_id and other.user_id:
        raise TwoAccounts
    if kept.state == SoloState.WITHDRAWN != other.state:
        raise KeptIsWithdrawn


def _differ(first: Solo, second: Solo, name: str) -> bool:
    return bool(getattr(first, _column(name)) != getattr(second, _column(name)))


def _column(name: str) -> str:
    return str(Solo._meta.get_field(name).attname)  # type: ignore[union-attr]  # noqa: SLF001


# ---- What the person agreed to -----------------------------------------------------------------
def _settle_consents(kept: Solo, other: Solo, taken: Collection[str]) -> None:
    """End the agreements that the values kept do not have, and those since taken back.

    A field stays shown only with the agreement given for the very value that is kept: where both
    records say the same, either's will do. Whatever the person took back on one record, after
    having agreed to it on the other, they took back. Of two that hold, the later stays.
    """
    consents = list(FieldConsent.objects.filter(solo__in=[kept, other]).order_by("given_at", "pk"))
    ended = [one for one in consents if one.withdrawn_at]
    holding: dict[tuple[object, ...], FieldConsent] = {}
    lost: list[FieldConsent] = []
    for consent in consents:
        if consent.withdrawn_at:
            continue
        use = _use(consent)
        was_taken_back = any(
            _use(one) == use and one.withdrawn_at >= consent.given_at  # type: ignore[operator]
            for one in ended
        )
        sides = _sides(kept, other, consent.field, taken)
        if was_taken_back or not _covers(consent, sides, consents):
            lost.append(consent)
            continue
        if use in holding:
            lost.append(holding[use])
        holding[use] = consent
    keys = [consent.pk for consent in lost]
    FieldConsent.objects.filter(pk__in=keys).update(withdrawn_at=timezone.now())


def _use(consent: FieldConsent) -> tuple[object, ...]:
    return (consent.use, consent.field, consent.recipient_id)


def _sides(kept: Solo, other: Solo, field: str, taken: Collection[str]) -> set[int]:
    """The records whose own value of a field is kept; none where both say the same."""
    names = ("first_name", "last_name") if field == PublicField.NAME else (field,)
    return {
        other.pk if name in taken else kept.pk
        for name in names
        if name and _differ(kept, other, name)
    }


def _covers(consent: FieldConsent, sides: set[int], consents: list[FieldConsent]) -> bool:
    """Whether each record that a value comes from has the agreement, this one being among them."""
    if sides and consent.solo_id not in sides:
        return False
    agreed = {
        one.solo_id for one in consents if _use(one) == _use(consent) and not one.withdrawn_at
    }
    return sides <= agreed


# ---- What points to the record that goes -------------------------------------------------------
def _settle_links(kept: Solo, other: Solo, taken: Collection[str]) -> None:
    """A link opens the record only for who reads the address that is kept."""
    email = (other if "email" in taken else kept).email.lower()
    for solo in (kept, other):
        if solo.email.lower() != email:
            revoke_links(purpose=PURPOSE, subject=subject_of(solo))
    hand_over_links(purpose=PURPOSE, subject=subject_of(other), to=subject_of(kept))


def _move_rows(kept: Solo, other: Solo) -> None:
    """Whatever app it is of: a relation added later moves too."""
    for relation in Solo._meta.get_fields(include_hidden=True):  # noqa: SLF001
        model: Any = relation.related_model
        if isinstance(relation, ManyToOneRel) and model not in SETTLED_APART:
            rows = model._base_manager.filter(**{relation.field.name: other.pk})  # noqa: SLF001
            rows.update(**{relation.field.name: kept.pk})
    kind = ContentType.objects.get_for_model(Solo)
    LogEntry.objects.filter(content_type=kind, object_id=str(other.pk)).update(
        object_id=str(kept.pk)
    )


def _move_edits(kept: Solo, other: Solo) -> None:
    """What either says anew is still read; of two proposals, that of the record that stays."""
    proposal = ProposedEdit.objects.filter(solo=other).first()
    if proposal and ProposedEdit.objects.filter(solo=kept).exists():
        forget_proposed_photo(proposal)
        proposal.delete()
    elif proposal:
        _hand_over_portrait(proposal.photo, kept)
        ProposedEdit.objects.filter(pk=proposal.pk).update(solo=kept)
    # The past of both becomes one: the agency reads it from the record's own last known version.
    if not UnreadEdit.objects.filter(solo=kept).exists():
        UnreadEdit.objects.filter(solo=other).update(solo=kept)


def _hand_over_portrait(photo: Picture | None, kept: Solo) -> None:
    if photo is not None:
        subject = portrait_of(Solo._meta.label, kept.pk)  # noqa: SLF001
        Picture.objects.filter(pk=photo.pk).update(subject=subject)


def _move_pairs(kept: Solo, other: Solo) -> None:
    """What was said of a third record stands; a pair that both had is the one of `kept`."""
    known = {key for pair in _pairs(kept) for key in (pair.first_id, pair.second_id)}
    for pair in _pairs(other):
        third = pair.second_id if pair.first_id == other.pk else pair.first_id
        if third not in known:
            pair.first_id, pair.second_id = sorted((kept.pk, third))
            pair.save()


def _pairs(solo: Solo) -> list[PossibleDouble]:
    return list(PossibleDouble.objects.of(solo))


def _move_past(kept: Solo, other: Solo) -> None:
    """The other's last words join its past, and its past that of the record that stays."""
    other._change_reason = _("Réunie à une autre fiche.")[:100]  # type: ignore[attr-defined]  # noqa: SLF001
    other.save()
    Solo.objects.filter(pk=other.pk).delete()
    past = Solo.history.filter(id=other.pk)
    past.filter(history_type="-").delete()
    past.update(id=kept.pk)


# ---- What the record that stays becomes --------------------------------------------------------
def _take_values(kept: Solo, other: Solo, taken: Collection[str]) -> None:
    loser = kept if "photo" in taken else other
    if _differ(kept, other, "photo"):
        # Nobody would see it again, and its address would still lead to it.
        forget_photo(loser)
    for name in map(_column, taken):
        setattr(kept, name, getattr(other, name))
    _hand_over_portrait(kept.photo, kept)
    kept.user, other.user = kept.user or other.user, None
    if kept.state != SoloState.PUBLISHED:
        kept.submitted_at = kept.submitted_at or other.submitted_at
    kept.team_words = kept.team_words or other.team_words
    keep_shown_fields(kept)
    if kept.state == SoloState.PUBLISHED and PublicField.NAME not in kept.published_fields:
        kept.state = SoloState.HIDDEN


def _combined_states(kept: Solo, other: Solo) -> list[tuple[date, SoloState]]:
    """Day by day, the stronger of the two states: one person, counted once in past figures."""
    order = SoloState.strongest_first()
    changes = {
        solo.pk: list(solo.state_changes.order_by("changed_on", "pk")) for solo in (kept, other)
    }
    days = sorted({change.changed_on for mine in changes.values() for change in mine})
    found = []
    for day in days:
        states = [
            [change.state for change in mine if change.changed_on <= day][-1:]
            for mine in changes.values()
        ]
        held = [SoloState(state) for (state,) in filter(None, states)]
        found.append((day, min(held, key=order.index)))
    return found


def _keep_series(kept: Solo, series: list[tuple[date, SoloState]], author: User | None) -> None:
    """Where the last change of a day says less than the two records did, say it after it."""
    today = timezone.localdate()
    said = dict(kept.state_changes.order_by("changed_on", "pk").values_list("changed_on", "state"))
    wanted = dict(series) | {today: SoloState(kept.state)}
    before = None
    for day, state in sorted(wanted.items()):
        if said.get(day, before) != state:
            StateChange.objects.create(solo=kept, state=state, changed_on=day, author=author)
        before = state


def _write_down(
    kept: Solo, former: FormerAddress, taken: Collection[str], author: User | None
) -> None:
    """In the journal: one record changed, the other gone."""
    about = {"model": Solo, "user": author, "territory": kept.territory_id}
    write_journal(act=JournalAct.EDITED, key=kept.pk, fields=taken, **about)  # type: ignore[arg-type]
    write_journal(act=JournalAct.DELETED, key=former.merged_key, **about)  # type: ignore[arg-type]
