"""Every page of the site that is not one card of a list."""

from dataclasses import dataclass

from telecentres.models import Telecentre
from territoires.models import Commune, HostVillage, Programme, Territory


@dataclass(frozen=True)
class SiteMap:
    villages: list[HostVillage]
    telecentres: list[Telecentre]
    programmes: list[Programme]
    communes: list[Commune]


def compose_site_map(territory: Territory) -> SiteMap:
    villages = HostVillage.objects.in_territory(territory).published()
    return SiteMap(
        villages=list(villages.select_related("commune")),
        telecentres=list(Telecentre.objects.in_territory(territory).public()),
        programmes=list(Programme.objects.in_territory(territory)),
        communes=list(Commune.objects.current().within(territory).only("insee_code", "name")),
    )
