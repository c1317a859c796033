"""What drf-spectacular cannot guess of our answers, added to the OpenAPI document."""

from typing import Any

Schema = dict[str, Any]

JSON = "application/json"
GEOJSON = "application/geo+json"

LINK: Schema = {"type": ["string", "null"], "format": "uri"}
GEOMETRY: Schema = {
    "type": ["object", "null"],
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"type": "string", "enum": ["Point", "MultiPolygon"]},
        "coordinates": {"type": "array", "items": {}},
    },
}
ERROR: Schema = {
    "type": "object",
    "required": ["detail"],
    "properties": {
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}


def complete(result: Schema, **_kwargs: Any) -> Schema:
    """A postprocessing hook: GeoJSON and errors in; our notes to developers out."""
    schemas = result["components"]["schemas"]
    schemas["Error"] = ERROR
    for schema in schemas.values():
        schema.pop("description", None)
    for path, methods in result["paths"].items():
        operation = methods["get"]
        operation.pop("description", None)
        content = operation["responses"]["200"]["content"]
        if GEOJSON in content:
            content[GEOJSON]["schema"] = _drawn(content[JSON]["schema"], schemas)
        refused = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/Error"}}}}
        operation["responses"]["400"] = {**refused, "description": "a parameter is wrong"}
        if "{" in path:
            operation["responses"]["404"] = {**refused, "description": "nothing public here"}
    return result


def _drawn(listed: Schema, schemas: Schema) -> Schema:
    """The GeoJSON of what JSON lists: the properties of a feature are the very same object."""
    component = schemas[listed["$ref"].rpartition("/")[2]]
    if "results" not in component["properties"]:
        return _feature(listed)
    return {
        "type": "object",
        "required": ["type", "next", "previous", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "next": LINK,
            "previous": LINK,
            "features": {
                "type": "array",
                "items": _feature(component["properties"]["results"]["items"]),
            },
        },
    }


def _feature(properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": GEOMETRY,
            "properties": properties,
        },
    }
