"""Points placed on a map or typed as coordinates, and contours to look at.

The map draws the communes themselves as its ground (static/js/admin-map.js), whatever the tiles.
A point is typed as two numbers: GEOS and GDAL never see a text of the outside, whose reference
system they would go and resolve.
"""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.gis.geos import Point
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class MapMedia:
    js = ["leaflet/leaflet.js", "js/admin-map.js"]
    css = {"screen": ["leaflet/leaflet.css"]}


class PointWidget(forms.MultiWidget):
    """Two boxes, latitude and longitude, and a map where a click fills them."""

    template_name = "admin/widgets/point.html"
    Media = MapMedia

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = {"step": "any", "inputmode": "decimal"}
        super().__init__(
            {
                "latitude": forms.NumberInput({**box, "min": -90, "max": 90}),
                "longitude": forms.NumberInput({**box, "min": -180, "max": 180}),
            },
            attrs,
        )

    def decompress(self, value: Point | None) -> list[float | None]:
        return [value.y, value.x] if value else [None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {**context, "tiles": json.dumps(tiles())}


class PointField(forms.MultiValueField):
    widget = PointWidget
    default_error_messages = {
        "required": _("Placez le point sur la carte, ou écrivez sa latitude et sa longitude."),
        "incomplete": _("Écrivez la latitude et la longitude."),
    }

    def __init__(self, **options: Any) -> None:
        # What a geometry column hands over is known here: a point, in degrees.
        for name in ("geom_type", "srid", "max_geom_collections"):
            options.pop(name, None)
        super().__init__(
            fields=(
                forms.FloatField(min_value=-90, max_value=90),
                forms.FloatField(min_value=-180, max_value=180),
            ),
            **options,
        )

    def compress(self, data_list: list[float]) -> Point | None:
        if not data_list:
            return None
        latitude, longitude = data_list
        return Point(longitude, latitude, srid=4326)


@dataclass(frozen=True)
class Circle:
    """So many, around a point, and what to say of them."""

    centre: Point
    count: int
    words: str


def map_to_look_at(name: str, *, outline: str = "", point: Point | None = None) -> SafeString:
    """A map that only shows: a contour as GeoJSON, a point, or both. `name` says what it shows."""
    shapes: list[Any] = [json.loads(outline)] if outline else []
    if point:
        shapes.append({"type": "Point", "coordinates": point.coords})
    return _map(name, shapes)


def map_of_circles(name: str, circles: list[Circle]) -> SafeString:
    """A map that only shows: a circle for each place, as large as it counts."""
    shapes = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": circle.centre.coords},
            "properties": {"count": circle.count, "words": circle.words},
        }
        for circle in circles
    ]
    return _map(name, shapes)


def _map(name: str, shapes: list[Any]) -> SafeString:
    return format_html(
        '<div class="admin-map" role="group" data-shapes="{}" data-tiles="{}" aria-label="{}">'
        "</div>",
        json.dumps(shapes),
        json.dumps(tiles()),
        name,
    )


def tiles() -> dict[str, str]:
    """The layer of tiles that the installation chose, if any."""
    basemap = settings.BASEMAPS.get(settings.BASEMAP)
    return {"url": basemap["url"], "attribution": basemap["attribution"]} if basemap else {}
