from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.utils import timezone

from accueil.enums import EventKind, EventState
from territoires.scoping import ProgrammeRows

if TYPE_CHECKING:
    from accueil.models import Event  # noqa: F401
    from territoires.models import Territory


class EventQuerySet(ProgrammeRows["Event"]):
    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territory=territory)

    def discovery_sessions(self) -> Self:
        return self.filter(kind=EventKind.DISCOVERY_SESSION)

    def announced(self) -> Self:
        """What the public may see: a cancelled event stays visible, and says so."""
        return self.filter(state__in=[EventState.PUBLISHED, EventState.CANCELLED])

    def upcoming(self) -> Self:
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def soon(self) -> Self:
        """Announced, and beginning within 30 days: the time to get ready."""
        now = timezone.now()
        return self.filter(
            state=EventState.PUBLISHED, starts_at__gte=now, starts_at__lte=now + timedelta(days=30)
        )

    def unannounced(self) -> Self:
        """Drafts of what is still to come."""
        return self.filter(state=EventState.DRAFT, ends_at__gte=timezone.now())

    def past(self) -> Self:
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "pk")
