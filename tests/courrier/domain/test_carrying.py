import smtplib

import pytest
from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.core.mail import BadHeaderError

from courrier.domain.carrying import Verdict, judge, told


def refused(code: int, words: bytes = b"no") -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"ana@example.org": (code, words)})


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (refused(550), Verdict.HOPELESS),
        (refused(450), Verdict.LATER),
        (refused(421), Verdict.SERVER_AWAY),
        (smtplib.SMTPDataError(554, b"spam"), Verdict.HOPELESS),
        (smtplib.SMTPDataError(451, b"later"), Verdict.LATER),
        (smtplib.SMTPDataError(421, b"closing"), Verdict.SERVER_AWAY),
        # A setting is wrong, and not a recipient: every mail waits for it to be put right.
        (smtplib.SMTPSenderRefused(550, b"no", "x"), Verdict.SERVER_AWAY),
        (smtplib.SMTPAuthenticationError(535, b"no"), Verdict.SERVER_AWAY),
        (smtplib.SMTPConnectError(554, b"no"), Verdict.SERVER_AWAY),
        (smtplib.SMTPHeloError(550, b"no"), Verdict.SERVER_AWAY),
        (smtplib.SMTPServerDisconnected("gone"), Verdict.SERVER_AWAY),
        (ConnectionRefusedError("no server"), Verdict.SERVER_AWAY),
        (TimeoutError("slow"), Verdict.SERVER_AWAY),
        (BadHeaderError("newline"), Verdict.HOPELESS),
        (IndexError("what a mail"), Verdict.LATER),
        (AnymailRecipientsRefused("no"), Verdict.HOPELESS),
        (AnymailInvalidAddress("no"), Verdict.HOPELESS),
        (AnymailAPIError("no", status_code=400), Verdict.LATER),
        (AnymailAPIError("no", status_code=401), Verdict.SERVER_AWAY),
        (AnymailAPIError("no", status_code=429), Verdict.SERVER_AWAY),
        (AnymailAPIError("no", status_code=503), Verdict.SERVER_AWAY),
        (AnymailAPIError("no answer"), Verdict.SERVER_AWAY),
    ],
    ids=lambda value: getattr(value, "name", repr(value)),
)
def test_judge_tells_the_mail_from_the_server(error, verdict):
    assert judge(error) is verdict


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (refused(550, "5.1.1 boîte inconnue".encode()), "550 5.1.1 boîte inconnue"),
        (refused(550, b"caf\xe9"), "550 caf\ufffd"),
        (smtplib.SMTPDataError(554, "spam"), "554 spam"),
        (TimeoutError("slow"), "TimeoutError: slow"),
    ],
)
def test_told_keeps_the_words_of_the_server(error, words):
    assert told(error) == words
