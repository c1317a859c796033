import json
import re

import pytest
from django.utils.html import escape
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator
from pyogrio.raw import read

from portail.api.examples import EXAMPLES
from portail.api.views import openapi_document
from solos.enums import PublicField, SoloState
from tests.factories import (
    BookingFactory,
    CommuneContourFactory,
    CommuneFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    OpeningHoursFactory,
    PictureFactory,
    SoloFactory,
    SpaceFactory,
    TelecentreFactory,
    TerritoryFactory,
    UserFactory,
)


@pytest.fixture
def everything(territory):
    """Of each kind of row, a full one and a bare one."""
    foix = CommuneFactory(foix=True)
    CommuneContourFactory(commune=foix)
    FormerCommuneFactory(successor=foix)
    bare = CommuneFactory(insee_code="09001", epci=None, population=None, area_ha=None, centre=None)
    HostVillageFactory(
        territory=territory, commune=foix, slug="foix", photo=PictureFactory(territory=territory)
    )
    HostVillageFactory(territory=territory, commune=bare)
    telecentre = TelecentreFactory(
        territory=territory, slug="cap-delta", commune=foix, takes_bookings=True
    )
    space = SpaceFactory(telecentre=telecentre)
    OpeningHoursFactory(telecentre=telecentre)
    SoloFactory(territory=territory, slug="ana", commune=foix, published=True, email="a@exemple.fr")
    SoloFactory(territory=territory, state=SoloState.PUBLISHED, published_fields=[PublicField.NAME])
    waiting = {"state": "requested", "answer_before": "2027-02-28T10:00Z"}
    booking = BookingFactory(space=space, reference="ANA23456", **waiting)
    BookingFactory(space=SpaceFactory(telecentre=telecentre), holder=booking.holder)
    return booking.holder


@pytest.fixture
def reader(client, everything):
    """Signed in: what is one's own opens, what is public is the same."""
    client.force_login(everything)
    return client


KEYS = {
    "/api/v1/communes/{insee_code}/": {"insee_code": "09122"},
    "/api/v1/villages/{slug}/": {"slug": "foix"},
    "/api/v1/telecentres/{slug}/": {"slug": "cap-delta"},
    "/api/v1/telecentres/{slug}/availability/": {"slug": "cap-delta"},
    "/api/v1/solos/{slug}/": {"slug": "ana"},
    "/api/v1/bookings/{reference}/": {"reference": "ANA23456"},
}
OWN = ["/api/v1/bookings/", "/api/v1/bookings/{reference}/"]
ACTS = ["/api/v1/bookings/{reference}/cancel/", "/api/v1/bookings/{reference}/move/"]
PATHS = [
    "/api/v1/communes/",
    "/api/v1/communes/{insee_code}/",
    "/api/v1/solos/",
    "/api/v1/solos/{slug}/",
    "/api/v1/telecentres/",
    "/api/v1/telecentres/{slug}/",
    "/api/v1/telecentres/{slug}/availability/",
    "/api/v1/villages/",
    "/api/v1/villages/{slug}/",
]
DRAWN = [path for path in PATHS if "availability" not in path]
READ = [*OWN, *PATHS]


def test_root_leads_everywhere(client, territory):
    answer = client.get("/api/v1/").json()

    at = "http://testserver/api/v1/"
    assert answer == {
        "territory": {"slug": "ariege", "name": "Ariège"},
        "communes": f"{at}communes/",
        "villages": f"{at}villages/",
        "telecentres": f"{at}telecentres/",
        "bookings": f"{at}bookings/",
        "solos": f"{at}solos/",
        "schema": f"{at}schema/",
        "page": f"{at}schema/page/",
    }
    client.force_login(UserFactory())
    links = [link for link in answer.values() if isinstance(link, str)]
    assert [client.get(link).status_code for link in links] == [200] * 7


def test_root_names_the_territory_of_the_host_name(client, territory):
    TerritoryFactory(name="Gers", slug="gers", host_name="gers.localhost")

    answer = client.get("/api/v1/", HTTP_HOST="gers.localhost").json()

    assert answer["territory"] == {"slug": "gers", "name": "Gers"}
    assert answer["solos"] == "http://gers.localhost/api/v1/solos/"


def test_address_without_its_slash_is_led_to_it(client, territory):
    answer = client.get("/api/v1/communes")

    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/communes/")


@pytest.mark.parametrize("address", ["/api/v1/rien/", "/api/v1/solos/a/b/", "/api/v1/communes/a/b"])
def test_address_unknown_is_404_in_json(client, territory, address):
    answer = client.get(address, follow=True)

    assert answer.status_code == 404
    assert answer.json() == {"detail": "Il n’y a rien de public à cette adresse."}


def test_schema_is_valid_openapi_and_describes_every_address():
    document = json.loads(json.dumps(openapi_document()))

    validate_schema(document)
    assert document["openapi"] == "3.1.1"
    methods = {path: list(described) for path, described in document["paths"].items()}
    assert [path for path in PATHS if methods.pop(path) != ["get"]] == []
    assert methods == {OWN[0]: ["get", "post"], OWN[1]: ["get"]} | {act: ["post"] for act in ACTS}


