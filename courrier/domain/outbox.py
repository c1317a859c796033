"""Write a mail in the transaction of its act. Its delivery is another story (delivery.py)."""

from email.headerregistry import Address
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from courrier.domain.addresses import mail_address
from courrier.domain.brand import Brand
from courrier.domain.messages import Message
from courrier.domain.rendering import render_mail
from courrier.domain.substitution import Values, legible, one_line
from courrier.domain.waking import wake_worker
from courrier.enums import MailState
from courrier.models import OutgoingMail

if TYPE_CHECKING:
    from territoires.models import Territory

LONGEST_SUBJECT = 255
LONGEST_NAME = 100


def write_mail(
    *,
    message: Message,
    recipient: str,
    language: str,
    brand: Brand,
    territory: "Territory | None",
    variables: Values,
    reply_to: str = "",
    calendar: str = "",
    is_secret: bool = False,
) -> OutgoingMail:
    """Write a message to somebody, in their language, under a territory's brand.

    `calendar` is an iCalendar object that goes with it; `is_secret` where this one carries a
    personal link, though its message mostly does not. Call it inside the transaction of the act:
    the mail leaves if the act is committed. Raises BadAddress, and WrongVariables when `variables`
    are not exactly those of the message.
    """
    is_secret = is_secret or message.is_secret
    rendered = render_mail(
        message=message, language=language, brand=brand, territory=territory, variables=variables
    )
    return queue_mail(
        recipient=recipient,
        subject=rendered.subject,
        text_body=rendered.text,
        html_body=rendered.html,
        calendar=calendar,
        sender=_sender(brand),
        reply_to=reply_to or brand.contact,
        language=language,
        territory=territory,
        message=message.key,
        variables={} if is_secret else message.values(variables),
        is_secret=is_secret,
    )


def queue_mail(
    *,
    recipient: str,
    subject: str,
    text_body: str,
    html_body: str = "",
    sender: str = "",
    reply_to: str = "",
    **about: Any,
) -> OutgoingMail:
    """Write a mail already worded into the outbox; `about` is what the row knows of it.

    A subject on several lines is folded into one: no header can be slipped into a mail. Raises
    BadAddress.
    """
    mail = OutgoingMail.objects.create(
        recipient=mail_address(recipient),
        sender=sender or settings.DEFAULT_FROM_EMAIL,
        reply_to=reply_to and mail_address(reply_to),
        subject=one_line(subject)[:LONGEST_SUBJECT],
        text_body=legible(text_body),
        html_body=legible(html_body),
        **about,
    )
    # Once a transaction, however many mails it writes.
    if all(call[1] is not wake_worker for call in connection.run_on_commit):
        transaction.on_commit(wake_worker, robust=True)
    return mail


def try_again(*, mails: "QuerySet[OutgoingMail]") -> int:
    """Give the mails that were given up a new series of tries; returns how many they are.

    Not those whose text was erased: a code or a link is asked for anew.
    """
    count = mails.filter(~Q(text_body=""), state=MailState.DEAD).update(
        state=MailState.QUEUED, attempts=0, next_attempt_at=timezone.now()
    )
    if count:
        transaction.on_commit(wake_worker, robust=True)
    return count


def _sender(brand: Brand) -> str:
    """The agency's name before the address that the site may send from."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = one_line(brand.agency)[:LONGEST_NAME]
    return str(Address(display_name=name, addr_spec=address))
