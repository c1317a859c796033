"""Mail servers in trouble, named by DELIVERY_EMAIL_BACKEND."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as KeepingBackend


class UnreachableBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError("no server")


class ChokingBackend(KeepingBackend):
    """Trips over some mails with an error that no one foresaw."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if any("étrange" in message.subject for message in email_messages):
            raise IndexError("what a mail")
        return super().send_messages(email_messages)
