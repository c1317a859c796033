"""Deliver what is due. At least once: a mail tried twice keeps its Message-ID."""

import time
from contextlib import closing
from datetime import timedelta
from email.utils import parseaddr

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from courrier.domain.carrying import Carrier, Verdict, judge, told
from courrier.enums import MailState
from courrier.models import OutgoingMail

log = structlog.get_logger(__name__)

# 1, 2, 4, … minutes between two tries: the twelfth comes after about a day and a half.
MAXIMUM_ATTEMPTS = 12
# The worker has other things to do; the sweeper takes up what is left.
ROUND = 60.0  # seconds
LONGEST_ERROR = 2000
CALENDAR = "text/calendar; charset=utf-8"


def deliver_due_mails(*, seconds: float = ROUND) -> int:
    """Try each mail that is due, for so long at most; several workers may do so at once.

    Returns the number of mails handed over. A server in trouble ends the round, so that one that
    hangs costs one EMAIL_TIMEOUT. A worker killed between the hand-over and the commit sends the
    same Message-ID again.
    """
    ends, sent = time.monotonic() + seconds, 0
    with closing(Carrier()) as carrier:
        while time.monotonic() < ends:
            with transaction.atomic():
                mail = OutgoingMail.objects.due().select_for_update(skip_locked=True).first()
                if mail is None:
                    break
                verdict = _try_to_send(mail, carrier)
            if verdict is Verdict.SERVER_AWAY:
                break
            sent += verdict is None
    return sent


def _try_to_send(mail: OutgoingMail, carrier: Carrier) -> Verdict | None:
    """None when the mail left."""
    mail.attempts += 1
    verdict = None
    try:
        carrier.carry(_as_message(mail))
    except Exception as error:
        # Whatever is wrong with one mail, the next ones must leave: only this one waits.
        verdict = judge(error)
        _put_off(mail, verdict, told(error))
    else:
        mail.state, mail.sent_at, mail.last_error = MailState.SENT, timezone.now(), ""
    if mail.is_secret and mail.state != MailState.QUEUED and not settings.DEMO:
        # A code or a link is its recipient's: nothing of it stays here.
        mail.text_body = mail.html_body = mail.calendar = ""
    mail.save()
    return verdict


def _put_off(mail: OutgoingMail, verdict: Verdict, words: str) -> None:
    mail.last_error = words[:LONGEST_ERROR]
    mail.next_attempt_at = timezone.now() + timedelta(minutes=2 ** (mail.attempts - 1))
    if verdict is Verdict.HOPELESS or mail.attempts >= MAXIMUM_ATTEMPTS:
        mail.state = MailState.DEAD
    log.warning("mail_not_sent", mail=mail.pk, attempt=mail.attempts, verdict=verdict.name)


def _as_message(mail: OutgoingMail) -> EmailMultiAlternatives:
    domain = parseaddr(mail.sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text_body,
        from_email=mail.sender,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "Message-ID": f"<{mail.message_id}@{domain}>",
            # No answering machine answers a machine.
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
    )
    if mail.html_body:
        message.attach_alternative(mail.html_body, "text/html")
    if mail.calendar:
        message.attach("reservation.ics", mail.calendar, CALENDAR)
    return message
