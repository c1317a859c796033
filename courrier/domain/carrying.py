"""One connection to the mail server for a round of mails, and what to make of its refusals."""

import smtplib
from contextlib import suppress
from enum import Enum, auto

from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage, get_connection

# Temporary by nature: « try again in a moment », said of everything and not of one mail.
CLOSING = 421
PERMANENT = 500


class Verdict(Enum):
    # This mail will never pass: there is no use in trying again.
    HOPELESS = auto()
    # This mail may pass later; the next ones may pass now.
    LATER = auto()
    # The server itself is in trouble: no mail will pass now.
    SERVER_AWAY = auto()


class Carrier:
    """Opened with the first mail, then reused; opened anew when the server had enough of it."""

    def __init__(self) -> None:
        self._connection = get_connection(settings.DELIVERY_EMAIL_BACKEND)
        self._carried = 0

    def carry(self, message: EmailMessage) -> None:
        """Hand one mail over, or raise what judge() judges."""
        try:
            self._hand_over(message)
        except smtplib.SMTPException as error:
            if not self._carried or not _hung_up(error):
                raise
            # Servers end a connection after so many mails: this is no trouble of theirs.
            self.close()
            self._carried = 0
            self._hand_over(message)

    def close(self) -> None:
        with suppress(OSError):
            self._connection.close()

    def _hand_over(self, message: EmailMessage) -> None:
        # Opened here, and not by each sending, which would close it again.
        self._connection.open()
        self._connection.send_messages([message])
        self._carried += 1


def judge(error: Exception) -> Verdict:
    """What a failure says of the mail and of the server."""
    if isinstance(error, BadHeaderError | AnymailRecipientsRefused | AnymailInvalidAddress):
        return Verdict.HOPELESS
    if isinstance(error, AnymailAPIError):
        return _judge_provider(error.status_code)
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return _judge_reply(_reply(error)[0])
    return Verdict.SERVER_AWAY if isinstance(error, OSError) else Verdict.LATER


def told(error: Exception) -> str:
    """The failure in the server's own words, as far as it has any."""
    code, words = _reply(error)
    return f"{code} {words}" if code else f"{type(error).__name__}: {error}"


def _hung_up(error: smtplib.SMTPException) -> bool:
    """Whether the server ended the connection. A silent one did not: it is waited for once."""
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return not isinstance(error.__context__, TimeoutError)
    return _reply(error)[0] == CLOSING


def _judge_reply(code: int) -> Verdict:
    if code == CLOSING:
        return Verdict.SERVER_AWAY
    return Verdict.HOPELESS if code >= PERMANENT else Verdict.LATER


def _judge_provider(status: int | None) -> Verdict:
    """A provider's answer over HTTP: only 400 and its like speak of this one mail."""
    of_one_mail = status is not None and status < PERMANENT and status not in {401, 403, 429}
    return Verdict.LATER if of_one_mail else Verdict.SERVER_AWAY


def _reply(error: Exception) -> tuple[int, str]:
    """The server's code and words; (0, "") when it said nothing."""
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        # A mail of the outbox has one recipient.
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return 0, ""
    return code, words.decode(errors="replace") if isinstance(words, bytes) else str(words)
