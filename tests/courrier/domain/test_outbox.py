from datetime import timedelta
from queue import Queue
from threading import Thread

import pytest
from django.core import mail as django_mail
from django.db import connection, transaction
from django.utils import timezone

from courrier.domain.outbox import (
    FAILURES_IN_A_ROUND,
    MAXIMUM_ATTEMPTS,
    deliver_due_mails,
    queue_mail,
    try_again,
)
from courrier.enums import MailState
from courrier.models import OutgoingMail
from tests.factories.courrier import OutgoingMailFactory

UNREACHABLE = "tests.courrier.failing_backend.UnreachableBackend"
CHOKING = "tests.courrier.failing_backend.ChokingBackend"
WELCOME = {"recipient": "ana@example.org", "subject": "Bienvenue", "text_body": "Bonjour."}


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Rows that other connections see, taken away afterwards."""
    with django_db_blocker.unblock():
        yield
        OutgoingMail.objects.all().delete()
        connection.close()


def in_another_connection(work) -> Thread:
    """Run `work` in a thread, which has its own connection to PostgreSQL."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_queue_mail_leaves_only_with_its_transaction(db):
    with transaction.atomic():
        queue_mail(**WELCOME)
        transaction.set_rollback(True)

    assert OutgoingMail.objects.count() == 0
    assert django_mail.outbox == []


def test_queue_mail_takes_the_site_as_sender(db, settings):
    settings.DEFAULT_FROM_EMAIL = "Solos <agence@example.org>"

    assert queue_mail(**WELCOME).sender == "Solos <agence@example.org>"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_queue_mail_folds_a_subject_on_several_lines(db, end):
    mail = queue_mail(**WELCOME | {"subject": f"Bienvenue{end}Bcc: tous@example.org"})

    deliver_due_mails()

    assert mail.subject == "Bienvenue Bcc: tous@example.org"
    assert django_mail.outbox[0].recipients() == ["ana@example.org"]
    assert django_mail.outbox[0].message()["Bcc"] is None


def test_deliver_due_mails_hands_over_both_versions(db):
    mail = OutgoingMailFactory(
        sender="Solos <agence@example.org>", html_body="<p>Bonjour.</p>", reply_to="bo@example.org"
    )

    assert deliver_due_mails() == 1

    [sent] = django_mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([mail.recipient], "Bienvenue", "Bonjour.")
    assert sent.reply_to == ["bo@example.org"]
    assert [tuple(part) for part in sent.alternatives] == [("<p>Bonjour.</p>", "text/html")]
    assert sent.extra_headers == {"Message-ID": f"<{mail.message_id}@example.org>"}
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 1, "")
    assert mail.sent_at is not None


def test_deliver_due_mails_sends_each_once(db):
    OutgoingMailFactory.create_batch(3)

    assert [deliver_due_mails(), deliver_due_mails()] == [3, 0]
    assert len(django_mail.outbox) == 3


def test_deliver_due_mails_stops_at_its_limit_oldest_first(db):
    now = timezone.now()
    for minutes in (1, 3, 2):
        OutgoingMailFactory(
            subject=f"il y a {minutes}", next_attempt_at=now - timedelta(minutes=minutes)
        )

    assert deliver_due_mails(limit=2) == 2
    assert [sent.subject for sent in django_mail.outbox] == ["il y a 3", "il y a 2"]


def test_deliver_due_mails_leaves_later_ones(db):
    OutgoingMailFactory(next_attempt_at=timezone.now() + timedelta(minutes=1))

    assert deliver_due_mails() == 0


def test_deliver_due_mails_without_server_waits_longer_each_time_then_gives_up(db, settings):
    settings.DELIVERY_EMAIL_BACKEND = UNREACHABLE
    mail = OutgoingMailFactory()
    waits = []
    for _attempt in range(MAXIMUM_ATTEMPTS):
        OutgoingMail.objects.update(next_attempt_at=timezone.now())
        before = timezone.now()
        assert deliver_due_mails() == 0
        mail.refresh_from_db()
        waits.append(round((mail.next_attempt_at - before) / timedelta(minutes=1)))

    assert waits == [2**attempt for attempt in range(MAXIMUM_ATTEMPTS)]
    assert (mail.state, mail.attempts) == (MailState.DEAD, MAXIMUM_ATTEMPTS)
    assert mail.last_error == "ConnectionRefusedError: no server"
    assert sum(waits[:-1]) / 60 / 24 == pytest.approx(1.42, abs=0.01)


