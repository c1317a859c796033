"""Have someone in: an account waiting for its holder, and the link that gives it to them."""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from comptes.domain.accounts import confirm_address, light_account
from comptes.domain.errors import AlreadyActive
from comptes.models import User
from jetons.domain.links import issue_link, read_link, revoke_links, spend_link

PURPOSE = "invitation"
LASTS = timedelta(days=7)


def invite(
    *,
    email: str,
    first_name: str = "",
    last_name: str = "",
    language: str = "fr",
    is_staff: bool = False,
    author: User | None = None,
) -> tuple[User, str]:
    """The account of that address and the token of its link, "" for who has a password already.

    A new invitation takes the former ones back. Rights are granted apart, by whoever invites.
    """
    with transaction.atomic():
        user = light_account(
            email=email, first_name=first_name, last_name=last_name, language=language
        )
        if is_staff and not user.is_staff:
            user.is_staff = True
            user.save(update_fields=["is_staff"])
        if user.has_usable_password():
            return user, ""
        revoke_links(purpose=PURPOSE, subject=_subject(user))
        token = issue_link(purpose=PURPOSE, subject=_subject(user), lasts=LASTS, author=author)
    return user, token


def invited(*, token: str) -> User:
    """Whom a link invites. Raises LinkRefused, and AlreadyActive once they chose a password."""
    link = read_link(purpose=PURPOSE, token=token)
    user = User.objects.get(pk=link.subject.removeprefix("user:"))
    if user.has_usable_password():
        raise AlreadyActive
    return user


def accept_invitation(*, token: str, password: str) -> User:
    """The invited person chooses a password: the link proved that they read their mail.

    Raises LinkRefused, AlreadyActive, and ValidationError for a password refused: the link then
    stays good.
    """
    with transaction.atomic():
        user = invited(token=token)
        validate_password(password, user)
        spend_link(purpose=PURPOSE, token=token)
        user.set_password(password)
        user.save(update_fields=["password"])
        confirm_address(user=user)
    return user


def _subject(user: User) -> str:
    return f"user:{user.pk}"
