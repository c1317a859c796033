"""The broker away in every way: the act never fails, and never waits long."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.db import transaction

from courrier.domain import waking
from courrier.domain.outbox import queue_mail
from courrier.domain.waking import Bell
from courrier.models import OutgoingMail
from courrier.tasks import deliver_outbox


@pytest.fixture
def _django_db_helper() -> None:
    """No transaction around a test: what happens at the commit is what is tried."""


@pytest.fixture
def nobody() -> Iterator[str]:
    """A port where nobody listens, and that nobody else can take."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{taken.getsockname()[1]}/0"


@pytest.fixture
def silence() -> Iterator[str]:
    """A broker that takes calls and never answers, like a machine that hangs."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


@pytest.fixture
def use_broker():
    """Send tasks to a broker for good; tests run them on the spot otherwise."""
    conf = deliver_outbox.app.conf
    before = {name: conf[name] for name in ("task_always_eager", "broker_url", "broker_write_url")}
    yield lambda url: conf.update(task_always_eager=False, broker_url=url, broker_write_url=url)
    conf.update(before)


def seconds(work) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


@pytest.mark.parametrize("broker", ["nobody", "silence"])
def test_bell_never_waits_long_and_then_not_at_all(request, use_broker, broker):
    use_broker(request.getfixturevalue(broker))
    bell = Bell()

    assert seconds(bell.ring) < 1.5
    assert seconds(lambda: [bell.ring() for _call in range(100)]) < 0.1


def test_bell_rings_again_after_a_while(use_broker, nobody, monkeypatch):
    use_broker(nobody)
    bell = Bell()
    bell.ring()
    rung = []
    monkeypatch.setattr(deliver_outbox, "apply_async", lambda **options: rung.append(options))

    bell.ring()
    assert rung == []

    monkeypatch.setattr(waking, "SILENCE", 0)
    bell._silent_until -= 30
    bell.ring()
    assert [options["expires"] for options in rung] == [30]


@pytest.mark.trust
def test_celery_alone_would_have_waited(use_broker, nobody):
    """Control: what the same call costs without our own patience: six seconds."""
    use_broker(nobody)

    def publish() -> None:
        with pytest.raises(waking.OperationalError):
            deliver_outbox.apply_async(retry=False)

    assert seconds(publish) > 3


@pytest.mark.django_db
def test_act_is_kept_when_the_broker_is_away(committed, use_broker, nobody, monkeypatch):
    use_broker(nobody)
    monkeypatch.setattr(waking, "_bell", Bell())

    def act() -> None:
        with transaction.atomic():
            queue_mail(recipient="ana@example.org", subject="Objet", text_body="Texte")

    assert seconds(act) < 1.5
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db
def test_mail_leaves_at_the_commit_of_its_act(committed, mailoutbox):
    """Tasks run on the spot in tests: the worker that was told is this very thread."""
    with transaction.atomic():
        queue_mail(recipient="ana@example.org", subject="Objet", text_body="Texte")
        assert mailoutbox == []

    assert [sent.to for sent in mailoutbox] == [["ana@example.org"]]
