"""A solo keeps their own profile: invited by a link, they complete, agree, publish or leave.

The first publication is read by the agency; what is changed afterwards is live, and told to it.
"""

from collections.abc import Collection, Mapping
from copy import copy
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from comptes.models import User
from courrier.domain.messages import Message
from courrier.domain.outbox import write_mail
from courrier.domain.substitution import Line, Value
from jetons.domain.links import issue_link, revoke_links
from registre.domain.wordings import current_wording
from registre.enums import ConsentMeans, ConsentUse
from solos.domain.errors import AlreadyWithdrawn, ConsentMissing, NoAddress, NothingSubmitted
from solos.domain.links import LASTS, PURPOSE, subject_of
from solos.domain.portrait import remove_photo, set_photo
from solos.domain.proposals import (
    Asked,
    columns_of,
    keep_proposal,
    known_version,
    note_change,
    proposal_of,
    waiting_fields,
    was_published,
    with_proposal,
)
from solos.domain.publication import (
    enter_state,
    locked_solo,
    publish_solo,
    record_consent,
    verify,
    withdraw_consent,
    withdraw_solo,
)
from solos.enums import PublicField, SoloState
from solos.messages import profiles as messages
from solos.models import Solo
from territoires.domain.agency import tell_agency
from territoires.domain.brand import brand_of, site_address
from territoires.models import Territory

CHANGED = _("{solo} a modifié sa fiche : {fields}.")
ACCOUNT = _(
    "Ouvrez un compte pour réserver un bureau. Pour lire aussi l’annuaire des membres, demandez à "
    "l’équipe d’y lier votre fiche."
)
PROPOSES = _("{solo} propose des changements, à relire : {fields}.")


def invite_solo(*, solo: Solo, author: User | None = None) -> Solo:
    """Send the solo the link by which they complete and publish their profile themselves.

    Whoever was only identified is then invited; the links sent before are taken back. Raises
    NoAddress, AlreadyWithdrawn.
    """
    with transaction.atomic():
        solo = locked_solo(solo)
        if not solo.email:
            raise NoAddress
        if solo.state == SoloState.WITHDRAWN:
            raise AlreadyWithdrawn
        revoke_links(purpose=PURPOSE, subject=subject_of(solo))
        write_to_solo(solo, messages.INVITATION, author, jours=str(LASTS.days))
        if solo.state == SoloState.IDENTIFIED:
            enter_state(solo, SoloState.INVITED, author=author)
    return solo


def send_link_again(*, territory: Territory, email: str) -> int:
    """A new link to every profile of that address, for who asks; returns how many.

    Whoever asks is told the same whether there was one or none.
    """
    with transaction.atomic():
        theirs = Solo.objects.in_territory(territory).filter(email__iexact=email)
        solos = list(theirs.exclude(state__in=[SoloState.WITHDRAWN, SoloState.ARCHIVED]))
        for solo in solos:
            write_to_solo(solo, messages.LINK_AGAIN)
    return len(solos)


def save_profile(
    *,
    solo: Solo,
    values: Mapping[str, Any],
    agreed: Mapping[ConsentUse, Collection[PublicField]],
    new_photo: "File[bytes] | None" = None,
    removes_photo: bool = False,
) -> Solo:
    """Write what the solo says of themselves, and exactly what they agree to show and to open.

    `values` are by field of Solo. A box unticked ends its consent, without a name there is no
    page; a use that is not in `agreed` was not asked about. Where the territory reads changes
    first, what would newly appear waits, its consent with it. Raises ValidationError,
    UnknownWording, AlreadyWithdrawn, a PictureRefused.
    """
    asked = Asked(values, agreed, new_photo, removes_photo)
    with transaction.atomic():
        solo = locked_solo(solo)
        waiting = waiting_fields(solo, asked)
        _check(solo, asked)
        shown, version = set(solo.published_fields), known_version(solo)
        solo, changed = _write(solo, asked, waiting)
        for use, wanted in agreed.items():
            solo = _agree(solo, use, set(wanted), held=waiting)
        if keep_proposal(solo, asked, waiting):
            _tell(solo, [field.label for field in PublicField if field in waiting], PROPOSES)
        if set(solo.published_fields) - shown:
            changed.append("published_fields")
        if changed and was_published(solo):
            note_change(solo, changed, version)
            _tell(solo, [_name_of(name) for name in changed], CHANGED)
    return solo


def submit_profile(*, solo: Solo) -> Solo:
    """Ask for the profile to be public: at once for who was before, else once the agency read it.

    Raises ConsentMissing, AlreadyWithdrawn.
    """
    with transaction.atomic():
        solo = locked_solo(solo)
        if solo.state == SoloState.WITHDRAWN:
            raise AlreadyWithdrawn
        if PublicField.NAME not in with_proposal(solo, proposal_of(solo)).published_fields:
            raise ConsentMissing
        if PublicField.NAME in solo.published_fields and was_published(solo):
            return publish_solo(solo=solo)
        if not solo.submitted_at:
            solo.submitted_at, solo.team_words = timezone.now(), ""
            solo.save(update_fields=["submitted_at", "team_words"])
            tell_agency(
                territory=solo.territory,
                words=format_lazy(_("{solo} demande à paraître dans l’annuaire."), solo=solo),
                address=reverse("admin:solos_solo_change", args=[solo.pk]),
            )
    return solo


