"""The directory between members: what each shows to all, and what they open to members alone."""

from copy import copy

from comptes.models import User
from solos.enums import PublicField, SoloState
from solos.models import Solo
from territoires.models import Territory

# Whoever is in the directory is named in it, and a photo has an address that anyone may follow.
FOR_MEMBERS = [one for one in PublicField if one not in {PublicField.NAME, PublicField.PHOTO}]
# Whoever left the network is no member of it, and one whom the agency only knows is not yet.
OUTSIDE = (SoloState.IDENTIFIED, SoloState.WITHDRAWN, SoloState.ARCHIVED)


def is_member(user: User, territory: Territory) -> bool:
    """Whether an account is that of a solo of the territory's network."""
    theirs = Solo.objects.in_territory(territory).filter(user=user.pk)
    return theirs.exclude(state__in=OUTSIDE).exists()


def as_members_see(solo: Solo) -> Solo:
    """A copy, not to be saved, whose page shows what members may read."""
    seen = copy(solo)
    seen.published_fields = [*solo.published_fields, *for_members_alone(solo)]
    return seen


def for_members_alone(solo: Solo) -> list[str]:
    """The fields that members read and nobody else does."""
    return [field for field in solo.member_fields if field not in solo.published_fields]
