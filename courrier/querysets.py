from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils import timezone

from courrier.enums import MailState
from registre.querysets import TerritoryRows

if TYPE_CHECKING:
    from courrier.models import DigestLine, MailTemplate, OutgoingMail  # noqa: F401


class OutgoingMailQuerySet(TerritoryRows["OutgoingMail"]):
    def due(self) -> Self:
        """Mails to try now: first those that someone waits for before a screen, then the oldest."""
        return self.filter(state=MailState.QUEUED, next_attempt_at__lte=timezone.now()).order_by(
            "-is_secret", "next_attempt_at", "pk"
        )

    def sent_to(self, addresses: list[str]) -> Self:
        """What someone received at one of their addresses; the newest first."""
        by_any = Q()
        for address in addresses:
            by_any |= Q(recipient__iexact=address)
        return self.filter(by_any, state=MailState.SENT).order_by("-sent_at", "-pk")

    def late(self) -> Self:
        """Mails still to be delivered that failed once, or should have left by now."""
        by_now = timezone.now() - timedelta(minutes=10)
        return self.filter(Q(attempts__gt=0) | Q(created_at__lt=by_now), state=MailState.QUEUED)


class MailTemplateQuerySet(TerritoryRows["MailTemplate"]):
    pass


class DigestLineQuerySet(TerritoryRows["DigestLine"]):
    def written_before(self, moment: datetime) -> Self:
        return self.filter(created_at__lt=moment)
