from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Count, F, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
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

    def with_all_told(self) -> Self:
        """With all that a page, a calendar's entry and a search engine are told of each."""
        return self.select_related("territory", "village__commune", "telecentre__commune")

    def between(self, first: datetime, end: datetime) -> Self:
        """Those of which some part lies from `first` until before `end`; the first come first."""
        return self.filter(starts_at__lt=end, ends_at__gt=first).order_by("starts_at", "pk")

    def with_versions(self) -> Self:
        """Annotates `version`, which each change makes greater, and `changed_at`."""
        past = self.model.history.model.objects.filter(id=OuterRef("pk")).order_by().values("id")
        number = Subquery(past.annotate(number=Count("pk")).values("number"))
        last = Subquery(past.annotate(last=Max("history_date")).values("last"))
        return self.annotate(
            version=Coalesce(number, Value(0)), changed_at=Coalesce(last, F("starts_at"))
        )
