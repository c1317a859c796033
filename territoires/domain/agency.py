"""Whom an agency's news reach: those who work on its territory."""

from django.utils.functional import Promise
from django.utils.translation import override

from courrier.domain.digest import notify
from territoires.enums import TerritoryRole
from territoires.models import Territory, TerritoryGrant

READERS = (TerritoryRole.ADMINISTRATOR, TerritoryRole.OFFICER)


def tell_agency(*, territory: Territory, words: str | Promise, address: str = "") -> int:
    """A line in the next morning's mail of everyone who runs the territory; returns how many.

    `words` are one line, lazily in the language of each; `address` a path of the territory's site.
    """
    grants = TerritoryGrant.objects.filter(territory=territory, role__in=READERS).in_force()
    people = {grant.user for grant in grants.select_related("user") if grant.user.is_active}
    for user in people:
        with override(user.language):
            notify(
                recipient=user.email,
                language=user.language,
                territory=territory,
                words=str(words),
                address=address,
                user=user,
            )
    return len(people)
