"""A role is a named set of permissions, held by a group."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from comptes.domain.errors import UnknownPermission


def define_role(*, name: str, permissions: Iterable[str]) -> Group:
    """The group `name` holds exactly `permissions`, each written `app.codename`.

    Raises UnknownPermission before anything changes.
    """
    wanted = set(permissions)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type").filter(
            codename__in={name.partition(".")[2] for name in wanted}
        )
    }
    if missing := sorted(wanted - known.keys()):
        raise UnknownPermission(missing)
    with transaction.atomic():
        role, _created = Group.objects.get_or_create(name=name)
        role.permissions.set(known[permission] for permission in wanted)
    return role
