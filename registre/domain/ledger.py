"""The ledger of erasures, kept in a file too: what restores the database must not restore it."""

import json
from collections.abc import Iterable
from pathlib import Path

import structlog
from django.conf import settings

from registre.models import Erasure

log = structlog.get_logger(__name__)


def append_line(erasure: Erasure) -> None:
    """Add one erasure to the file; done in the database, it is not undone for want of a file."""
    if not settings.ERASURE_LEDGER:
        return
    line = {"at": erasure.at.isoformat(), "reason": erasure.reason, "keys": erasure.keys}
    try:
        with Path(settings.ERASURE_LEDGER).open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(line) + "\n")
    except OSError as error:
        log.error("erasure_not_in_ledger", erasure=erasure.pk, error=str(error))


def read_lines(lines: Iterable[str]) -> dict[str, str]:
    """The reason of each erasure, by key; raises ValueError for a line that is none."""
    reasons: dict[str, str] = {}
    for line in lines:
        if line.strip():
            found = json.loads(line)
            reasons |= dict.fromkeys(found["keys"], found["reason"])
    return reasons