def test_schema_is_served_as_json_or_yaml(client, territory):
    asked = [("", "application/json"), ("?format=yaml", "application/yaml; charset=utf-8")]

    for query, content_type in asked:
        answer = client.get(f"/api/v1/schema/{query}")
        assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
        assert b"/api/v1/communes/" in answer.content


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        *((path, "application/json") for path in READ),
        *((path, "application/geo+json") for path in DRAWN),
    ],
)
def test_answer_is_what_the_schema_says(reader, path, media_type):
    document = json.loads(json.dumps(openapi_document()))
    described = document["paths"][path]["get"]["responses"]["200"]["content"][media_type]["schema"]

    answer = reader.get(path.format(**KEYS.get(path, {})), HTTP_ACCEPT=media_type)

    assert answer["Content-Type"] == media_type
    validator = Draft202012Validator({**described, "components": document["components"]})
    assert [error.message for error in validator.iter_errors(answer.json())] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/solos/x/", 404), ("/api/v1/communes/?bbox=1", 400), ("/api/v1/bookings/", 403)],
)
def test_refusal_is_what_the_schema_says(client, everything, path, status):
    document = json.loads(json.dumps(openapi_document()))

    answer = client.get(path)

    assert answer.status_code == status
    error = {**document["components"]["schemas"]["Error"], "components": document["components"]}
    Draft202012Validator(error).validate(answer.json())


@pytest.mark.parametrize("path", READ)
def test_schema_names_every_parameter_and_no_other(reader, path):
    described = openapi_document()["paths"][path]["get"]["parameters"]
    names = sorted(one["name"] for one in described if one["in"] == "query")

    refusal = reader.get(path.format(**KEYS.get(path, {})) + "?unknown=1").json()

    assert refusal["errors"]["unknown"][0].endswith(f": {', '.join(names)}.")


@pytest.mark.parametrize(
    ("address", "geometry_type", "count"),
    [
        ("/api/v1/communes/?format=geojson", "Point", 3),
        ("/api/v1/communes/?format=geojson&geometry=contour", "MultiPolygon", 3),
        ("/api/v1/villages/?format=geojson", "Point", 2),
        ("/api/v1/telecentres/?format=geojson", "Point", 1),
        ("/api/v1/solos/?format=geojson", "Point", 2),
    ],
)
def test_geojson_is_read_by_gdal(client, everything, address, geometry_type, count):
    meta, _ids, geometries, _fields = read(client.get(address).content)

    assert (meta["geometry_type"], meta["crs"]) == (geometry_type, "EPSG:4326")
    assert len(geometries) == count


def test_page_lists_every_address_for_people(client, territory):
    answer = client.get("/api/v1/schema/page/")

    assert answer.status_code == 200
    page = answer.content.decode()
    assert [path for path in READ if f"GET {path}" not in page] == []
    assert [path for path in [OWN[0], *ACTS] if f"POST {path}" not in page] == []
    assert "unsafe" not in answer["Content-Security-Policy"]


def _fields(part, path=""):
    """Each field of each schema, wherever it stands: where, and what is said of it."""
    if isinstance(part, list):
        for each in part:
            yield from _fields(each, path)
    elif isinstance(part, dict):
        properties = part.get("properties")
        if part.get("type") in ("object", ["object", "null"]) and properties:
            for name, field in properties.items():
                yield f"{path}.{name}", field.get("description", "")
        for name, each in part.items():
            yield from _fields(each, f"{path}.{name}")


def test_schema_says_of_each_field_what_it_is():
    document = json.loads(json.dumps(openapi_document()))

    said = dict(_fields(document))

    assert len(said) > 150
    # The choices of a field come after what it is.
    first = {path: words.partition("\n\n* ")[0] for path, words in said.items()}
    assert [path for path, words in first.items() if not words.endswith(".")] == []


def test_schema_describes_each_answer():
    document = openapi_document()

    answers = [
        (path, status, answer)
        for path, methods in document["paths"].items()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
    ]
    assert [answer for answer in answers if not answer[2]["description"]] == []
    kept = [(path, list(answer["headers"])) for path, _, answer in answers if "headers" in answer]
    assert kept == [(OWN[0], ["Location"]), *((path, ["ETag"]) for path in sorted(PATHS))]
    unchanged = [path for path, status, _ in answers if status == "304"]
    assert unchanged == sorted(PATHS)


def test_schema_speaks_english_and_its_page_french(client, territory):
    document = client.get("/api/v1/schema/").json()

    assert document["info"]["description"].startswith("Open data of a territory")
    assert "bookings" in document["info"]["description"]
    assert (
        document["paths"]["/api/v1/communes/"]["get"]["summary"] == "The communes of the territory"
    )
    assert "<h3>Les communes du territoire</h3>" in client.get("/api/v1/schema/page/").text


def test_page_tells_open_data_first_and_how_one_signs_in(client, territory):
    page = client.get("/api/v1/schema/page/").text

    opened, _, own = page.partition('<h2 id="own">')
    assert (opened.count("GET /api/v1/"), opened.count("bookings/")) == (9, 0)
    assert (own.count("GET /api/v1/"), own.count("POST /api/v1/")) == (2, 3)
    assert "<code>/compte/connexion/</code>" in own


@pytest.mark.parametrize("path", EXAMPLES)
def test_page_shows_a_request_and_its_answer(client, territory, path):
    page = client.get("/api/v1/schema/page/").text

    assert escape(EXAMPLES[path]) in page
    address = path.format(slug="telecentre-cap-delta")
    query = "?kind=desk&amp;day=2027-03-01" if "{" in path else "?page_size=1"
    assert f"http://testserver{address}{query}&quot;" in page


@pytest.mark.parametrize("path", EXAMPLES)
def test_example_has_no_field_that_the_schema_has_not(path):
    document = openapi_document()
    names = {
        name
        for schema in document["components"]["schemas"].values()
        for name in schema.get("properties", {})
    }

    json.loads(EXAMPLES[path])
    assert set(re.findall(r'"(\w+)":', EXAMPLES[path])) - names == set()
