"""Which message the accounts' library means, and the mails of our own acts."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comptes import messages
from comptes.domain.email_change import ChangeAsked
from comptes.enums import AddressSide
from comptes.models import User
from courrier.domain.brand import Sender
from courrier.domain.messages import Message
from courrier.domain.outbox import write_mail
from courrier.domain.substitution import Values

# The library's names for its mails, and the message of ours that each becomes.
CODES = {
    "account/email/login_code": messages.SIGN_IN_CODE,
    "account/email/email_confirmation": messages.ADDRESS_CODE,
    "account/email/email_confirmation_signup": messages.ADDRESS_CODE,
    "account/email/password_reset_code": messages.PASSWORD_CODE,
}
LEADS = {
    "account/email/unknown_account": (messages.NO_ACCOUNT, "account_signup"),
    "account/email/account_already_exists": (messages.ACCOUNT_EXISTS, "account_login"),
}
CHANGES: dict[str, Promise] = {
    "account/email/password_changed": _("Votre mot de passe a changé."),
    "account/email/password_set": _("Votre compte a maintenant un mot de passe."),
    "account/email/password_reset": _("Votre mot de passe a été remplacé, par un code reçu ici."),
    "mfa/email/totp_activated": _("Un second code protège maintenant votre compte."),
    "mfa/email/totp_deactivated": _("Le second code de votre compte a été retiré."),
    "mfa/email/recovery_codes_generated": _("De nouveaux codes de secours ont été faits."),
}


def send(
    request: HttpRequest,
    message: Message,
    recipient: str,
    *,
    language: str = "",
    sender: Sender | None = None,
    **variables: str,
) -> None:
    """Write a message under the name of the territory whose site is being visited, or `sender`."""
    writer: Sender = sender or request.sender  # type: ignore[attr-defined]
    values: Values = {"territoire": writer.brand.name, **variables}
    write_mail(
        message=message,
        recipient=recipient,
        language=language or get_language() or "fr",
        brand=writer.brand,
        territory=writer.territory,
        variables=values,
    )


def send_for_library(
    request: HttpRequest, template_prefix: str, email: str, context: dict[str, Any]
) -> None:
    """The mail that the library asks for, in our words. KeyError for one that we don't know."""
    if message := CODES.get(template_prefix):
        send(request, message, email, code=context["code"])
    elif template_prefix in LEADS:
        message, page = LEADS[template_prefix]
        send(request, message, email, lien=request.build_absolute_uri(reverse(page)))
    else:
        page = reverse("account_reset_password")
        send(
            request,
            messages.SECURITY_NOTICE,
            email,
            quoi=str(CHANGES[template_prefix]),
            lien=request.build_absolute_uri(page),
        )


def send_change_mails(request: HttpRequest, asked: ChangeAsked) -> None:
    """To both addresses; a new address that has an account already is only told so."""
    change = asked.change
    if not asked.tokens:
        page = request.build_absolute_uri(reverse("account_login"))
        send(request, messages.ACCOUNT_EXISTS, change.new_email, lien=page)
        return
    old, new = (_page(request, side, asked.tokens[side]) for side in AddressSide)
    send(
        request,
        messages.LEAVE_ADDRESS,
        change.user.email,
        nouvelle=change.new_email,
        lien=old,
    )
    send(request, messages.TAKE_ADDRESS, change.new_email, lien=new)


def send_invitation(
    request: HttpRequest,
    *,
    user: User,
    token: str,
    author: User,
    role: str,
    sender: Sender,
    site: str,
) -> None:
    """The way in for who has none yet; for the others, word of their new role.

    `sender` is where the role is held, `site` the address that opens there: the author may work on
    another site.
    """
    said = {"qui": str(author), "role": role}
    if token:
        page = reverse("invitation", args=[token])
        message = messages.INVITATION
    else:
        page, message = reverse("admin:index"), messages.ACCESS_ADDED
    send(
        request,
        message,
        user.email,
        language=user.language,
        sender=sender,
        lien=f"{site}{page}",
        **said,
    )


def _page(request: HttpRequest, side: AddressSide, token: str) -> str:
    path = reverse("confirm-email-change", args=[side.value, token])
    return request.build_absolute_uri(path)
