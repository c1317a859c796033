"""Write down a body: who manages, funds, employs, advises or partners."""

from territoires.enums import OrganisationKind
from territoires.models import Organisation, Territory


def register_organisation(
    *, territory: Territory, name: str, kind: OrganisationKind, **details: object
) -> Organisation:
    """A body known to the territory; ValidationError when the territory knows it already."""
    organisation = Organisation(territory=territory, name=name, kind=kind, **details)
    organisation.full_clean()
    organisation.save()
    return organisation
