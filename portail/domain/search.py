"""One box for everything that has a page: communes, villages, work places, solos."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from portail.domain.communes import nearest_communes
from solos.domain.directory import find_solos
from solos.models import Solo
from telecentres.models import Telecentre
from territoires.models import Commune, HostVillage, Territory

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
    # When nothing was found: communes whose name is written almost like that.
    nearest: list[Commune] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(
            group.count for group in (self.communes, self.villages, self.telecentres, self.solos)
        )


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
    )
    if results.count:
        return results
    return SearchResults(text=text, nearest=nearest_communes(territory, text))


def _found(rows: "QuerySet[Any]") -> Found[Any]:
    return Found(list(rows[:SHOWN]), rows.count())
