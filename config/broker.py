"""How long a request waits for a broker that is away: a second at worst, then not at all."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from celery import Task, current_app
from kombu import Connection
from kombu.exceptions import OperationalError

# Celery's own patience when its broker is away: six seconds, or for ever if it hangs.
IMPATIENT = {"max_retries": 0, "socket_connect_timeout": 0.5, "socket_timeout": 0.5}
SILENCE = 30.0  # seconds


class Bell:
    """The line to the broker. After a call that nobody took, it keeps silent for a while."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._silent_until = 0.0

    @contextmanager
    def line(self) -> Iterator[Connection]:
        """Half a second at worst to connect and half to be heard; else an OperationalError."""
        # One at a time: ten threads wait for the same absence once, not ten times over.
        with self._lock:
            if time.monotonic() < self._silent_until:
                raise OperationalError("the broker did not answer a moment ago")
            try:
                with current_app.connection_for_write(transport_options=IMPATIENT) as line:
                    yield line
            except (OperationalError, OSError):
                self._silent_until = time.monotonic() + SILENCE
                raise


bell = Bell()


class PromptTask(Task):  # type: ignore[type-arg]
    """Whoever calls a task is mostly a request, and what it tells is in the database: a sweeper
    finds there what was not told."""

    def apply_async(self, *args: Any, **options: Any) -> Any:
        # The scheduler comes with its own line, and waits for its answer.
        if self.app.conf.task_always_eager or options.get("producer"):
            return super().apply_async(*args, **options)
        with bell.line() as line:
            return super().apply_async(*args, **{**options, "connection": line, "retry": False})
