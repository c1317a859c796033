"""Give roles, and take them back. Dates and author stay: who could do what, when, by whom."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.utils import timezone

from territoires.enums import TerritoryRole
from territoires.models import (
    Grant,
    HostVillage,
    Programme,
    ProgrammeGrant,
    Territory,
    TerritoryGrant,
    VillageGrant,
)

if TYPE_CHECKING:
    from comptes.models import User

AnyGrant = TypeVar("AnyGrant", bound=Grant)


def grant_territory(
    *,
    user: "User",
    territory: Territory,
    role: TerritoryRole,
    author: "User | None" = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> TerritoryGrant:
    """A role on a whole territory; given anew, it takes the new dates."""
    key = {"user": user, "territory": territory, "role": role}
    return give(TerritoryGrant, key, author=author, starts_on=starts_on, ends_on=ends_on)


def grant_programme(
    *,
    user: "User",
    programme: Programme,
    author: "User | None" = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> ProgrammeGrant:
    """What a programme made, over all its territories, to read."""
    key = {"user": user, "programme": programme}
    return give(ProgrammeGrant, key, author=author, starts_on=starts_on, ends_on=ends_on)


def grant_village(
    *,
    user: "User",
    village: HostVillage,
    author: "User | None" = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> VillageGrant:
    """The sheet of one village, to keep true."""
    key = {"user": user, "village": village}
    return give(VillageGrant, key, author=author, starts_on=starts_on, ends_on=ends_on)


def end_grant(*, grant: Grant) -> None:
    """From today on the role opens nothing; given today, it leaves no trace."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if grant.starts_on > yesterday:
        grant.delete()
        return
    grant.ends_on = yesterday
    grant.save(update_fields=["ends_on"])


def give(
    model: type[AnyGrant],
    key: Mapping[str, object],
    *,
    author: "User | None" = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> AnyGrant:
    """The grant that `key` names, with these dates; ValidationError when they are the wrong way."""
    with transaction.atomic():
        known = model._default_manager.filter(**key).select_for_update().first()  # noqa: SLF001
        grant: AnyGrant = known or model(**key)
        grant.starts_on = starts_on or timezone.localdate()
        grant.ends_on = ends_on
        grant.author = author
        grant.full_clean()
        grant.save()
    return grant
