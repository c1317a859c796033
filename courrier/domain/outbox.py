"""Write a mail in the transaction of its act; deliver what is due, once the act is committed."""

from datetime import timedelta
from email.utils import parseaddr

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from courrier.enums import MailState
from courrier.models import OutgoingMail

log = structlog.get_logger(__name__)

# 1, 2, 4, … minutes between two tries: the twelfth comes after about a day and a half.
MAXIMUM_ATTEMPTS = 12
# A server that hangs costs EMAIL_TIMEOUT a mail: a round ends well before the task's time limit.
FAILURES_IN_A_ROUND = 20


def queue_mail(
    *,
    recipient: str,
    subject: str,
    text_body: str,
    html_body: str = "",
    sender: str = "",
    reply_to: str = "",
) -> OutgoingMail:
    """Write one mail into the outbox; it leaves when the surrounding transaction is committed.

    A subject on several lines is folded into one: no header can be slipped into a mail.
    """
    return OutgoingMail.objects.create(
        recipient=recipient,
        sender=sender or settings.DEFAULT_FROM_EMAIL,
        reply_to=reply_to,
        subject=" ".join(subject.split())[:255],
        text_body=text_body,
        html_body=html_body,
    )


def deliver_due_mails(*, limit: int = 200) -> int:
    """Try each mail that is due, at most `limit`; several workers may do so at once.

    Returns the number of mails handed over. Delivery is at least once: a worker killed between
    the hand-over and the commit sends the same Message-ID again.
    """
    sent = failed = 0
    connection = get_connection(settings.DELIVERY_EMAIL_BACKEND)
    for _turn in range(limit):
        with transaction.atomic():
            mail = OutgoingMail.objects.due().select_for_update(skip_locked=True).first()
            if mail is None:
                break
            if _try_to_send(mail, connection):
                sent += 1
            else:
                failed += 1
        if failed == FAILURES_IN_A_ROUND:
            break
    return sent


def try_again(*, mails: "QuerySet[OutgoingMail]") -> int:
    """Give the mails that were given up a new series of tries; returns how many they are."""
    return mails.filter(state=MailState.DEAD).update(
        state=MailState.QUEUED, attempts=0, next_attempt_at=timezone.now()
    )


def _try_to_send(mail: OutgoingMail, connection: BaseEmailBackend) -> bool:
    mail.attempts += 1
    try:
        connection.send_messages([_as_message(mail)])
    except Exception as error:
        # Whatever is wrong with one mail, the next ones must leave: only this one waits.
        mail.last_error = f"{type(error).__name__}: {error}"[:2000]
        mail.next_attempt_at = timezone.now() + timedelta(minutes=2 ** (mail.attempts - 1))
        if mail.attempts >= MAXIMUM_ATTEMPTS:
            mail.state = MailState.DEAD
        log.warning(
            "mail_not_sent", mail=mail.pk, attempt=mail.attempts, error=type(error).__name__
        )
    else:
        mail.state, mail.sent_at, mail.last_error = MailState.SENT, timezone.now(), ""
    mail.save()
    return mail.state == MailState.SENT


def _as_message(mail: OutgoingMail) -> EmailMultiAlternatives:
    domain = parseaddr(mail.sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text_body,
        from_email=mail.sender,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": f"<{mail.message_id}@{domain}>"},
    )
    if mail.html_body:
        message.attach_alternative(mail.html_body, "text/html")
    return message
