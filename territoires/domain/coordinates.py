"""Read coordinates that someone typed or a tool sent: the only door from a text to a geometry.

Longitude comes first, as in GeoJSON; degrees, WGS 84.
"""

import re
from dataclasses import dataclass

from django.contrib.gis.geos import Point, Polygon
from django.utils.translation import gettext as _

from territoires.domain.errors import InvalidCoordinates

# Plain decimals: float() would also read "nan", "inf", "1e9" and "1_0".
NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,15})?", re.ASCII)


@dataclass(frozen=True)
class BoundingBox:
    west: float
    south: float
    east: float
    north: float

    @property
    def polygon(self) -> Polygon:
        box = Polygon.from_bbox((self.west, self.south, self.east, self.north))
        box.srid = 4326
        return box


def read_bounding_box(text: str) -> BoundingBox:
    """The box written as west,south,east,north.

    Raises InvalidCoordinates, which says in a sentence what is wrong.
    """
    numbers = _numbers(text)
    if len(numbers) != 4:
        raise InvalidCoordinates(
            _("Donnez quatre nombres séparés par des virgules : ouest,sud,est,nord.")
        )
    box = BoundingBox(*numbers)
    _refuse_outside_world(box.west, box.south)
    _refuse_outside_world(box.east, box.north)
    if box.west > box.east:
        raise InvalidCoordinates(_("L’ouest dépasse l’est : l’ordre est ouest,sud,est,nord."))
    if box.south > box.north:
        raise InvalidCoordinates(_("Le sud dépasse le nord : l’ordre est ouest,sud,est,nord."))
    return box


def read_point(text: str) -> Point:
    """The point written as longitude,latitude.

    Raises InvalidCoordinates, which says in a sentence what is wrong.
    """
    numbers = _numbers(text)
    if len(numbers) != 2:
        raise InvalidCoordinates(
            _("Donnez deux nombres séparés par une virgule : longitude,latitude.")
        )
    longitude, latitude = numbers
    _refuse_outside_world(longitude, latitude)
    return Point(longitude, latitude, srid=4326)


def _numbers(text: str) -> list[float]:
    """The numbers of a list; none at all when one of them is no number."""
    parts = [part.strip() for part in text.split(",")]
    return [float(part) for part in parts] if all(map(NUMBER.fullmatch, parts)) else []


def _refuse_outside_world(longitude: float, latitude: float) -> None:
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise InvalidCoordinates(
            _("Une longitude va de -180 à 180, une latitude de -90 à 90 : donnez des degrés.")
        )
