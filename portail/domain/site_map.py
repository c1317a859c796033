"""Every page of the site that is not one card of a list."""

from dataclasses import dataclass

from portail.models import NewsItem, Page
from telecentres.models import Telecentre
from territoires.models import Commune, HostVillage, Programme, Territory


@dataclass(frozen=True)
class SiteMap:
    villages: list[HostVillage]
    telecentres: list[Telecentre]
    programmes: list[Programme]
    communes: list[Commune]
    pages: list[Page]
    has_news: bool


def compose_site_map(territory: Territory) -> SiteMap:
    villages = HostVillage.objects.in_territory(territory).published()
    return SiteMap(
        villages=list(villages.select_related("commune")),
        telecentres=list(Telecentre.objects.in_territory(territory).public()),
        programmes=list(Programme.objects.in_territory(territory)),
        pages=list(Page.objects.in_territory(territory).published().order_by("position", "title")),
        has_news=NewsItem.objects.in_territory(territory).published().exists(),
        communes=list(Commune.objects.current().within(territory).only("insee_code", "name")),
    )
