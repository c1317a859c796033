"""Spaces that are kept for some: who may book which."""

from collections.abc import Sequence
from datetime import date

from telecentres.domain.errors import NotForYou
from telecentres.models import RightsGroup, Space
from territoires.scoping import Anyone


def open_to(spaces: Sequence[Space], holder: Anyone, day: date) -> list[Space]:
    """Those of `spaces` that `holder` may book on `day`; at least one.

    Raises NotForYou, with the groups for which they are all kept.
    """
    audience = RightsGroup.spaces.through.objects.filter(space__in=spaces)
    kept = set(audience.values_list("space_id", "rightsgroup_id"))
    if not kept:
        return list(spaces)
    mine = set(RightsGroup.objects.held_by(holder, day).values_list("pk", flat=True))
    closed = {space for space, _group in kept} - {space for space, group in kept if group in mine}
    if allowed := [space for space in spaces if space.pk not in closed]:
        return allowed
    groups = RightsGroup.objects.filter(pk__in={group for _space, group in kept})
    raise NotForYou(tuple(groups.values_list("name", flat=True)))