def test_deliver_due_mails_never_tries_a_dead_one(db):
    OutgoingMailFactory(state=MailState.DEAD)

    assert deliver_due_mails() == 0
    assert django_mail.outbox == []


def test_try_again_gives_only_dead_mails_a_new_series(db):
    dead = OutgoingMailFactory(state=MailState.DEAD, attempts=MAXIMUM_ATTEMPTS)
    OutgoingMailFactory(state=MailState.SENT, sent_at=timezone.now())

    assert try_again(mails=OutgoingMail.objects.all()) == 1
    assert deliver_due_mails() == 1
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == (MailState.SENT, 1)


def test_deliver_due_mails_keeps_the_same_message_id_on_retry(db, settings):
    working, settings.DELIVERY_EMAIL_BACKEND = settings.DELIVERY_EMAIL_BACKEND, UNREACHABLE
    mail = OutgoingMailFactory(sender="agence@example.org")
    deliver_due_mails()
    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    settings.DELIVERY_EMAIL_BACKEND = working

    deliver_due_mails()

    assert django_mail.outbox[0].extra_headers["Message-ID"] == f"<{mail.message_id}@example.org>"


def test_deliver_due_mails_is_not_held_up_by_one_bad_mail(db, settings):
    settings.DELIVERY_EMAIL_BACKEND = CHOKING
    bad = OutgoingMailFactory(subject="Courrier étrange")
    OutgoingMailFactory.create_batch(2)

    assert deliver_due_mails() == 2

    bad.refresh_from_db()
    assert (bad.state, bad.last_error) == (MailState.QUEUED, "IndexError: what a mail")


def test_deliver_due_mails_ends_its_round_when_the_server_hangs(db, settings):
    settings.DELIVERY_EMAIL_BACKEND = UNREACHABLE
    OutgoingMailFactory.create_batch(FAILURES_IN_A_ROUND + 1)

    deliver_due_mails()

    assert OutgoingMail.objects.filter(attempts=0).count() == 1


@pytest.mark.parametrize("field", ["sender", "reply_to", "recipient"])
def test_deliver_due_mails_refuses_a_header_slipped_into_an_address(db, field):
    mail = OutgoingMailFactory(**{field: "ana@example.org\nBcc: tous@example.org"})

    assert deliver_due_mails() == 0

    assert django_mail.outbox == []
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED
    assert mail.last_error.startswith("BadHeaderError")


def test_deliver_due_mails_skips_what_another_worker_holds(committed):
    held, free = OutgoingMailFactory(subject="tenu"), OutgoingMailFactory(subject="libre")
    delivered: Queue[int] = Queue()

    with transaction.atomic():
        OutgoingMail.objects.select_for_update().get(pk=held.pk)
        worker = in_another_connection(lambda: delivered.put(deliver_due_mails()))
        worker.join(timeout=10)
        # Not blocked by the row that is held, and done with the other one.
        assert not worker.is_alive()

    assert delivered.get_nowait() == 1
    assert [sent.subject for sent in django_mail.outbox] == ["libre"]
    free.refresh_from_db()
    held.refresh_from_db()
    assert (free.state, held.state) == (MailState.SENT, MailState.QUEUED)


def test_deliver_due_mails_in_four_workers_sends_each_once(committed):
    mails = OutgoingMailFactory.create_batch(40)

    workers = [in_another_connection(deliver_due_mails) for _ in range(4)]
    for worker in workers:
        worker.join(timeout=30)

    assert sorted(sent.to[0] for sent in django_mail.outbox) == sorted(
        mail.recipient for mail in mails
    )
    assert OutgoingMail.objects.exclude(state=MailState.SENT).count() == 0
