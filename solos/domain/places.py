"""Where the solos are, by commune: never nearer than that."""

from dataclasses import dataclass

from solos.querysets import SoloQuerySet
from territoires.models import Commune


@dataclass(frozen=True)
class Place:
    commune: Commune
    known: int
    published: int


def places_of(solos: SoloQuerySet) -> list[Place]:
    """The communes of those whom the programme knows, the most of them first; two queries."""
    counted = list(solos.filter(commune__isnull=False).counted_by("commune"))
    communes = Commune.objects.only("name", "sort_name", "centre").in_bulk(
        [code for code, _known, _shown in counted]
    )
    places = [Place(communes[code], known, shown) for code, known, shown in counted]
    return sorted(places, key=lambda place: (-place.known, place.commune.sort_name))
