"""From identified to published and back: the only door to the public directory."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.text import slugify

from comptes.models import User
from images.domain.pictures import remove_picture
from jetons.domain.links import revoke_links
from registre.domain.wordings import find_wording
from registre.enums import ConsentMeans, ConsentUse
from solos.domain.errors import AlreadyWithdrawn, ConsentMissing
from solos.domain.links import PURPOSE, subject_of
from solos.enums import PublicField, ReviewStep, SoloState
from solos.models import (
    FieldConsent,
    FormerAddress,
    ProposedEdit,
    Solo,
    StateChange,
    UnreadEdit,
)
from territoires.domain.addresses import free_slug
from territoires.models import Territory

# Where the record itself says which fields each use is agreed to for; see `keep_shown_fields`.
KEPT_IN = {
    ConsentUse.PAGE: "published_fields",
    ConsentUse.OPEN_DATA: "open_fields",
    ConsentUse.MEMBERS: "member_fields",
}


def identify_solo(
    *,
    territory: Territory,
    first_name: str,
    last_name: str,
    on: date | None = None,
    author: User | None = None,
    **details: object,
) -> Solo:
    """Write down a solo whom the agency knows. Nothing of it is public."""
    with transaction.atomic():
        solo = Solo(
            territory=territory,
            first_name=first_name,
            last_name=last_name,
            slug=free_slug(
                slugify(f"{first_name} {last_name}")[:100] or "solo",
                Solo.objects.in_territory(territory),
                # What once led to someone never leads to a namesake.
                FormerAddress.objects.filter(territory=territory),
            ),
            **details,
        )
        solo.full_clean()
        solo.save()
        StateChange.objects.create(
            solo=solo,
            state=SoloState.IDENTIFIED,
            changed_on=on or timezone.localdate(),
            author=author,
        )
    return solo


def record_consent(
    *,
    solo: Solo,
    fields: Iterable[PublicField],
    wording_version: str,
    means: ConsentMeans,
    use: ConsentUse = ConsentUse.PAGE,
    at: datetime | None = None,
    recorded_by: User | None = None,
) -> Solo:
    """Record that the solo agrees to one use of `fields`; what was agreed to before stays so.

    Raises AlreadyWithdrawn, and UnknownWording for words that nobody kept.
    """
    wording = find_wording(version=wording_version, use=use)
    with transaction.atomic():
        solo = locked_solo(solo)
        if solo.state == SoloState.WITHDRAWN:
            raise AlreadyWithdrawn
        given_at = at or timezone.now()
        agreed = _agreed(solo, use)
        FieldConsent.objects.bulk_create(
            FieldConsent(
                solo=solo,
                use=use,
                field=field,
                wording=wording,
                means=means,
                given_at=given_at,
                recorded_by=recorded_by,
            )
            for field in fields
            if field not in agreed
        )
        keep_shown_fields(solo)
        solo.save()
    return solo


def withdraw_consent(
    *,
    solo: Solo,
    use: ConsentUse,
    fields: Iterable[PublicField],
    on: date | None = None,
    author: User | None = None,
) -> Solo:
    """End the solo's agreement to one use of `fields`, and to nothing else.

    Without consent for the name there is no page: the solo is then hidden. What was open data is
    so no more once the page is silent about it, though its own consent stays. A photo that may no
    longer be seen is deleted: its address would still lead to it.
    """
    ended = set(fields)
    with transaction.atomic():
        solo = locked_solo(solo)
        _end(solo.consents.filter(use=use, field__in=ended), on)
        _drop_pending(solo, use, ended)
        if use == ConsentUse.PAGE and PublicField.PHOTO in ended:
            forget_photo(solo)
        keep_shown_fields(solo)
        is_nameless = PublicField.NAME not in solo.published_fields
        if solo.state == SoloState.PUBLISHED and is_nameless:
            enter_state(solo, SoloState.HIDDEN, on=on, author=author)
        else:
            solo.save()
    return solo


def publish_solo(*, solo: Solo, on: date | None = None, author: User | None = None) -> Solo:
    """Put the solo in the public directory, with the fields agreed to and no other.

    Raises ConsentMissing without consent for the name, AlreadyWithdrawn after a withdrawal.
    """
    with transaction.atomic():
        solo = locked_solo(solo)
        if solo.state == SoloState.WITHDRAWN:
            raise AlreadyWithdrawn
        if PublicField.NAME not in solo.published_fields:
            raise ConsentMissing
        if solo.state != SoloState.PUBLISHED:
            verify(solo, on=on)
        enter_state(solo, SoloState.PUBLISHED, on=on, author=author)
    return solo


def hide_solo(*, solo: Solo, on: date | None = None, author: User | None = None) -> Solo:
    """Take the solo out of the directory for a while; the consents stay."""
    with transaction.atomic():
        solo = locked_solo(solo)
        if solo.state == SoloState.WITHDRAWN:
            raise AlreadyWithdrawn
        enter_state(solo, SoloState.HIDDEN, on=on, author=author)
    return solo


def withdraw_solo(*, solo: Solo, on: date | None = None, author: User | None = None) -> Solo:
    """Withdraw every consent at once and take the solo out of everything public.

    Their photo is deleted: its address would still lead to it.
    """
    with transaction.atomic():
        solo = locked_solo(solo)
        _end(solo.consents.all(), on)
        revoke_links(purpose=PURPOSE, subject=subject_of(solo))
        solo.published_fields, solo.open_fields, solo.member_fields = [], [], []
        forget_photo(solo)
        forget_edits(solo)
        enter_state(solo, SoloState.WITHDRAWN, on=on, author=author)
    return solo


def verify(solo: Solo, *, on: date | None = None) -> None:
    """Write down, without saving, that the profile was right on that day: silence starts anew."""
    solo.verified_on = on or timezone.localdate()
    solo.review_step, solo.review_step_on = ReviewStep.FRESH, None


def forget_photo(solo: Solo) -> None:
    """Delete the photo of a locked solo, its files at commit: nobody else keeps a portrait."""
    if solo.photo is not None:
        remove_picture(picture=solo.photo)
        solo.photo = None


def forget_edits(solo: Solo) -> None:
    """Delete what the solo had proposed to change, and what the agency had yet to read."""
    UnreadEdit.objects.filter(solo=solo).delete()
    for edit in ProposedEdit.objects.filter(solo=solo):
        forget_proposed_photo(edit)
        edit.delete()


def forget_proposed_photo(edit: ProposedEdit) -> None:
    photo = edit.photo
    if photo is not None:
        edit.photo = None
        edit.save(update_fields=["photo"])
        remove_picture(picture=photo)


def locked_solo(solo: Solo) -> Solo:
    """The row as it is now, nobody else's to change until this transaction ends."""
    return Solo.objects.select_for_update(of=("self",), no_key=True).get(pk=solo.pk)


