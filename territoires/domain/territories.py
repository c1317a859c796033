"""Set up a territory: its communes and its public face."""

from collections.abc import Iterable

from django.db import transaction

from territoires.domain.errors import EmptyTerritory
from territoires.models import Commune, Department, Epci, Territory


def create_territory(
    *,
    name: str,
    slug: str,
    in_name: str,
    agency_name: str,
    departments: Iterable[Department] = (),
    epcis: Iterable[Epci] = (),
    communes: Iterable[Commune] = (),
    **details: object,
) -> Territory:
    """A territory made of whole departments, whole EPCI, communes one by one, or all three.

    Raises EmptyTerritory when it names none, ValidationError for a name or a host name taken.
    """
    departments, epcis, communes = list(departments), list(epcis), list(communes)
    if not (departments or epcis or communes):
        raise EmptyTerritory
    with transaction.atomic():
        territory = Territory(
            name=name, slug=slug, in_name=in_name, agency_name=agency_name, **details
        )
        territory.full_clean()
        territory.save()
        territory.departments.set(departments)
        territory.epcis.set(epcis)
        territory.communes.set(communes)
    return territory
