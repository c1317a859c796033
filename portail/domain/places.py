"""What a page about a place composes: a commune, or a host village, and the life around it."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.gis.db.models import PointField
from django.db.models import BooleanField, F, FloatField, Func, Subquery, Value

from accueil.models import Event
from solos.enums import PublicField
from solos.models import Solo
from telecentres.models import Telecentre
from territoires.models import Commune, CommuneContour, FormerCommune, HostVillage, Territory

SHOWN_SOLOS = 6
SHOWN_NEAREST = 3
HECTARES_PER_KM2 = 100
METRES_PER_KM = 1000
# Neighbours share a border; simplified and rounded, it may part by a few metres.
TOUCHING_DEGREES = 0.0005


@dataclass(frozen=True)
class LocalLife:
    """Who works in a commune, and where."""

    telecentres: list[Telecentre]
    # When there is none here: the open ones next to it, each with its `km` as the crow flies.
    nearest: list[Telecentre]
    solos: list[Solo]
    solo_count: int


@dataclass(frozen=True)
class Facts:
    """What the official lists say of a commune, in the units of a reader."""

    area_km2: Decimal | None
    former_communes: list[FormerCommune]


@dataclass(frozen=True)
class CommunePage:
    facts: Facts
    life: LocalLife
    village: HostVillage | None
    neighbours: list[Commune]


@dataclass(frozen=True)
class VillagePage:
    facts: Facts
    life: LocalLife
    next_event: Event | None


def compose_commune(*, territory: Territory, commune: Commune) -> CommunePage:
    villages = HostVillage.objects.in_territory(territory).published().with_silhouette()
    return CommunePage(
        facts=facts_of(commune),
        life=local_life(territory=territory, commune=commune),
        village=villages.filter(commune=commune).select_related("commune").first(),
        neighbours=neighbours_of(territory, commune),
    )


def compose_village(*, village: HostVillage) -> VillagePage:
    events = Event.objects.in_territory(village.territory).announced().upcoming()
    return VillagePage(
        facts=facts_of(village.commune),
        life=local_life(territory=village.territory, commune=village.commune),
        next_event=events.filter(village=village)
        .select_related("village__commune", "telecentre__commune")
        .first(),
    )


def local_life(*, territory: Territory, commune: Commune) -> LocalLife:
    """Only solos who agreed to show their commune: the others live elsewhere for the public."""
    solos = (
        Solo.objects.in_territory(territory)
        .published()
        .showing(PublicField.COMMUNE)
        .filter(commune=commune)
    )
    public = Telecentre.objects.in_territory(territory).public()
    telecentres = list(
        public.filter(commune=commune)
        .with_silhouette()
        .with_space_counts()
        .select_related("commune")
        .order_by("state", "name")
    )
    return LocalLife(
        telecentres=telecentres,
        nearest=[] if telecentres else nearest_telecentres(territory, commune),
        solos=list(solos.as_cards()[:SHOWN_SOLOS]),
        solo_count=solos.count(),
    )


def nearest_telecentres(territory: Territory, commune: Commune) -> list[Telecentre]:
    if commune.centre is None:
        return []
    centre = Value(commune.centre, output_field=PointField())
    metres = Func(F("point"), centre, function="ST_DistanceSphere", output_field=FloatField())
    return list(
        Telecentre.objects.in_territory(territory)
        .open()
        .annotate(km=metres / METRES_PER_KM)
        .select_related("commune")
        .defer("words")
        .order_by("km", "name")[:SHOWN_NEAREST]
    )


def facts_of(commune: Commune) -> Facts:
    """Former communes with a name of their own: an old code alone says nothing to a reader."""
    former = commune.former_communes.exclude(name="").exclude(name=commune.name)
    area = commune.area_ha
    return Facts(
        area_km2=None if area is None else area / HECTARES_PER_KM2,
        former_communes=list(former.order_by("name")),
    )


def neighbours_of(territory: Territory, commune: Commune) -> list[Commune]:
    """The communes of the territory that touch this one; none while contours are not loaded."""
    shape = CommuneContour.objects.filter(pk=commune.pk).values("simplified")
    touches = Func(
        F("contour__simplified"),
        Subquery(shape),
        Value(TOUCHING_DEGREES),
        function="ST_DWithin",
        output_field=BooleanField(),
    )
    return list(
        Commune.objects.current()
        .within(territory)
        .with_silhouette()
        .filter(touches)
        .exclude(pk=commune.pk)
    )
