from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from courrier.enums import MailState

if TYPE_CHECKING:
    from courrier.models import OutgoingMail  # noqa: F401


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self) -> Self:
        """Mails to try now, oldest first."""
        return self.filter(state=MailState.QUEUED, next_attempt_at__lte=timezone.now()).order_by(
            "next_attempt_at", "pk"
        )

    def late(self) -> Self:
        """Mails still to be delivered that failed once, or should have left by now."""
        by_now = timezone.now() - timedelta(minutes=10)
        return self.filter(Q(attempts__gt=0) | Q(created_at__lt=by_now), state=MailState.QUEUED)
