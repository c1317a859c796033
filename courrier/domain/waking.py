"""Tell the worker that mails wait. Nobody needs to hear: the periodic task sweeps the outbox."""

import structlog
from kombu.exceptions import OperationalError

from courrier.tasks import deliver_outbox

log = structlog.get_logger(__name__)

# A task that comes after the sweeper has nothing left to do.
EXPIRES = 30


def wake_worker() -> None:
    """Never an exception, never a long wait (config.broker)."""
    try:
        deliver_outbox.apply_async(expires=EXPIRES)
    except (OperationalError, OSError) as error:
        log.warning("worker_not_told", error=str(error))
