"""GeoJSON (RFC 7946): the same rows, as features."""

from typing import Any

from django.contrib.gis.geos import Point
from rest_framework.renderers import JSONRenderer

Geometry = dict[str, Any]


class GeoJSONRenderer(JSONRenderer):
    media_type = "application/geo+json"
    format = "geojson"


def point_geometry(point: Point | None) -> Geometry | None:
    return {"type": "Point", "coordinates": [point.x, point.y]} if point else None


def feature(key: Any, geometry: Geometry | None, properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}
