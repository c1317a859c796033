"""What drf-spectacular cannot guess of our answers, added to the OpenAPI document."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

JSON = "application/json"
GEOJSON = "application/geo+json"

GEOMETRY: Schema = {
    "type": ["object", "null"],
    "description": "Where it is, after RFC 7946; null if nothing may be drawn.",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {
            "type": "string",
            "enum": ["Point", "MultiPolygon"],
            "description": "A contour if it was asked for, else a point.",
        },
        "coordinates": {
            "type": "array",
            "items": {},
            "description": "Longitude first, in degrees of WGS 84 (SRID 4326).",
        },
    },
}
ERROR: Schema = {
    "type": "object",
    "required": ["detail"],
    "properties": {
        "detail": {
            "type": "string",
            "description": "What is wrong, in French, or in English if Accept-Language prefers it.",
        },
        "errors": {
            "type": "object",
            "description": "The same by parameter or field, when one of them is wrong.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "alternatives": {
            "type": "array",
            "description": "Of a booking refused: the nearest moments that are free.",
            "items": {"$ref": "#/components/schemas/Slot"},
        },
    },
}
SLOT: Schema = {
    "type": "object",
    "required": ["starts_at", "ends_at"],
    "properties": {
        "starts_at": {"type": "string", "format": "date-time", "description": "Its beginning."},
        "ends_at": {"type": "string", "format": "date-time", "description": "Its end."},
    },
}
ETAG: Schema = {
    "description": "Send it back as it came in If-None-Match: 304 if nothing changed since. Weak"
    ' (`W/"…"`) when the answer is compressed.',
    "schema": {"type": "string"},
}
LOCATION: Schema = {
    "description": "The address of what was made.",
    "schema": {"type": "string", "format": "uri"},
}
UNCHANGED: Schema = {"description": "nothing changed since the ETag sent in If-None-Match"}
REFUSED: Schema = {JSON: {"schema": {"$ref": "#/components/schemas/Error"}}}


def complete(result: Schema, **_kwargs: Any) -> Schema:
    """A postprocessing hook: GeoJSON and errors in; our notes to developers out."""
    schemas = result["components"]["schemas"]
    schemas |= {"Error": ERROR, "Slot": SLOT}
    for schema in schemas.values():
        # Of a choice, it names the values; of a serializer, it is the docstring.
        if "enum" not in schema:
            schema.pop("description", None)
        for field in schema.get("properties", {}).values():
            # The label of a form, where one label serves many: « nom » of a person, of a commune.
            field.pop("title", None)
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            operation.pop("description", None)
            _add_map(operation, schemas)
            _tell_answer(method, operation, schemas)
            for status, words in _refusals(path, method, operation):
                operation["responses"][status] = {"content": REFUSED, "description": words}
    return result


def _add_map(operation: Schema, schemas: Schema) -> None:
    content = next(iter(operation["responses"].values()))["content"]
    if GEOJSON in content:
        content[GEOJSON]["schema"] = _drawn(content[JSON]["schema"], schemas)


def _tell_answer(method: str, operation: Schema, schemas: Schema) -> None:
    status, answer = next(iter(operation["responses"].items()))
    name = answer["content"][JSON]["schema"]["$ref"].rpartition("/")[2]
    if method == "post":
        answer["description"] = "it is made" if status == "201" else "it is done: as it is now"
        if status == "201":
            answer["headers"] = {"Location": LOCATION}
        return
    is_list = "results" in schemas[name]["properties"]
    answer["description"] = "a page of the list" if is_list else "what there is at this address"
    if operation["security"] == [{}]:
        answer["headers"] = {"ETag": ETAG}
        operation["responses"]["304"] = UNCHANGED


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
    links = {name: component["properties"][name] for name in ("next", "previous")}
    return {
        "type": "object",
        "required": ["type", "next", "previous", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"], "description": "RFC 7946."},
            **links,
            "features": {
                "type": "array",
                "description": "The page, in order.",
                "items": _feature(component["properties"]["results"]["items"]),
            },
        },
    }


def _feature(properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"], "description": "RFC 7946."},
            "id": {"type": "string", "description": "Its key, as in its address."},
            "geometry": GEOMETRY,
            "properties": {"allOf": [properties], "description": "The object that JSON gives."},
        },
    }
