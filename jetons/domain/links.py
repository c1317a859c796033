"""Personal links: signed, expiring, for a single purpose, spent once, revocable."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from jetons.domain.errors import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed
from jetons.models import PersonalLink

if TYPE_CHECKING:
    from comptes.models import User

SECRET_BYTES = 24


def issue_link(
    *, purpose: str, subject: str, lasts: timedelta, author: "User | None" = None
) -> str:
    """Make a link and return its token, which nothing else will ever tell.

    `subject` is what it is about, in the issuer's words (`user:12`); the token goes into the
    address of a page, which reads the link on GET and spends it on POST: programs that look at
    mails follow addresses.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    now = timezone.now()
    PersonalLink.objects.create(
        digest=_digest(secret),
        purpose=purpose,
        subject=subject,
        author=author,
        created_at=now,
        expires_at=now + lasts,
    )
    return _signer(purpose).sign(secret)


def read_link(*, purpose: str, token: str) -> PersonalLink:
    """The link that a token stands for, unspent.

    Raises LinkUnknown, LinkExpired, LinkUsed or LinkRevoked; a forged token asks the database
    nothing.
    """
    try:
        secret = _signer(purpose).unsign(token)
    except BadSignature as error:
        raise LinkUnknown from error
    link = PersonalLink.objects.filter(digest=_digest(secret), purpose=purpose).first()
    if link is None:
        raise LinkUnknown
    if link.revoked_at:
        raise LinkRevoked
    if link.used_at:
        raise LinkUsed
    if link.expires_at <= timezone.now():
        raise LinkExpired
    return link


def spend_link(*, purpose: str, token: str) -> PersonalLink:
    """Read the link and spend it; of two who come at once, one gets LinkUsed.

    In the transaction of the act it allows: an act undone gives the link back.
    """
    link = read_link(purpose=purpose, token=token)
    now = timezone.now()
    if not PersonalLink.objects.usable().filter(pk=link.pk).update(used_at=now):
        raise LinkUsed
    link.used_at = now
    return link


def links_in_force(*, purpose: str, subjects: Iterable[str]) -> dict[str, PersonalLink]:
    """The newest unspent link of that purpose about each of those subjects that has one."""
    links = PersonalLink.objects.usable().filter(purpose=purpose, subject__in=subjects)
    return {link.subject: link for link in links.order_by("created_at", "pk")}


def revoke_links(*, purpose: str, subject: str) -> int:
    """Take back every unspent link of that purpose about that subject; returns how many."""
    unspent = PersonalLink.objects.usable().filter(purpose=purpose, subject=subject)
    return unspent.update(revoked_at=timezone.now())


def hand_over_links(*, purpose: str, subject: str, to: str) -> int:
    """Every link of that purpose about that subject is now about `to`; returns how many."""
    return PersonalLink.objects.filter(purpose=purpose, subject=subject).update(subject=to)


def _signer(purpose: str) -> Signer:
    """A token made for one purpose is no token at all for another."""
    return Signer(salt=f"jetons.link.{purpose}")


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
