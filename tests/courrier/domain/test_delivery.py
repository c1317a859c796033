"""What becomes of a mail, whatever its server answers."""

import time
from datetime import UTC, timedelta
from queue import Queue
from threading import Thread

import pytest
from django.core import mail as django_mail
from django.db import connection, transaction
from django.utils import timezone

from courrier.domain.delivery import MAXIMUM_ATTEMPTS, deliver_due_mails
from courrier.enums import MailState
from courrier.models import OutgoingMail
from tests.courrier.post_office import free_port, mute_server, opened_post_office
from tests.factories import OutgoingMailFactory

UNREACHABLE = "tests.courrier.failing_backend.UnreachableBackend"
CHOKING = "tests.courrier.failing_backend.ChokingBackend"


@pytest.fixture
def use_smtp(settings):
    def use(port: int) -> None:
        settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.4

    return use


@pytest.fixture
def office(use_smtp):
    with opened_post_office() as office:
        use_smtp(office.port)
        yield office


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


def fate(mail: OutgoingMail) -> tuple[str, int, str]:
    mail.refresh_from_db()
    return mail.state, mail.attempts, mail.last_error


# ---- Without a network ------------------------------------------------------------------------
def test_deliver_due_mails_hands_over_both_versions(db):
    mail = OutgoingMailFactory(
        sender="Solos <agence@example.org>", html_body="<p>Bonjour.</p>", language="en",
        reply_to="bo@example.org",
    )  # fmt: skip

    assert deliver_due_mails() == 1

    [sent] = django_mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([mail.recipient], "Bienvenue", "Bonjour.")
    assert sent.reply_to == ["bo@example.org"]
    assert [tuple(part) for part in sent.alternatives] == [("<p>Bonjour.</p>", "text/html")]
    assert sent.extra_headers == {
        "Message-ID": f"<{mail.message_id}@example.org>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
    }
    assert fate(mail) == (MailState.SENT, 1, "")
    assert mail.sent_at is not None


