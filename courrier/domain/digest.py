"""One mail a day rather than one an event: lines gathered for each person and territory."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import structlog
from django.db import transaction
from django.utils import timezone, translation

from courrier.domain.addresses import mail_address
from courrier.domain.brand import Brand, brand_of
from courrier.domain.days import day_in_words
from courrier.domain.outbox import write_mail
from courrier.domain.substitution import Line, one_line
from courrier.messages import DIGEST
from courrier.models import DigestLine

if TYPE_CHECKING:
    from comptes.models import User
    from territoires.models import Territory

log = structlog.get_logger(__name__)

HOUR = time(7)
DAY_NAMES = "l j F"


def notify(
    *,
    recipient: str,
    language: str,
    territory: "Territory",
    words: str,
    address: str = "",
    user: "User | None" = None,
) -> DigestLine:
    """Tell somebody, in their mail of the next morning, what happened.

    `words` are one line of plain text in their language, cut at 300 characters; `address` a page,
    or its path on the territory's site. Raises BadAddress.
    """
    longest = DigestLine._meta.get_field("words").max_length  # noqa: SLF001  (documented)
    return DigestLine.objects.create(
        recipient=mail_address(recipient),
        user=user,
        language=language,
        territory=territory,
        words=one_line(words)[:longest],
        address=address,
    )


def send_digests() -> int:
    """Write the day's mails, each line in one of them; returns how many mails were written.

    A line belongs to the first seven o'clock that follows it: a second run of the day finds
    nothing, and a run missed is caught up by the next.
    """
    lines = DigestLine.objects.written_before(latest_hour())
    people = lines.order_by("territory", "recipient").values_list("territory", "recipient")
    written = 0
    for territory, recipient in people.distinct():
        try:
            written += _send_digest(territory, recipient)
        except Exception:
            # The others have their mail; these lines keep, and the next run tries again.
            log.exception("digest_not_written", territory=territory)
    return written


def latest_hour() -> datetime:
    """The last seven o'clock in the country's time."""
    now = timezone.localtime()
    hour = timezone.make_aware(datetime.combine(now.date(), HOUR))
    if hour > now:
        hour = timezone.make_aware(datetime.combine(now.date() - timedelta(days=1), HOUR))
    return hour


@transaction.atomic
def _send_digest(territory_id: int, recipient: str) -> bool:
    waiting = DigestLine.objects.written_before(latest_hour()).filter(
        territory=territory_id, recipient=recipient
    )
    # Two schedulers at once: the second waits, then finds none.
    lines = list(waiting.select_for_update(of=("self",)).select_related("territory"))
    if not lines:
        return False
    newest = lines[-1]
    brand = brand_of(newest.territory)
    with translation.override(newest.language):
        day = day_in_words(timezone.localdate(), DAY_NAMES)
    write_mail(
        message=DIGEST,
        recipient=recipient,
        language=newest.language,
        brand=brand,
        territory=newest.territory,
        variables={
            "territoire": brand.name,
            "jour": day,
            "nouvelles": _told(lines, brand),
        },
    )
    DigestLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    return True


def _told(lines: Sequence[DigestLine], brand: Brand) -> list[Line]:
    return [
        {
            "words": line.words,
            "address": urljoin(f"{brand.site}/", line.address) if line.address else "",
        }
        for line in lines
    ]
