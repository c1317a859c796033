"""What the home page shows: counted, never written."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.gis.geos import Point
from django.utils import timezone

from accueil.models import Event
from observatoire.domain.indicators import INDICATORS
from portail.domain.news import latest_news
from portail.models import NewsItem
from solos.enums import PublicField
from solos.models import Solo
from telecentres.enums import TelecentreState
from telecentres.models import Telecentre
from territoires.models import HostVillage, Territory

COUNTED = [
    "solos_in_directory",
    "host_villages",
    "associated_villages",
    "telecentres_open",
    "desks_offered",
    "communes",
]
FACES = 6
PLACES = 3


@dataclass(frozen=True)
class Light:
    """A point that shines on the territory's drawing."""

    point: Point
    kind: str
    name: str


@dataclass(frozen=True)
class Home:
    lights: list[Light]
    solos: list[Solo]
    telecentres: list[Telecentre]
    next_event: Event | None
    counts: dict[str, Decimal | None]
    news: list[NewsItem]


def compose_home(territory: Territory) -> Home:
    """Everything the home page needs, in a constant number of queries."""
    telecentres = list(
        Telecentre.objects.in_territory(territory)
        .public()
        .with_silhouette()
        .with_space_counts()
        .select_related("commune")
    )
    villages = list(
        HostVillage.objects.in_territory(territory).published().select_related("commune")
    )
    open_places = [place for place in telecentres if place.state == TelecentreState.OPEN]
    return Home(
        lights=_lights(villages, telecentres),
        solos=_faces(territory),
        telecentres=open_places[:PLACES],
        next_event=_next_event(territory),
        counts=key_figures(territory),
        news=latest_news(territory),
    )


def _lights(villages: list[HostVillage], telecentres: list[Telecentre]) -> list[Light]:
    lights = [
        Light(village.commune.centre, "village", village.commune.name)
        for village in villages
        if village.commune.centre
    ]
    return lights + [Light(place.point, place.state, place.name) for place in telecentres]


def _faces(territory: Territory) -> list[Solo]:
    """The solos met last, those who show most first: a visitor should meet people, not initials."""
    shown = [PublicField.TRADE, PublicField.COMMUNE]
    return list(
        Solo.objects.in_territory(territory)
        .published()
        .filter(published_fields__contains=shown)
        .as_cards()
        .order_by("-arrived_in", "-pk")[:FACES]
    )


def _next_event(territory: Territory) -> Event | None:
    return (
        Event.objects.in_territory(territory)
        .announced()
        .discovery_sessions()
        .upcoming()
        .select_related("village__commune", "telecentre__commune")
        .first()
    )


def key_figures(territory: Territory) -> dict[str, Decimal | None]:
    """The observatory's own figures: two pages never disagree."""
    today = timezone.localdate()
    return {key: INDICATORS[key].value(territory, today) for key in COUNTED}
