"""One entry per thing on the map: the list's lines and the map's points are the same entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portail.domain.map_layers import Layer, MapContent, SoloGroup, is_approximate
from solos.enums import PublicField
from solos.models import Solo
from telecentres.enums import TelecentreState
from telecentres.models import Telecentre
from territoires.domain.languages import localized_text
from territoires.models import HostVillage

# Ten metres: a work place is a house, not a door.
DECIMALS = 4


@dataclass(frozen=True)
class Person:
    name: str
    url: str
    trade: str
    trade_language: str


@dataclass(frozen=True)
class Entry:
    """`kind` chooses the sign: host, associated, open, planned or solos."""

    key: str
    layer: Layer
    kind: str
    name: str
    what: str
    url: str
    insee_code: str
    commune: str
    point: Point | None
    note: str = ""
    # One thing worth knowing, and the words of the link that tells the rest.
    fact: str = ""
    more: str = ""
    people: tuple[Person, ...] = ()

    @property
    def feature(self) -> dict[str, Any]:
        """The entry as GeoJSON; without geometry where its commune's centre is unknown."""
        return {
            "type": "Feature",
            "id": self.key,
            "properties": {
                "layer": self.layer.value,
                "kind": self.kind,
                "name": self.name,
                "what": self.what,
                "note": self.note,
                "fact": self.fact,
                "more": self.more,
                "url": self.url,
                "insee": self.insee_code,
                "commune": self.commune,
                "people": [vars(person) for person in self.people],
            },
            "geometry": _geometry(self.point),
        }


def map_entries(content: MapContent) -> dict[Layer, list[Entry]]:
    """In the reader's language, by layer."""
    return {
        Layer.VILLAGES: [_village(row) for row in content.villages],
        Layer.TELECENTRES: [_telecentre(row) for row in content.telecentres],
        Layer.SOLOS: [_solos(row) for row in content.solo_groups],
    }


def feature_collection(entries: Iterable[Entry]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [entry.feature for entry in entries]}


def _village(village: HostVillage) -> Entry:
    commune = village.commune
    return Entry(
        key=f"village-{village.slug}",
        layer=Layer.VILLAGES,
        kind=village.kind,
        name=commune.name,
        what=capfirst(village.get_kind_display()),
        url=reverse("village", args=[village.slug]),
        insee_code=commune.pk,
        commune=commune.name,
        point=commune.centre,
        fact=_inhabitants(commune.population),
        more=_("Voir le village"),
    )


def _telecentre(place: Telecentre) -> Entry:
    what = capfirst(place.get_kind_display())
    if place.state == TelecentreState.PLANNED:
        what = _("%(place)s, en projet") % {"place": what}
    return Entry(
        key=f"telecentre-{place.slug}",
        layer=Layer.TELECENTRES,
        kind=place.state,
        name=place.name,
        what=what,
        url=reverse("telecentre", args=[place.slug]),
        insee_code=place.commune_id,
        commune=place.commune.name,
        point=place.point,
        note=_("Placé au centre de la commune.") if is_approximate(place) else "",
        fact=_spaces(place),
        more=_("Voir le lieu"),
    )


def _solos(group: SoloGroup) -> Entry:
    count, commune = len(group.solos), group.commune
    return Entry(
        key=f"solos-{commune.pk}",
        layer=Layer.SOLOS,
        kind="solos",
        name=commune.name,
        what=ngettext("%(count)d solo", "%(count)d solos", count) % {"count": count},
        url=reverse("commune", args=[commune.pk]),
        insee_code=commune.pk,
        commune=commune.name,
        point=group.point,
        more=_("Voir la commune"),
        people=tuple(_person(solo) for solo in group.solos),
    )


def _inhabitants(number: int | None) -> str:
    if number is None:
        return ""
    said = {"number": number_format(number, force_grouping=True)}
    return ngettext("%(number)s habitant", "%(number)s habitants", number) % said


def _spaces(place: Telecentre) -> str:
    """Of a place with its spaces counted."""
    desks, rooms = (getattr(place, name) for name in ("desks", "rooms"))
    said = []
    if desks:
        said.append(ngettext("%d poste de travail", "%d postes de travail", desks) % desks)
    if rooms:
        said.append(ngettext("%d salle", "%d salles", rooms) % rooms)
    return ", ".join(said)


def _person(solo: Solo) -> Person:
    trade, language = "", ""
    if solo.trade and solo.shows(PublicField.TRADE):
        trade, language = localized_text(solo.trade, "name")
    return Person(solo.name, reverse("solo", args=[solo.slug]), trade, language)


def _geometry(point: Point | None) -> dict[str, Any] | None:
    if point is None:
        return None
    return {"type": "Point", "coordinates": [round(value, DECIMALS) for value in point.coords]}
