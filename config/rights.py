"""Rights come from roles: a backend of Django's, so that the whole of Django asks it."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from territoires.permissions import permissions_of
from territoires.scoping import held_roles, may_somewhere

Anyone = AbstractBaseUser | AnonymousUser


class RoleBackend(BaseBackend):
    """What someone may do by the roles they hold today, somewhere or on one row."""

    def has_perm(self, user_obj: Anyone, perm: str, obj: Any = None) -> bool:
        """Without a row: somewhere. With one: on that very row, asked of its queryset."""
        if not may_somewhere(user_obj, perm):
            return False
        if not isinstance(obj, Model):
            return True
        rows = type(obj)._default_manager.all()  # noqa: SLF001  (documented)
        if not hasattr(rows, "for_user"):
            return True
        return bool(rows.for_user(user_obj, perm).filter(pk=obj.pk).exists())

    def has_module_perms(self, user_obj: Anyone, app_label: str) -> bool:
        table = permissions_of(app_label)
        return any(table.get(held.role) for held in held_roles(user_obj))
