"""Tell the worker that mails wait. Nobody needs to hear: the periodic task sweeps the outbox."""

import time
from threading import Lock

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

from courrier.tasks import deliver_outbox

log = structlog.get_logger(__name__)

# Celery's own patience when its broker is away: six seconds, or for ever if it hangs.
IMPATIENT = {"max_retries": 0, "socket_connect_timeout": 0.5, "socket_timeout": 0.5}
SILENCE = 30.0  # seconds
# A task that comes after the sweeper has nothing left to do.
EXPIRES = 30


class Bell:
    """Rings at the worker's. After a call that nobody took, it keeps silent for a while."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._silent_until = 0.0

    def ring(self) -> None:
        """Half a second at worst to connect and half to be heard; never an exception."""
        # One at a time: ten threads wait for the same absence once, not ten times over.
        with self._lock:
            if time.monotonic() < self._silent_until:
                return
            try:
                with current_app.connection_for_write(transport_options=IMPATIENT) as line:
                    deliver_outbox.apply_async(connection=line, retry=False, expires=EXPIRES)  # type: ignore[call-arg]
            except (OperationalError, OSError) as error:
                self._silent_until = time.monotonic() + SILENCE
                log.warning("worker_not_told", error=str(error))


_bell = Bell()


def wake_worker() -> None:
    _bell.ring()
