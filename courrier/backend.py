"""A Django mail backend that writes the outbox, so that no request ever waits on SMTP."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from courrier.domain.outbox import queue_mail


class OutboxEmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if message.attachments:
                raise ValueError("the outbox carries no attachment: it would be lost in silence")
            for recipient in message.recipients():
                queue_mail(
                    recipient=_address_of(recipient),
                    subject=str(message.subject),
                    text_body=str(message.body),
                    html_body=_html_of(message),
                    sender=message.from_email,
                    reply_to=_address_of(message.reply_to[0]) if message.reply_to else "",
                    # A library's mail mostly carries a code or a link, and doesn't say so.
                    is_secret=True,
                )
        return len(email_messages)


def _address_of(recipient: str) -> str:
    """The address alone of `Ana <ana@example.org>`; what can't be read is left to be refused."""
    if not recipient.isprintable():
        return recipient
    return parseaddr(recipient)[1] or recipient


def _html_of(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    for content, mimetype in message.alternatives:
        if mimetype == "text/html":
            return str(content)
    return ""