def test_deliver_due_mails_joins_the_calendar_entry(db):
    OutgoingMailFactory(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")

    deliver_due_mails()

    [sent] = django_mail.outbox
    assert sent.attachments == [
        ("reservation.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; charset=utf-8")
    ]


def test_deliver_due_mails_sends_each_once(db):
    OutgoingMailFactory.create_batch(3)

    assert [deliver_due_mails(), deliver_due_mails()] == [3, 0]
    assert len(django_mail.outbox) == 3


def test_deliver_due_mails_stops_when_its_time_is_over(db):
    OutgoingMailFactory()

    assert deliver_due_mails(seconds=0) == 0
    assert django_mail.outbox == []


def test_deliver_due_mails_begins_with_who_waits_then_the_oldest(db):
    now = timezone.now()
    for minutes, is_secret in ((1, False), (3, False), (2, False), (0, True)):
        OutgoingMailFactory(
            subject=f"il y a {minutes}",
            next_attempt_at=now - timedelta(minutes=minutes),
            is_secret=is_secret,
        )

    assert deliver_due_mails() == 4
    assert [sent.subject[-1] for sent in django_mail.outbox] == ["0", "3", "2", "1"]


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
    assert fate(mail) == (
        MailState.DEAD, MAXIMUM_ATTEMPTS, "ConnectionRefusedError: no server",
    )  # fmt: skip
    assert sum(waits[:-1]) / 60 / 24 == pytest.approx(1.42, abs=0.01)


def test_deliver_due_mails_never_tries_a_dead_one(db):
    OutgoingMailFactory(state=MailState.DEAD)

    assert deliver_due_mails() == 0
    assert django_mail.outbox == []


def test_deliver_due_mails_is_not_held_up_by_one_bad_mail(db, settings):
    settings.DELIVERY_EMAIL_BACKEND = CHOKING
    bad = OutgoingMailFactory(subject="Courrier étrange")
    OutgoingMailFactory.create_batch(2)

    assert deliver_due_mails() == 2
    assert fate(bad) == (MailState.QUEUED, 1, "IndexError: what a mail")


@pytest.mark.parametrize("field", ["sender", "reply_to", "recipient"])
def test_deliver_due_mails_gives_up_a_header_slipped_into_an_address(db, field):
    mail = OutgoingMailFactory(**{field: "ana@example.org\nBcc: tous@example.org"})

    assert deliver_due_mails() == 0

    assert django_mail.outbox == []
    state, attempts, error = fate(mail)
    assert (state, attempts) == (MailState.DEAD, 1)
    assert error.startswith("BadHeaderError")


# ---- Secrets ----------------------------------------------------------------------------------
def test_secret_is_erased_once_it_left(db):
    mail = OutgoingMailFactory(is_secret=True, text_body="Code 1", html_body="<p>1</p>")

    deliver_due_mails()

    assert django_mail.outbox[0].body == "Code 1"
    mail.refresh_from_db()
    assert (mail.state, mail.text_body, mail.html_body) == (MailState.SENT, "", "")


def test_secret_is_erased_once_given_up_and_not_before(db, settings):
    settings.DELIVERY_EMAIL_BACKEND = UNREACHABLE
    mail = OutgoingMailFactory(is_secret=True, text_body="Code 1", attempts=MAXIMUM_ATTEMPTS - 2)

    deliver_due_mails()
    mail.refresh_from_db()
    assert (mail.state, mail.text_body) == (MailState.QUEUED, "Code 1")

    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    deliver_due_mails()
    mail.refresh_from_db()
    assert (mail.state, mail.text_body) == (MailState.DEAD, "")


def test_secret_stays_in_the_demo_where_it_is_read(db, settings):
    settings.DEMO = True
    mail = OutgoingMailFactory(is_secret=True, text_body="Code 1")

    deliver_due_mails()

    mail.refresh_from_db()
    assert (mail.state, mail.text_body) == (MailState.SENT, "Code 1")


# ---- A real server ----------------------------------------------------------------------------
def test_server_receives_what_was_written(db, office):
    mail = OutgoingMailFactory(
        sender="Agence d’essai <agence@example.org>", reply_to="bo@exemple.fr",
        subject="Été à Foix", text_body="Ça va ?", html_body="<p>Ça va ?</p>",
    )  # fmt: skip

    assert deliver_due_mails() == 1

    [received] = office.received
    assert office.recipients == [mail.recipient]
    assert received["From"] == "Agence d’essai <agence@example.org>"
    assert (received["To"], received["Subject"]) == (mail.recipient, "Été à Foix")
    assert received["Reply-To"] == "bo@exemple.fr"
    assert received["Message-ID"] == f"<{mail.message_id}@example.org>"
    written = received["Date"].datetime.replace(tzinfo=UTC)
    assert abs(written - timezone.now()) < timedelta(minutes=1)
    assert received.get_body(["plain"]).get_content() == "Ça va ?"
    assert received.get_body(["html"]).get_content() == "<p>Ça va ?</p>"


def test_server_sees_one_connection_a_round(db, office):
    OutgoingMailFactory.create_batch(3)

    assert deliver_due_mails() == 3
    assert office.connections == 1


@pytest.mark.parametrize("without_a_word", [False, True])
def test_server_that_ends_a_connection_after_some_mails_is_called_again(db, office, without_a_word):
    office.most_mails_a_connection = 2
    office.hangs_up_without_a_word = without_a_word
    OutgoingMailFactory.create_batch(5)

    assert deliver_due_mails() == 5

    assert (len(office.received), office.connections) == (5, 3)
    assert OutgoingMail.objects.exclude(attempts=1).count() == 0


def test_server_that_takes_no_mail_at_all_ends_the_round(db, office):
    office.most_mails_a_connection = 0
    OutgoingMailFactory.create_batch(2)

    assert deliver_due_mails() == 0

    assert office.connections == 1
    assert sorted(OutgoingMail.objects.values_list("attempts", "last_error")) == [
        (0, ""), (1, "421 4.7.0 enough for this connection"),
    ]  # fmt: skip


def test_recipient_refused_for_good_is_given_up_at_once(db, office):
    bad, good = OutgoingMailFactory.create_batch(2)
    office.answers[bad.recipient] = ["550 5.1.1 unknown here"]

    assert deliver_due_mails() == 1

    assert fate(bad) == (MailState.DEAD, 1, "550 5.1.1 unknown here")
    assert fate(good) == (MailState.SENT, 1, "")


def test_recipient_told_later_then_never(db, office):
    mail, other = OutgoingMailFactory.create_batch(2)
    office.answers[mail.recipient] = ["450 4.2.1 greylisted", "550 5.7.1 go away"]

    assert deliver_due_mails() == 1
    assert fate(mail) == (MailState.QUEUED, 1, "450 4.2.1 greylisted")
    assert fate(other)[0] == MailState.SENT

    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    assert deliver_due_mails() == 0
    assert fate(mail) == (MailState.DEAD, 2, "550 5.7.1 go away")


def test_recipient_told_later_receives_the_same_mail(db, office):
    mail = OutgoingMailFactory()
    office.answers[mail.recipient] = ["451 4.7.1 try again"]

    deliver_due_mails()
    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    deliver_due_mails()

    assert [received["Message-ID"] for received in office.received] == [
        f"<{mail.message_id}@exemple.fr>"
    ]
    assert fate(mail) == (MailState.SENT, 2, "")


@pytest.mark.parametrize(
    ("words", "state"),
    [("554 5.7.1 spam", MailState.DEAD), ("452 4.3.1 full", MailState.QUEUED)],
)
def test_mail_refused_once_read(db, office, words, state):
    office.last_words = [words]
    mail = OutgoingMailFactory()

    assert deliver_due_mails() == 0
    assert fate(mail) == (state, 1, words)


def test_no_server_ends_the_round_with_the_first_mail(db, use_smtp):
    use_smtp(free_port())
    OutgoingMailFactory.create_batch(3)

    assert deliver_due_mails() == 0
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_server_that_hangs_costs_one_time_out(db, use_smtp):
    OutgoingMailFactory.create_batch(20)

    with mute_server() as port:
        use_smtp(port)
        started = time.monotonic()
        assert deliver_due_mails() == 0

    assert 0.4 <= time.monotonic() - started < 0.8
    assert OutgoingMail.objects.filter(attempts=1).count() == 1
    assert OutgoingMail.objects.filter(attempts=0).count() == 19


def test_server_that_hangs_amid_a_round_is_not_called_again(db, office):
    first, second, third = (OutgoingMailFactory() for _turn in range(3))
    office.hangs_for = {second.recipient}

    started = time.monotonic()
    assert deliver_due_mails() == 1

    assert time.monotonic() - started < 0.8
    assert office.connections == 1
    assert [fate(mail)[:2] for mail in (first, second, third)] == [
        (MailState.SENT, 1), (MailState.QUEUED, 1), (MailState.QUEUED, 0),
    ]  # fmt: skip
    # The mail that made it hang waits; the next round begins with the others.
    assert deliver_due_mails() == 1
    assert fate(third)[0] == MailState.SENT


def test_provider_receives_the_same_mail(db, settings):
    settings.DELIVERY_EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    mail = OutgoingMailFactory(html_body="<p>Bonjour.</p>")

    assert deliver_due_mails() == 1

    [sent] = django_mail.outbox
    assert (sent.to, sent.subject) == ([mail.recipient], "Bienvenue")
    assert sent.extra_headers["Message-ID"] == f"<{mail.message_id}@exemple.fr>"


# ---- Several workers --------------------------------------------------------------------------
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
    assert (fate(free)[0], fate(held)[0]) == (MailState.SENT, MailState.QUEUED)


def test_deliver_due_mails_in_four_workers_sends_each_once(committed):
    mails = OutgoingMailFactory.create_batch(40)

    workers = [in_another_connection(deliver_due_mails) for _ in range(4)]
    for worker in workers:
        worker.join(timeout=30)

    assert sorted(sent.to[0] for sent in django_mail.outbox) == sorted(
        mail.recipient for mail in mails
    )
    assert OutgoingMail.objects.exclude(state=MailState.SENT).count() == 0
