"""The broker away in every way: a call fails at once, then without a wait."""

import socket
import time
from threading import Timer

import pytest
from celery import Task, current_app
from kombu.exceptions import OperationalError

from config import broker
from config.broker import Bell
from images.tasks import prepare_picture


@pytest.fixture(autouse=True)
def _new_bell(monkeypatch):
    monkeypatch.setattr(broker, "bell", Bell())


def seconds(work) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def call() -> None:
    with pytest.raises(OperationalError):
        prepare_picture.delay(1)


@pytest.mark.parametrize("away", ["nobody", "silence"])
def test_call_never_waits_long_and_then_not_at_all(request, use_broker, away):
    use_broker(request.getfixturevalue(away))

    assert seconds(call) < 1.5
    assert seconds(lambda: [call() for _turn in range(100)]) < 0.1


def test_broker_is_called_again_after_a_while(use_broker, nobody, monkeypatch):
    use_broker(nobody)
    call()
    told = []
    monkeypatch.setattr(Task, "apply_async", lambda _task, *_args, **how: told.append(how))

    call()
    assert told == []

    broker.bell._silent_until -= broker.SILENCE
    prepare_picture.delay(1)
    assert [how["retry"] for how in told] == [False]


@pytest.mark.trust
def test_celery_alone_would_have_waited(use_broker):
    """Control: without our own patience, the same call waits as long as the broker hangs."""
    with socket.socket() as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen()
        use_broker(f"redis://127.0.0.1:{hanging.getsockname()[1]}/0")
        Timer(3, hanging.close).start()

        def publish() -> None:
            with current_app.connection_for_write() as line, pytest.raises(OperationalError):
                Task.apply_async(prepare_picture, [1], connection=line, retry=False)

        assert seconds(publish) > 2.5
