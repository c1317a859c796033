"""The outbox under fire: workers killed, the server away, answers of every kind. Nothing is lost.

Real processes deliver through a real SMTP server. `make test` runs it small, `make trust` whole.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from courrier.domain.outbox import queue_mail, write_mail
from courrier.enums import MailState
from courrier.models import OutgoingMail
from tests.courrier.examples import BRAND, CASE, WELCOME
from tests.courrier.post_office import PostOffice, opened_post_office

WORKERS = 3
NAMES = ["Ana", "Zoé", "Bo\r\nBcc: tous@example.org", "[x](http://evil)", "Ñandú 🌾"]
# Without this mark pytest-django sets no test database up.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("committed")]


@pytest.fixture
def _django_db_helper() -> None:
    """No transaction around a test: the workers would not see its rows."""


@pytest.fixture(autouse=True)
def _no_bell(monkeypatch):
    """The workers of the drill look by themselves."""
    monkeypatch.setattr("courrier.domain.outbox.wake_worker", lambda: None)


@dataclass
class Crew:
    """Workers in their own processes, replaced as they are killed."""

    office: PostOffice
    dice: random.Random
    workers: list[subprocess.Popen[str]] = field(default_factory=list)
    kills_under_load: int = 0

    def hire(self) -> None:
        name = str(connection.settings_dict["NAME"])
        command = [sys.executable, "-m", "tests.courrier.drill_worker", name, str(self.office.port)]
        worker = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
        self.workers.append(worker)

    def wait_until_ready(self) -> None:
        for worker in self.workers:
            assert worker.stdout.readline() == "ready\n"

    def kill_one(self) -> None:
        """SIGKILL to one that works, and another in its place; the server waits for that one."""
        self.kills_under_load += _due()
        self._end(self.workers.pop(self.dice.randrange(len(self.workers))))
        self.hire()
        assert self.workers[-1].stdout.readline() == "ready\n"
        self.office.noon = None

    def dismiss(self) -> None:
        while self.workers:
            self._end(self.workers.pop())

    def _end(self, worker: subprocess.Popen[str]) -> None:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def write_mails(count: int, office: PostOffice) -> tuple[set[str], set[str]]:
    """Mails of every kind; those told « later » once, and those refused for good."""
    later, never = set(), set()
    for number in range(count):
        recipient = f"personne{number}@example.org"
        if number % 25 == 3:
            office.answers[recipient] = ["451 4.7.1 greylisted"]
            later.add(recipient)
        if number % 25 == 7:
            office.answers[recipient] = ["450 4.2.1 later", "550 5.1.1 unknown here"]
            never.add(recipient)
        with transaction.atomic():
            if number % 2:
                queue_mail(recipient=recipient, subject=f"Été {number}", text_body="Bonjour.")
            else:
                write_mail(
                    message=WELCOME, recipient=recipient, language="fr", brand=BRAND,
                    territory=None, variables=CASE | {"prenom": NAMES[number % len(NAMES)]},
                )  # fmt: skip
    return later, never


def advance_the_clock() -> None:
    """What was put off is due now: the waits themselves are tried elsewhere."""
    OutgoingMail.objects.filter(state=MailState.QUEUED).update(next_attempt_at=timezone.now())


def wait_for(reached: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < ends, "the drill stands still"
        time.sleep(0.02)


def run_drill(*, mails: int, kills: int, outage: float, pace: float) -> None:
    """`outage` and `pace`, what the server takes for a mail, are in seconds."""
    with opened_post_office() as office:
        office.seconds_a_mail = pace
        later, never = write_mails(mails, office)
        crew = Crew(office, random.Random(20))
        try:
            for _place in range(WORKERS):
                crew.hire()
            crew.wait_until_ready()
            _fire(office, crew, mails, kills, outage)
        finally:
            crew.dismiss()
    assert crew.kills_under_load == kills
    _check(office, mails, later, never, kills)


def _fire(office: PostOffice, crew: Crew, mails: int, kills: int, outage: float) -> None:
    """Kill workers as the mails leave; half-way, close the server for a while."""
    closed = False
    for number in range(kills):
        noon = mails * 9 * (number + 1) // (kills + 1) // 10
        # Half of the kills fall before the server has the mail, half before it said so.
        office.takes_before_lunch, office.noon = bool(number % 2), noon
        wait_for(lambda noon=noon: len(office.received) >= noon, 60)
        # The other workers reach the same point.
        time.sleep(0.3)
        crew.kill_one()
        advance_the_clock()
        if not closed and number >= kills // 2:
            office.close()
            time.sleep(outage)
            office.open()
            advance_the_clock()
            closed = True
    ends = time.monotonic() + 120
    while OutgoingMail.objects.filter(state=MailState.QUEUED).exists():
        assert time.monotonic() < ends, "mails remain"
        advance_the_clock()
        time.sleep(0.2)


def _due() -> bool:
    return OutgoingMail.objects.due().exists()


def _check(office: PostOffice, mails: int, later: set[str], never: set[str], kills: int) -> None:
    rows = {f"<{row.message_id}@{_domain(row)}>": row for row in OutgoingMail.objects.all()}
    arrived = Counter(str(received["Message-ID"]) for received in office.received)
    lost = {
        row.recipient
        for message_id, row in rows.items()
        if row.recipient not in never and message_id not in arrived
    }
    doubled = sum(arrived.values()) - len(arrived)
    print(  # noqa: T201  (the figures are what a drill is for)
        f"\n{mails} mails, {kills} kill -9, server away once: {len(lost)} lost "
        f"(95 % bound {3 / mails:.2%}), {doubled} doubled, {len(never)} refused for good"
    )
    assert lost == set()
    # A worker holds one mail at a time: each kill doubles one at most.
    assert doubled <= kills + 1
    assert arrived.keys() <= rows.keys()
    assert set(_recipients(MailState.DEAD)) == never
    assert len(_recipients(MailState.SENT)) == mails - len(never)
    assert later <= set(_recipients(MailState.SENT))
    assert {row.last_error for row in rows.values() if row.state == MailState.DEAD} == {
        "550 5.1.1 unknown here"
    }
    for received in office.received:
        _check_headers(received, rows[str(received["Message-ID"])])


def _recipients(state: str) -> list[str]:
    return list(OutgoingMail.objects.filter(state=state).values_list("recipient", flat=True))


def _domain(row: OutgoingMail) -> str:
    return row.sender.rstrip(">").rpartition("@")[2]


def _check_headers(received, row: OutgoingMail) -> None:
    assert set(received.keys()) - {"Reply-To", "X-Peer", "X-MailFrom", "X-RcptTo"} == {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID",
        "Auto-Submitted", "Content-Language",
    } | ({"Content-Transfer-Encoding"} if not received.is_multipart() else set())  # fmt: skip
    assert len(received.keys()) == len(set(received.keys()))
    assert (received["To"], received["From"], received["Subject"]) == (
        row.recipient, row.sender, row.subject,
    )  # fmt: skip
    raw = received.as_bytes().split(b"\n\n")[0]
    assert raw.isascii()


def test_outbox_drill_in_small():
    run_drill(mails=60, kills=2, outage=0.5, pace=0.02)


@pytest.mark.trust
def test_outbox_drill():
    run_drill(mails=1000, kills=20, outage=10, pace=0.05)