def accept_profile(*, solo: Solo, author: User | None = None) -> Solo:
    """Publish for the agency; whoever asked for it is told. Raises as `publish_solo` does."""
    with transaction.atomic():
        was_asked = locked_solo(solo).submitted_at is not None
        solo = publish_solo(solo=solo, author=author)
        if was_asked and solo.email:
            page = public_address(solo)
            write_to_solo(solo, messages.ONLINE, author, page=page, compte=_account(solo))
    return solo


def return_profile(*, solo: Solo, words: str, author: User | None = None) -> Solo:
    """Send a profile back to the solo with what is to be changed. Raises NothingSubmitted."""
    with transaction.atomic():
        solo = locked_solo(solo)
        if not solo.submitted_at:
            raise NothingSubmitted
        solo.submitted_at, solo.team_words = None, words
        solo.save(update_fields=["submitted_at", "team_words"])
        if solo.email:
            write_to_solo(solo, messages.RETURNED, author, mot=words)
    return solo


def leave_directory(*, solo: Solo) -> Solo:
    """The solo takes everything away themselves; whoever left is told once, by mail."""
    with transaction.atomic():
        was_there = locked_solo(solo).state != SoloState.WITHDRAWN
        solo = withdraw_solo(solo=solo)
        if was_there and solo.email:
            _write_mail(solo, messages.LEFT, {})
    return solo


def _check(solo: Solo, asked: Asked) -> None:
    """What waits must be as true as what is written at once."""
    candidate = copy(solo)
    for name, value in asked.values.items():
        setattr(candidate, name, value)
    candidate.full_clean()


def _write(solo: Solo, asked: Asked, waiting: set[PublicField]) -> tuple[Solo, list[str]]:
    """Save what does not wait; returns the names of the fields that changed."""
    held = {name for field in waiting for name in columns_of(field)}
    changed = [
        name
        for name, value in asked.values.items()
        if name not in held and getattr(solo, name) != value
    ]
    for name in changed:
        setattr(solo, name, asked.values[name])
    verify(solo)
    solo.save()
    if asked.new_photo and "photo" not in held:
        solo = set_photo(solo=solo, file=asked.new_photo)
        changed.append("photo")
    elif asked.removes_photo and solo.photo_id:
        solo = remove_photo(solo=solo)
        changed.append("photo")
    return solo, changed


def _agree(solo: Solo, use: ConsentUse, wanted: set[PublicField], held: set[PublicField]) -> Solo:
    """Consents given for what was ticked, ended for what no longer is; the others are untouched.

    For what is `held` none is given yet: it is about what the page does not say so far.
    """
    in_force = solo.consents.filter(use=use, withdrawn_at=None)
    agreed = {PublicField(field) for field in in_force.values_list("field", flat=True)}
    if ended := agreed - wanted:
        solo = withdraw_consent(solo=solo, use=use, fields=ended)
    if given := wanted - agreed - held:
        solo = record_consent(
            solo=solo,
            fields=given,
            use=use,
            wording_version=current_wording(use).version,
            means=ConsentMeans.FORM,
        )
    return solo


def _name_of(column: str) -> Any:
    field: Any = Solo._meta.get_field(column)  # noqa: SLF001  (documented)
    return field.verbose_name


def _tell(solo: Solo, names: list[Any], words: Any) -> None:
    """A line of tomorrow's mail that leads to what was before and what is now."""
    fields = format_lazy(", ".join(["{}"] * len(names)), *names)
    tell_agency(
        territory=solo.territory,
        words=format_lazy(words, solo=solo, fields=fields),
        address=reverse("admin:solos_solo_review_one", args=[solo.pk]),
    )


def public_address(solo: Solo) -> str:
    """The whole address of their page, in their language."""
    with override(_language(solo)):
        return f"{site_address(solo.territory)}{reverse('solo', args=[solo.slug])}"


def write_to_solo(
    solo: Solo,
    message: Message,
    author: User | None = None,
    /,
    *,
    reply_to: str = "",
    **variables: Value,
) -> None:
    """A mail to the solo with the link to their own profile, in their language."""
    token = issue_link(purpose=PURPOSE, subject=subject_of(solo), lasts=LASTS, author=author)
    with override(_language(solo)):
        page = reverse("own-profile-by-link", args=[token])
    link = f"{site_address(solo.territory)}{page}"
    _write_mail(solo, message, {"lien": link, **variables}, reply_to)


def _language(solo: Solo) -> str:
    return solo.user.language if solo.user else "fr"


def _account(solo: Solo) -> list[Line]:
    """What an account is for, to whoever has none."""
    if solo.user:
        return []
    with override(_language(solo)):
        page = reverse("account_signup")
        return [{"words": str(ACCOUNT), "address": f"{site_address(solo.territory)}{page}"}]


def _write_mail(
    solo: Solo, message: Message, variables: Mapping[str, Value], reply_to: str = ""
) -> None:
    brand = brand_of(solo.territory)
    write_mail(
        message=message,
        recipient=solo.email,
        language=_language(solo),
        brand=brand,
        territory=solo.territory,
        variables={
            "territoire": brand.name,
            "prenom": solo.first_name,
            **variables,
        },
        reply_to=reply_to,
    )
