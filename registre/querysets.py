from typing import Self, TypeVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models

Row = TypeVar("Row", bound=models.Model)


class TerritoryRows(models.QuerySet[Row]):
    """Rows of a territory, which the ground knows by its key alone."""

    def in_territory(self, territory: models.Model) -> Self:
        return self.filter(territory=territory)

    def for_user(self, user: AbstractBaseUser | AnonymousUser, permission: str = "") -> Self:
        """The rows on which `user` may do `permission`; by default, which they may see.

        A superuser has everything, also what has no territory.
        """
        if user.is_active and getattr(user, "is_superuser", False):
            return self.all()
        meta = self.model._meta  # noqa: SLF001  (documented)
        asked = permission or f"{meta.app_label}.view_{meta.model_name}"
        territories = apps.get_model("territoires", "Territory").objects
        return self.filter(territory__in=territories.for_user(user, asked))
