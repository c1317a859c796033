from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jetons.personal import LINKS_KEPT

if TYPE_CHECKING:
    from jetons.models import Allowance, PersonalLink, RequestKey  # noqa: F401

# How long what was spent is kept: a slow client still gets its first answer.
KEYS_KEPT = timedelta(days=1)
ALLOWANCES_KEPT = timedelta(days=1)


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def usable(self) -> Self:
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def outlived(self) -> Self:
        """Expired, spent or revoked for so long that nobody will follow them any more."""
        before = timezone.now() - LINKS_KEPT
        gone = Q(expires_at__lt=before) | Q(used_at__lt=before) | Q(revoked_at__lt=before)
        return self.filter(gone)


class RequestKeyQuerySet(models.QuerySet["RequestKey"]):
    def outlived(self) -> Self:
        return self.filter(created_at__lt=timezone.now() - KEYS_KEPT)


class AllowanceQuerySet(models.QuerySet["Allowance"]):
    def outlived(self) -> Self:
        return self.filter(started_at__lt=timezone.now() - ALLOWANCES_KEPT)
