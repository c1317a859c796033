"""One box for everything that has a page: communes, villages, places, solos, what is written."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from accueil.models import Event
from portail.domain.communes import nearest_communes
from portail.models import NewsItem, Page
from solos.domain.directory import find_solos
from solos.models import Solo
from telecentres.models import Telecentre
from territoires.models import Commune, HostVillage, Territory
from territoires.querysets import saying

SHOWN = 6
LONGEST_TEXT = 100

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Found(Generic[Row]):
    """The first of them, and how many there are in all."""

    rows: list[Row] = field(default_factory=list)
    count: int = 0

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True)
class SearchResults:
    text: str = ""
    communes: Found[Commune] = field(default_factory=Found)
    villages: Found[HostVillage] = field(default_factory=Found)
    telecentres: Found[Telecentre] = field(default_factory=Found)
    solos: Found[Solo] = field(default_factory=Found)
    events: Found[Event] = field(default_factory=Found)
    pages: Found[Page] = field(default_factory=Found)
    news: Found[NewsItem] = field(default_factory=Found)
    # When nothing was found: communes whose name is written almost like that.
    nearest: list[Commune] = field(default_factory=list)

    @property
    def count(self) -> int:
        places = self.communes.count + self.villages.count + self.telecentres.count
        texts = self.events.count + self.pages.count + self.news.count
        return places + self.solos.count + texts


def search(*, territory: Territory, text: str) -> SearchResults:
    """What resembles `text` in the public pages of a territory, accents and typos forgiven."""
    text = text.strip()[:LONGEST_TEXT]
    if not text:
        return SearchResults()
    communes = Commune.objects.current().within(territory)
    named = communes.named_like(text)
    villages = HostVillage.objects.in_territory(territory).published()
    telecentres = Telecentre.objects.in_territory(territory).public().resembling(text)
    solos = find_solos(Solo.objects.in_territory(territory).published(), text).solos
    results = SearchResults(
        text=text,
        communes=_found(named.with_silhouette().select_related("department")),
        villages=_found(
            villages.filter(commune__in=named.order_by().values("pk"))
            .with_silhouette()
            .select_related("commune")
        ),
        telecentres=_found(
            telecentres.with_silhouette().with_space_counts().select_related("commune")
        ),
        solos=_found(solos.as_cards()),
        events=_found(
            # What is to come first, whatever says it most.
            saying(Event.objects.in_territory(territory).announced(), text)
            .select_related("village__commune", "telecentre__commune")
            .order_by("-ends_at", "pk")
        ),
        pages=_found(saying(Page.objects.in_territory(territory).published(), text)),
        news=_found(saying(NewsItem.objects.in_territory(territory).published(), text)),
    )
    if results.count:
        return results
    return SearchResults(text=text, nearest=nearest_communes(territory, text))


def _found(rows: "QuerySet[Any]") -> Found[Any]:
    found = list(rows[: SHOWN + 1])
    return Found(found[:SHOWN], rows.count() if len(found) > SHOWN else len(found))
