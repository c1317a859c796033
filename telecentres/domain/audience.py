"""Spaces that are kept for some: who may book which."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from telecentres.domain.errors import NotForYou
from telecentres.models import RightsGroup, RightsMember, Space
from territoires.scoping import Anyone


@dataclass(frozen=True)
class Audience:
    """For whom some spaces are kept, and the groups of which someone is over some days."""

    # By the key of a space: the groups for which it is kept, by key, and their names.
    kept: Mapping[int, Mapping[int, str]]
    # The key of a group, the first day and the last.
    memberships: Sequence[tuple[int, date, date | None]] = ()

    def open_on(self, spaces: Sequence[Space], day: date) -> list[Space]:
        """Those of `spaces` that they may book on `day`; at least one of them.

        Raises NotForYou, with the groups for which they are all kept.
        """
        mine = {
            group
            for group, first, last in self.memberships
            if first <= day and (last is None or day <= last)
        }
        groups = {space: self.kept.get(space.pk, {}) for space in spaces}
        allowed = [space for space in spaces if not groups[space] or mine & groups[space].keys()]
        if allowed or not spaces:
            return allowed
        raise NotForYou(tuple(sorted({name for each in groups.values() for name in each.values()})))


def read_audience(spaces: Sequence[Space], holder: Anyone, first: date, last: date) -> Audience:
    """From one day to another, both included; in one query, and one more where some are kept."""
    kept: dict[int, dict[int, str]] = defaultdict(dict)
    groups = RightsGroup.spaces.through.objects.filter(space__in=spaces)
    for space, group, name in groups.values_list("space_id", "rightsgroup_id", "rightsgroup__name"):
        kept[space][group] = name
    if not kept or not holder.pk:
        return Audience(kept)
    endless = Q(ends_on=None) | Q(ends_on__gte=first)
    mine = RightsMember.objects.filter(endless, user=holder.pk, starts_on__lte=last)
    return Audience(kept, list(mine.values_list("group_id", "starts_on", "ends_on")))


def open_to(spaces: Sequence[Space], holder: Anyone, day: date) -> list[Space]:
    """Those of `spaces` that `holder` may book on `day`; at least one.

    Raises NotForYou, with the groups for which they are all kept.
    """
    return read_audience(spaces, holder, day, day).open_on(spaces, day)