def enter_state(
    solo: Solo, state: SoloState, *, on: date | None = None, author: User | None = None
) -> None:
    """Save the solo in that state, since that day; what was submitted is settled by it."""
    if solo.state == state:
        return
    solo.state, solo.submitted_at, solo.team_words = state, None, ""
    solo.save()
    StateChange.objects.create(
        solo=solo, state=state, changed_on=on or timezone.localdate(), author=author
    )


def _end(consents: "QuerySet[FieldConsent]", on: date | None) -> None:
    """Written down later, a past withdrawal keeps its day, but never precedes its consent."""
    moment = timezone.make_aware(datetime.combine(on, time())) if on else timezone.now()
    in_force = consents.filter(withdrawn_at=None)
    in_force.update(withdrawn_at=Greatest("given_at", Value(moment)))


def _drop_pending(solo: Solo, use: ConsentUse, ended: set[PublicField]) -> None:
    """A consent that ends takes with it the one that waited for the agency."""
    for edit in ProposedEdit.objects.filter(solo=solo):
        edit.agreed = [
            one for one in edit.agreed if not (one[1] in ended and use in (one[0], ConsentUse.PAGE))
        ]
        edit.save(update_fields=["agreed"])
        if use == ConsentUse.PAGE and PublicField.PHOTO in ended:
            forget_proposed_photo(edit)


def _agreed(solo: Solo, use: ConsentUse) -> set[str]:
    in_force = solo.consents.filter(use=use, withdrawn_at=None)
    return set(in_force.values_list("field", flat=True))


def keep_shown_fields(solo: Solo) -> None:
    """Write down, without saving, what the consents in force let everyone see, or members."""
    shown, opened = _agreed(solo, ConsentUse.PAGE), _agreed(solo, ConsentUse.OPEN_DATA)
    solo.published_fields = [field for field in PublicField if field in shown]
    solo.open_fields = [field for field in PublicField if field in shown & opened]
    among_members = _agreed(solo, ConsentUse.MEMBERS)
    solo.member_fields = [field for field in PublicField if field in among_members]
