"""How far someone's rights reach: the rows of their perimeters, and nobody else's."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self, TypeVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from territoires.permissions import roles_holding

Row = TypeVar("Row", bound=models.Model)
Anyone = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class HeldRole:
    """One grant in force: a role on the row `key` of a kind of perimeter."""

    role: str
    perimeter: str
    key: int


@dataclass(frozen=True)
class Reach:
    """Where someone may do one thing: everywhere, or in these perimeters (kind → keys)."""

    is_whole: bool = False
    perimeters: dict[str, set[int]] = field(default_factory=dict)

    def keys(self, perimeter: str) -> set[int]:
        return self.perimeters.get(perimeter, set())


def held_roles(user: Anyone) -> list[HeldRole]:
    """Every role that someone holds today; read once for each request that carries the account."""
    kept: list[HeldRole] | None = user.__dict__.get("_held_roles")
    if kept is None:
        kept = [] if user.is_anonymous or not user.is_active else list(_read_roles(user))
        user.__dict__["_held_roles"] = kept
    return kept


def reach_of(user: Anyone, permission: str) -> Reach:
    """Where someone may do `permission`, written `app.action_model`."""
    if user.is_active and getattr(user, "is_superuser", False):
        return Reach(is_whole=True)
    roles = roles_holding(permission)
    perimeters: dict[str, set[int]] = {}
    for held in held_roles(user):
        if held.role in roles:
            perimeters.setdefault(held.perimeter, set()).add(held.key)
    return Reach(perimeters=perimeters)


def may_somewhere(user: Anyone, permission: str) -> bool:
    reach = reach_of(user, permission)
    return reach.is_whole or bool(reach.perimeters)


def _read_roles(user: Anyone) -> list[HeldRole]:
    """Grants stand beside what they open, in several apps: each model names its perimeter."""
    return [
        HeldRole(getattr(grant, "role", "") or grant.ROLE, model.PERIMETER, key)
        for model in apps.get_models()
        if hasattr(model, "PERIMETER")
        for grant in GrantQuerySet(model).in_force().filter(user=user)
        if (key := getattr(grant, f"{model.PERIMETER}_id"))
    ]


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows that belong to a perimeter. A model says in `within` which of its rows a reach holds."""

    def for_user(self, user: Anyone, permission: str = "") -> Self:
        """The rows on which `user` may do `permission`; by default, which they may see."""
        meta = self.model._meta  # noqa: SLF001  (documented)
        reach = reach_of(user, permission or f"{meta.app_label}.view_{meta.model_name}")
        return self.all() if reach.is_whole else self.filter(self.within(reach))

    def within(self, reach: Reach) -> Q:
        return Q(territory__in=reach.keys("territory"))


class ProgrammeRows(ScopedQuerySet[Row]):
    """Rows of a territory that a programme may have made: its officer sees those."""

    def within(self, reach: Reach) -> Q:
        return super().within(reach) | Q(programme__in=reach.keys("programme"))


class GrantQuerySet(ScopedQuerySet[Any]):
    def within(self, reach: Reach) -> Q:
        """Grants on a territory, and on what belongs to it."""
        path = {"territory": "territory", "programme": "programme__territories"}.get(
            self.model.PERIMETER, f"{self.model.PERIMETER}__territory"
        )
        here = self.model._default_manager.filter(  # noqa: SLF001  (documented)
            **{f"{path}__in": reach.keys("territory")}
        )
        return Q(pk__in=here.values("pk"))

    def in_force(self, day: date | None = None) -> Self:
        """Those that hold on a day, today if none is said."""
        day = day or timezone.localdate()
        return self.filter(starts_on__lte=day).exclude(ends_on__lt=day)
