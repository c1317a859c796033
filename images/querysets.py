from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from images.enums import PictureState
from registre.querysets import TerritoryRows

if TYPE_CHECKING:
    from images.models import Picture  # noqa: F401

# Longer than a task takes to be picked up when it was enqueued.
OVERDUE_AFTER = timedelta(seconds=20)


class PictureQuerySet(TerritoryRows["Picture"]):
    def for_user(self, user: AbstractBaseUser | AnonymousUser, permission: str = "") -> Self:
        """Those that the team reuses: a portrait is seen through the record of whom it shows."""
        return super().for_user(user, permission).shared()

    def shared(self) -> Self:
        return self.filter(subject="")

    def waiting(self) -> Self:
        return self.filter(state=PictureState.WAITING)

    def ready(self) -> Self:
        return self.filter(state=PictureState.READY)

    def refused(self) -> Self:
        return self.filter(state=PictureState.REFUSED)

    def overdue(self) -> Self:
        """Still waiting although the task should have come: nobody was told, or a worker died."""
        return self.waiting().filter(received_at__lt=timezone.now() - OVERDUE_AFTER)

    def with_leftovers(self) -> Self:
        """Settled, but what was sent still lies there."""
        return self.exclude(state=PictureState.WAITING).exclude(original="")
