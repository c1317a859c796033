import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from courrier.domain import outbox
from courrier.domain.delivery import deliver_due_mails
from courrier.domain.errors import BadAddress, WrongVariables
from courrier.domain.outbox import queue_mail, try_again, write_mail
from courrier.enums import MailState
from courrier.models import OutgoingMail
from tests.courrier.examples import BRAND, CASE, CODE, WELCOME
from tests.factories import OutgoingMailFactory

PLAIN = {"recipient": "ana@example.org", "subject": "Bienvenue", "text_body": "Bonjour."}


def write(territory, **other):
    asked = {
        "message": WELCOME, "recipient": "ana@example.org", "language": "fr", "brand": BRAND,
        "territory": territory, "variables": CASE,
    }  # fmt: skip
    return write_mail(**asked | other)


@pytest.fixture
def calls(monkeypatch):
    """How often the worker was told."""
    heard = []

    def wake_worker():
        heard.append(1)

    monkeypatch.setattr(outbox, "wake_worker", wake_worker)
    return heard


def test_write_mail_keeps_the_mail_and_what_it_says(territory, settings):
    settings.DEFAULT_FROM_EMAIL = "Solos <ne-pas-repondre@example.org>"

    mail = write(territory, language="en")

    mail.refresh_from_db()
    assert (mail.recipient, mail.subject) == ("ana@example.org", "Welcome Bo")
    assert mail.sender == "Agence d’essai <ne-pas-repondre@example.org>"
    assert mail.reply_to == "agence@example.org"
    assert (mail.territory, mail.message, mail.language) == (territory, WELCOME.key, "en")
    assert mail.variables == CASE
    assert (mail.is_secret, mail.state) == (False, MailState.QUEUED)


def test_write_mail_keeps_nothing_of_what_a_secret_says(territory):
    mail = write(territory, message=CODE, variables={"code": "123456"}, reply_to="bo@example.org")

    assert (mail.is_secret, mail.variables, mail.reply_to) == (True, {}, "bo@example.org")
    assert "123456" in mail.text_body


def test_write_mail_keeps_nothing_of_one_that_carries_a_link(territory):
    """Though its message mostly carries none."""
    mail = write(territory, is_secret=True)

    assert (mail.is_secret, mail.variables) == (True, {})


def test_secret_variables_are_refused_by_the_database(db):
    with pytest.raises(IntegrityError, match="outgoing_mail_secret_not_kept"):
        OutgoingMailFactory(is_secret=True, variables={"code": "1"})


def test_write_mail_in_an_act_undone_leaves_nothing(territory):
    with transaction.atomic():
        write(territory)
        transaction.set_rollback(True)

    assert OutgoingMail.objects.count() == 0
    assert django_mail.outbox == []


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"recipient": "ana@example.org\r\nBcc: tous@example.org"}, BadAddress),
        ({"recipient": "аna@example.org"}, BadAddress),
        ({"reply_to": "bo@example.org\nBcc: tous@example.org"}, BadAddress),
        ({"variables": {}}, WrongVariables),
    ],
)
def test_write_mail_refused_writes_nothing(territory, other, refusal):
    with pytest.raises(refusal):
        write(territory, **other)

    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize(
    ("agency", "header"),
    [
        ("Agence d’essai", "=?utf-8?q?Agence_d=E2=80=99essai?= <a@example.org>"),
        ('Dupont, "Fils" <x@evil.example>', r'"Dupont, \"Fils\" <x@evil.example>" <a@example.org>'),
        ("Agence\r\nBcc: tous@example.org", '"Agence Bcc: tous@example.org" <a@example.org>'),
    ],
)
def test_write_mail_is_sent_by_the_agency_from_the_address_of_the_site(
    territory, settings, agency, header
):
    from dataclasses import replace

    settings.DEFAULT_FROM_EMAIL = "Solos <a@example.org>"
    write(territory, brand=replace(BRAND, agency=agency))

    deliver_due_mails()

    message = django_mail.outbox[0].message()
    assert str(message["From"]) == header
    assert message["Bcc"] is None


def test_queue_mail_takes_the_site_as_sender(db, settings):
    settings.DEFAULT_FROM_EMAIL = "Solos <agence@example.org>"

    assert queue_mail(**PLAIN).sender == "Solos <agence@example.org>"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_queue_mail_folds_a_subject_on_several_lines(db, end):
    mail = queue_mail(**PLAIN | {"subject": f"Bienvenue{end}Bcc: tous@example.org"})

    deliver_due_mails()

    assert mail.subject == "Bienvenue Bcc: tous@example.org"
    assert django_mail.outbox[0].recipients() == ["ana@example.org"]
    assert django_mail.outbox[0].message()["Bcc"] is None


def test_queue_mail_leaves_out_what_a_database_cannot_hold(db):
    mail = queue_mail(
        recipient="ana@example.org", subject="a\x00b", text_body="c\x00d", html_body="e\x00f"
    )

    assert (mail.subject, mail.text_body, mail.html_body) == ("ab", "cd", "ef")


def test_queue_mail_cuts_a_subject_too_long(db):
    assert len(queue_mail(**PLAIN | {"subject": "x" * 300}).subject) == 255


def test_worker_is_told_once_a_transaction(db, calls, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _mail in range(3):
            queue_mail(**PLAIN)
        assert calls == []

    assert calls == [1]


def test_worker_is_told_of_a_mail_written_after_one_undone(
    db, calls, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            queue_mail(**PLAIN)
            transaction.set_rollback(True)
        queue_mail(**PLAIN)

    assert calls == [1]


def test_worker_is_told_of_nothing_undone(db, calls, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        queue_mail(**PLAIN)
        transaction.set_rollback(True)

    assert calls == []


def test_try_again_gives_only_dead_mails_a_new_series(
    db, calls, django_capture_on_commit_callbacks
):
    dead = OutgoingMailFactory(state=MailState.DEAD, attempts=12)
    OutgoingMailFactory(state=MailState.SENT, sent_at=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        assert try_again(mails=OutgoingMail.objects.all()) == 1

    assert calls == [1]
    assert deliver_due_mails() == 1
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == (MailState.SENT, 1)


def test_try_again_has_nothing_to_send_of_a_secret_erased(
    db, calls, django_capture_on_commit_callbacks
):
    OutgoingMailFactory(state=MailState.DEAD, is_secret=True, text_body="")

    with django_capture_on_commit_callbacks(execute=True):
        assert try_again(mails=OutgoingMail.objects.all()) == 0

    assert calls == []
