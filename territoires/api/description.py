"""What drf-spectacular cannot guess of our answers, added to the OpenAPI document."""

from collections.abc import Iterator
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
        # Of a booking refused: the nearest moments that are free.
        "alternatives": {"type": "array", "items": {"$ref": "#/components/schemas/Slot"}},
    },
}
SLOT: Schema = {
    "type": "object",
    "required": ["starts_at", "ends_at"],
    "properties": {
        "starts_at": {"type": "string", "format": "date-time"},
        "ends_at": {"type": "string", "format": "date-time"},
    },
}
REFUSED: Schema = {JSON: {"schema": {"$ref": "#/components/schemas/Error"}}}


def complete(result: Schema, **_kwargs: Any) -> Schema:
    """A postprocessing hook: GeoJSON and errors in; our notes to developers out."""
    schemas = result["components"]["schemas"]
    schemas |= {"Error": ERROR, "Slot": SLOT}
    for schema in schemas.values():
        schema.pop("description", None)
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            operation.pop("description", None)
            _add_map(operation, schemas)
            for status, words in _refusals(path, method, operation):
                operation["responses"][status] = {"content": REFUSED, "description": words}
    return result


def _add_map(operation: Schema, schemas: Schema) -> None:
    content = next(iter(operation["responses"].values()))["content"]
    if GEOJSON in content:
        content[GEOJSON]["schema"] = _drawn(content[JSON]["schema"], schemas)


def _refusals(path: str, method: str, operation: Schema) -> Iterator[tuple[str, str]]:
    yield "400", "a parameter is wrong"
    if operation["security"] != [{}]:
        yield "403", "not signed in, or the form token is missing"
    if "{" in path:
        yield "404", "nothing public here"
    if "requestBody" in operation:
        yield "415", "not JSON"
    if method == "post":
        yield "409", "taken, or no longer possible"
        yield "422", "a key that another request used"
        yield "429", "too often: see Retry-After"


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
