"""Change the address of an account: both the old and the new one must say yes.

The old one, because whoever sits at an open session must not carry an account away; the new one,
because a mistyped address would lock its holder out.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from comptes.domain.accounts import confirm_address
from comptes.domain.addresses import plain_address
from comptes.domain.errors import AddressUnchanged, EmailTaken
from comptes.enums import AddressSide
from comptes.models import EmailChange, User
from jetons.domain.links import issue_link, read_link, revoke_links, spend_link

LASTS = timedelta(days=2)


@dataclass(frozen=True)
class ChangeAsked:
    """What to send to whom. No link for a new address that has an account: it is told so."""

    change: EmailChange
    tokens: dict[AddressSide, str]


def ask_email_change(*, user: User, new_email: str) -> ChangeAsked:
    """Write the wish down and make both links; an earlier wish is dropped.

    Raises AddressUnchanged, ValidationError for what is no address. Whether the new address has an
    account is told to that address alone, never to who asks.
    """
    new_email = plain_address(new_email)
    if new_email == user.email:
        raise AddressUnchanged
    is_taken = User.objects.filter(email__iexact=new_email).exists()
    with transaction.atomic():
        for earlier in EmailChange.objects.filter(user=user, done_at=None):
            _revoke(earlier)
            earlier.delete()
        change = EmailChange(user=user, new_email=new_email)
        change.full_clean()
        change.save()
        sides = () if is_taken else tuple(AddressSide)
        tokens = {side: _issue(change, side) for side in sides}
    return ChangeAsked(change, tokens)


def change_asked(*, side: AddressSide, token: str) -> EmailChange:
    """What a link asks to confirm. Raises LinkRefused."""
    link = read_link(purpose=side.purpose, token=token)
    return EmailChange.objects.select_related("user").get(pk=link.subject.removeprefix("change:"))


def confirm_email_change(*, side: AddressSide, token: str) -> EmailChange:
    """One of the two says yes; with the second, the address changes and every session ends.

    Raises LinkRefused, and EmailTaken when someone else took the address meanwhile.
    """
    with transaction.atomic():
        pk = change_asked(side=side, token=token).pk
        change = EmailChange.objects.select_for_update(of=("self",)).get(pk=pk)
        spend_link(purpose=side.purpose, token=token)
        setattr(change, f"{side}_confirmed_at", timezone.now())
        if change.is_agreed:
            _carry_out(change)
        change.save()
    return change


def _carry_out(change: EmailChange) -> None:
    user = change.user
    if User.objects.filter(email__iexact=change.new_email).exists():
        raise EmailTaken
    user.email = change.new_email
    # Sessions are bound to the address (User.get_session_auth_hash): all of them end.
    user.save(update_fields=["email"])
    confirm_address(user=user)
    change.done_at = timezone.now()


def _issue(change: EmailChange, side: AddressSide) -> str:
    return issue_link(
        purpose=side.purpose, subject=f"change:{change.pk}", lasts=LASTS, author=change.user
    )


def _revoke(change: EmailChange) -> None:
    for side in AddressSide:
        revoke_links(purpose=side.purpose, subject=f"change:{change.pk}")
