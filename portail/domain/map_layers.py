"""What the map shows of a territory, and the list beside it: one composition for both."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import cast

from django.contrib.gis.geos import Point
from django.db.models import F, TextChoices
from django.utils.translation import gettext_lazy as _

from portail.domain.communes import nearest_communes
from solos.enums import PublicField
from solos.models import Solo
from telecentres.enums import PointPrecision
from telecentres.models import Telecentre
from territoires.enums import VillageKind
from territoires.models import Commune, HostVillage, Territory

SHADES = 5
SUGGESTIONS = 6
# A single letter resembles half of the names.
SHORTEST_TEXT, LONGEST_TEXT = 2, 100


class Layer(TextChoices):
    """The values are words of the map's address."""

    VILLAGES = "villages", _("Villages d’accueil")
    TELECENTRES = "telecentres", _("Télécentres et tiers-lieux")
    SOLOS = "solos", _("Solos")
    COMMUNES = "communes", _("Communes et population")


@dataclass(frozen=True)
class SoloGroup:
    """The solos of a commune who agreed to say that they live there; never where in it."""

    commune: Commune
    solos: tuple[Solo, ...]

    @property
    def point(self) -> Point | None:
        return self.commune.centre


@dataclass(frozen=True)
class FoundPlace:
    """A commune that a visitor may have meant; by its former name, perhaps."""

    commune: Commune
    former_name: str = ""


@dataclass(frozen=True)
class MapContent:
    villages: tuple[HostVillage, ...]
    telecentres: tuple[Telecentre, ...]
    solo_groups: tuple[SoloGroup, ...]

    @property
    def associated_count(self) -> int:
        return sum(village.kind == VillageKind.ASSOCIATED for village in self.villages)

    @property
    def solo_count(self) -> int:
        return sum(len(group.solos) for group in self.solo_groups)

    def within(self, communes: Iterable[Commune]) -> "MapContent":
        """The same, of these communes only."""
        codes = {commune.pk for commune in communes}
        return MapContent(
            villages=tuple(row for row in self.villages if row.commune_id in codes),
            telecentres=tuple(row for row in self.telecentres if row.commune_id in codes),
            solo_groups=tuple(row for row in self.solo_groups if row.commune.pk in codes),
        )


@dataclass(frozen=True)
class Shade:
    """One step of the map's scale: from `lower` (included) to `upper` inhabitants per km²."""

    number: int
    lower: int | None
    upper: int | None


@dataclass(frozen=True)
class CommuneTable:
    """Every commune of a territory with its figures, in alphabetical order."""

    communes: tuple[Commune, ...]

    @property
    def years(self) -> list[int]:
        """Of the populations: one, unless the sources are mixed."""
        return sorted({row.population_year for row in self.communes if row.population_year})

    @property
    def sources(self) -> list[str]:
        return sorted({row.source for row in self.communes if row.source})

    @property
    def contour_sources(self) -> list[str]:
        named = {getattr(row, "contour_source", None) for row in self.communes}
        return sorted(source for source in named if source)

    @property
    def vintages(self) -> list[int]:
        return sorted({row.vintage for row in self.communes if row.vintage})

    @cached_property
    def density_limits(self) -> list[int]:
        """Whole numbers that part the communes into about as many of each shade, none empty.

        A commune has shade n when it reaches n - 1 of them.
        """
        densities = sorted(row.density for row in self.communes if row.density is not None)
        if not densities:
            return []
        wanted = (densities[len(densities) * n // SHADES] for n in range(1, SHADES))
        limits = sorted({max(1, round(limit)) for limit in wanted})
        return [limit for limit in limits if densities[0] < limit <= densities[-1]]

    @property
    def shades(self) -> list[Shade]:
        """The scale that these limits make; none when all communes are alike."""
        limits = self.density_limits
        bounds = [None, *limits, None] if limits else []
        return [Shade(n, *step) for n, step in enumerate(pairwise(bounds), start=1)]


def map_content(territory: Territory) -> MapContent:
    """Host villages, open and planned work places, solos by commune, in alphabetical order."""
    villages = HostVillage.objects.in_territory(territory).published()
    places = Telecentre.objects.in_territory(territory).public().with_space_counts()
    return MapContent(
        villages=tuple(villages.select_related("commune").order_by("commune__sort_name", "pk")),
        telecentres=tuple(places.select_related("commune").order_by("state", "name", "pk")),
        solo_groups=tuple(_solo_groups(territory)),
    )


def commune_table(territory: Territory) -> CommuneTable:
    """Annotates each commune's `contour_source`, None where no contour is loaded."""
    rows = Commune.objects.current().within(territory).order_by("sort_name", "insee_code")
    return CommuneTable(
        tuple(rows.annotate(contour_source=F("contour__source")).defer("town_hall", "postcodes"))
    )


def find_places(*, territory: Territory, text: str) -> list[FoundPlace]:
    """The present communes that `text` may mean, best first: former names and typos are heard."""
    text = text.strip()[:LONGEST_TEXT]
    if len(text) < SHORTEST_TEXT:
        return []
    named = Commune.objects.current().within(territory).named_like(text)[:SUGGESTIONS]
    found = list(named) or nearest_communes(territory, text, SUGGESTIONS)
    return [FoundPlace(commune, _former_name(commune)) for commune in found]


def solos_in_directory(territory: Territory) -> int:
    """With those who do not say where they live: they are on no map."""
    return Solo.objects.in_territory(territory).published().count()


def is_approximate(place: Telecentre) -> bool:
    """Whether the place is drawn at the centre of its commune, for want of an address."""
    return place.point_precision == PointPrecision.COMMUNE


def _solo_groups(territory: Territory) -> Iterable[SoloGroup]:
    agreed = Solo.objects.in_territory(territory).published().showing(PublicField.COMMUNE)
    rows = (
        agreed.filter(commune__isnull=False)
        .select_related("commune", "trade")
        .order_by("commune__sort_name", "commune_id", "last_name", "first_name", "pk")
        .only(
            "slug", "first_name", "last_name", "state", "published_fields",
            "commune__insee_code", "commune__name", "commune__sort_name", "commune__centre",
            "trade__name", "trade__name_en",
        )
    )  # fmt: skip
    for commune, solos in groupby(rows, key=lambda solo: cast("Commune", solo.commune)):
        yield SoloGroup(commune, tuple(solos))


def _former_name(commune: Commune) -> str:
    """The former name that was meant, unless the commune still bears it."""
    former = getattr(commune, "former_name", None) or ""
    return "" if former == commune.name else former
