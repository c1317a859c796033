"""The 325 communes of Ariège as a map layer: their contours, names, figures and centres.

Every way goes through the whole stack, middlewares included, in this process: no network, no
server. The naive way is the one of the textbooks, a serializer of DRF-GIS over the same simplified
contours, compressed by Django. The limit knows nothing: it hands out bytes that are in memory.
"""

import gzip
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.serializers import CharField, IntegerField, SerializerMethodField
from rest_framework_gis.fields import GeometryField
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from bench.measuring import Goal, Race, Scale, Way
from config import urls as site
from portail.domain.map_contours import contours_geojson, current_edition
from territoires.domain.communes_import import import_communes
from territoires.models import CommuneContour, Department, Territory

TITLE = "Carte d’un département"
ARIEGE = Path(__file__).parents[1] / "territoires" / "data" / "communes-09.geojson"
REQUESTS = 10
OURS, NAIVE, LIMIT = "/carte/communes.geojson", "/naif/", "/limite/"
OPENED: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


# ---- The naive way and the limit ----------------------------------------------------------------
class NaiveContour(GeoFeatureModelSerializer):  # type: ignore[misc]
    simplified = GeometryField(precision=4)
    centre = SerializerMethodField()
    name = CharField(source="commune.name")
    population = IntegerField(source="commune.population")
    density = SerializerMethodField()

    class Meta:
        model = CommuneContour
        geo_field = "simplified"
        id_field = "commune_id"
        fields = ["commune_id", "name", "population", "density", "centre"]

    def get_density(self, contour: CommuneContour) -> float | None:
        commune = contour.commune
        if commune.population is None or not commune.area_ha:
            return None
        return _rounded(commune.population * 100 / commune.area_ha, "0.1", ROUND_HALF_UP)

    def get_centre(self, contour: CommuneContour) -> dict[str, Any] | None:
        centre = contour.commune.centre
        if centre is None:
            return None
        shown = [
            _rounded(Decimal(repr(value)), "0.0001", ROUND_HALF_EVEN) for value in centre.coords
        ]
        return {"type": "Point", "coordinates": shown}


def _rounded(value: Decimal, step: str, half: str) -> float:
    """As PostgreSQL and PostGIS do: the answers must be the same to the last figure."""
    return float(value.quantize(Decimal(step), half))


class NaiveContours(ListAPIView[CommuneContour]):
    permission_classes = [AllowAny]
    serializer_class = NaiveContour
    pagination_class = None
    queryset = CommuneContour.objects.select_related("commune").order_by("pk")


in_memory: dict[str, bytes] = {}


def limit(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Encoding": "br", "ETag": '"limite"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(in_memory["br"], content_type="application/geo+json", headers=headers)


urlpatterns = [path("naif/", NaiveContours.as_view()), path("limite/", limit), *site.urlpatterns]


# ---- The races ----------------------------------------------------------------------------------
def races(scale: Scale) -> Iterator[Race]:
    logging.disable(logging.WARNING)
    territory = _territory()
    rounds = scale.pick(small=5, full=15)
    in_memory["br"] = brotli.compress(contours_geojson(territory).encode())
    edition = f"v={current_edition(territory)}"
    with override_settings(ROOT_URLCONF=__name__):
        yield _kept(edition, rounds)
        yield _already_there(edition, rounds)
        yield _made_anew(edition, rounds)


def _kept(edition: str, rounds: int) -> Race:
    return Race(
        f"Contours gardés, {REQUESTS} requêtes",
        [
            Way("gardés compressés (le nôtre)", _times(OURS, edition), answer=_answer(OURS)),
            Way("DRF-GIS", _times(NAIVE), answer=_answer(NAIVE), goal=Goal(faster=20)),
            Way("octets en mémoire (limite)", _times(LIMIT), answer=_answer(LIMIT)),
        ],
        rounds=rounds,
        note=_sizes(edition),
    )


def _already_there(edition: str, rounds: int) -> Race:
    """What a browser pays to hear that nothing changed; DRF-GIS must make it all to know."""

    def asked_again(address: str, query: str = "") -> Way:
        etag = _ask(address, query).headers["ETag"]
        return Way(address, _times(address, query, known=etag, expected="304 Not Modified"))

    ours, naive, least = asked_again(OURS, edition), asked_again(NAIVE), asked_again(LIMIT)
    ours.name, naive.name, least.name = "304 (le nôtre)", "DRF-GIS, 304", "304 nu (limite)"
    whole = Way("DRF-GIS, tout renvoyé", _times(NAIVE), goal=Goal(faster=100))
    return Race(f"Déjà là (304), {REQUESTS} requêtes", [ours, whole, naive, least], rounds=rounds)


def _made_anew(edition: str, rounds: int) -> Race:
    """The first visitor after an import: the cache is empty."""

    def first(accepted: str) -> Callable[[], object]:
        return lambda: _ask(OURS, edition, accepted=accepted)

    return Race(
        "Cache vide, une requête",
        [
            Way("SQL et brotli (le nôtre)", first("br"), cache.clear),
            Way("SQL et gzip", first("gzip"), cache.clear),
            Way("SQL sans compression", first(""), cache.clear),
            Way("DRF-GIS et gzip", lambda: _ask(NAIVE), cache.clear),
        ],
        rounds=rounds,
    )


def _sizes(edition: str) -> str:
    sizes = {
        f"{name} {encoding}": len(_ask(address, query, accepted=encoding).body)
        for name, address, query in (("nôtre", OURS, edition), ("DRF-GIS", NAIVE, ""))
        for encoding in ("br", "gzip")
    }
    with CaptureQueriesContext(connection) as queries:
        _ask(OURS, edition)
    shown = ", ".join(f"{name} {size / 1024:.1f} Ko" for name, size in sizes.items())
    return f"{shown} ; requêtes SQL, une fois gardés : {len(queries)}"


# ---- Asking -------------------------------------------------------------------------------------
class Answer:
    def __init__(self) -> None:
        self.status = ""
        self.headers: dict[str, str] = {}
        self.body = b""

    def start(self, status: str, headers: Iterable[tuple[str, str]], *_: Any) -> None:
        self.status, self.headers = status, dict(headers)


def _ask(address: str, query: str = "", *, accepted: str = "br, gzip", known: str = "") -> Answer:
    from config.wsgi import application  # noqa: PLC0415 - settings are read when it is imported

    answer = Answer()
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": accepted,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": BytesIO(b""),
        "wsgi.url_scheme": "http",
    }
    if known:
        environ["HTTP_IF_NONE_MATCH"] = known
    answer.body = b"".join(application(environ, answer.start))  # type: ignore[arg-type]
    return answer


def _times(
    address: str, query: str = "", *, known: str = "", expected: str = "200 OK"
) -> Callable[[], object]:
    def run() -> None:
        for _number in range(REQUESTS):
            answer = _ask(address, query, known=known)
            assert answer.status == expected, answer.status

    return run


def _answer(address: str) -> Callable[[], object]:
    """Whatever the order of its keys and its compression."""

    def read() -> object:
        answer = _ask(address)
        opened = OPENED[answer.headers["Content-Encoding"]](answer.body)
        features = json.loads(opened)["features"]
        assert len(features) == 325
        said = [[row["id"], row["properties"], row["geometry"]] for row in features]
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]

    return read


def _territory() -> Territory:
    import_communes(ARIEGE)
    territory = Territory.objects.create(
        name="Ariège", slug="ariege", in_name="en Ariège", is_default=True, agency_name="Bench"
    )
    territory.departments.set(Department.objects.filter(code="09"))
    return territory
