"""A page of the directory, text and commune asked for, 20 people: as JSON, then as HTML.

Every way but the limit of JSON goes through the whole stack, middlewares included, in this
process: no network, no server. Nothing is kept between two requests, except where a way says so.
The limit of JSON is the API's own statement, bare.
"""

import json
import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import override_settings
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.pagination import PageNumberPagination

from bench.measuring import Goal, Race, Scale, Way
from config import urls as site
from solos.api.listing import Asked, page_statement
from solos.api.serializers import SoloSerializer
from solos.api.views import SoloList
from solos.domain.asking import PARAMETERS, search_address
from solos.domain.directory import RADII, DirectoryFilters, browse_directory
from solos.models import Sector, Solo, Trade
from solos.querysets import MOST_RANKED
from territoires.api.public import territory_of
from territoires.domain.communes_import import import_communes
from territoires.models import Department, Territory

TITLE = "Page de l’annuaire"
ARIEGE = Path(__file__).parents[1] / "territoires" / "data" / "communes-09.geojson"
REQUESTS = 40
ASKED = {"q": "menuiserie", "commune": "09122"}
JSON, NAIVE_JSON = "/api/v1/solos/", "/naif/api/"
HTML, NAIVE_HTML = "/annuaire/", "/naif/annuaire/"
# How many times the limit we may take, by the number of solos: 0.40 and 0.85 of it.
LIMITS = {10_000: 2.5, 100_000: 1.18}
NOTHING_KEPT = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
KEPT = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# One in four lives in Foix, one in ten says "menuiserie", one in five keeps something private.
SOLOS = """
SELECT setseed(0.5);
INSERT INTO solos_solo (
    territory_id, slug, first_name, last_name, trade_name, status, trade_id, commune_id, skills,
    languages, presentation, website, phone, email, work_place, offers, seeks, arrived_in,
    came_from, state, published_fields, open_fields, created_at, updated_at, accepts_messages,
    takes_clients, links, siret, review_step, member_fields, team_words
)
SELECT
    %(territory)s, 'solo-' || n, 'Camille', 'Nom ' || lpad((n * 7919 %% %(count)s)::text, 6, '0'),
    'Atelier ' || n, 'independent', trades.ids[1 + n %% array_length(trades.ids, 1)],
    CASE WHEN n %% 4 = 0 THEN '09122' ELSE communes.codes[1 + n %% array_length(communes.codes, 1)]
    END,
    ARRAY['compétence ' || n %% 50, 'conseil'], ARRAY['fr', 'en'],
    repeat('Je travaille ici depuis dix ans, pour des clients de toute la France. ', 3)
        || CASE WHEN random() < 0.1 THEN 'De la menuiserie surtout.' ELSE 'Voilà.' END,
    'https://exemple.fr/' || n, '+33561000000', 'solo' || n || '@exemple.fr', 'home',
    'Un coup de main', 'Un bureau', 2000 + n %% 25, 'Toulouse', 'published',
    agreed.fields, agreed.fields, now(), now(), true, n %% 2 = 0, ARRAY[]::varchar[], '', 0,
    ARRAY[]::varchar[], ''
FROM generate_series(1, %(count)s) AS n
CROSS JOIN LATERAL (SELECT
    CASE WHEN n %% 5 = 0 THEN ARRAY['name', 'trade', 'commune', 'presentation'] ELSE ARRAY[
        'name', 'trade_name', 'status', 'trade', 'commune', 'skills', 'languages', 'presentation',
        'website', 'links', 'takes_clients', 'phone', 'email', 'work_place', 'offers', 'seeks',
        'arrived_in', 'came_from'
    ] END AS fields
) AS agreed,
    (SELECT array_agg(id ORDER BY id) AS ids FROM solos_trade) AS trades,
    (SELECT array_agg(insee_code ORDER BY insee_code) AS codes FROM territoires_commune) AS communes
"""


# ---- The naive way: the same answers, a query per row and per link ------------------------------
class NaivePages(PageNumberPagination):
    page_size = 20


class NaiveSoloList(SoloList):
    pagination_class = NaivePages  # type: ignore[assignment]

    def get_queryset(self) -> Any:
        rows = Solo.objects.in_territory(territory_of(self.request)).in_open_data()
        return rows.order_by("last_name", "first_name", "pk")

    def list(self, request: Any, *_args: Any, **_kwargs: Any) -> Any:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        described = SoloSerializer(rows, many=True, context={"request": request})
        return self.get_paginated_response(described.data)


def naive_directory(request: HttpRequest) -> HttpResponse:
    filters = DirectoryFilters(text=request.GET["q"], commune=request.GET["commune"])
    found = browse_directory(territory=request.territory, filters=filters)  # type: ignore[attr-defined]
    context = {
        "page": Paginator(found.solos.with_silhouette(), 20).get_page(1),
        "filters": filters,
        "radii": RADII,
        "alert": search_address(filters, "alert-save"),
        "csv": search_address(filters, "directory-csv"),
        "is_approximate": found.is_approximate,
        "has_more": found.has_more,
        "most": MOST_RANKED,
        "facets": [(PARAMETERS[facet.name], facet) for facet in found.facets],
        "trail": [(_("Annuaire"), "")],
    }
    return render(request, "solos/directory.html", context)


urlpatterns = [
    path("naif/api/", NaiveSoloList.as_view()),
    path("naif/annuaire/", naive_directory),
    *site.urlpatterns,
]


# ---- The races ----------------------------------------------------------------------------------
def races(scale: Scale) -> Iterator[Race]:
    logging.disable(logging.WARNING)
    territory = make_territory()
    rounds = scale.pick(small=3, full=7)
    for count in scale.pick(small=(1_000, 10_000), full=(1_000, 10_000, 100_000)):
        fill(territory, count)
        with override_settings(ROOT_URLCONF=__name__, CACHES=NOTHING_KEPT, STORAGES=_storages()):
            yield _json_race(territory, count, rounds)
            yield _html_race(count, rounds)
        with override_settings(ROOT_URLCONF=__name__, CACHES=KEPT, STORAGES=_storages()):
            yield _kept_race(count, rounds)


def _json_race(territory: Territory, count: int, rounds: int) -> Race:
    return Race(
        f"JSON, {count} solos, {REQUESTS} requêtes",
        [
            Way("l’API (la nôtre)", _times(JSON), answer=lambda: _results(JSON)),
            Way(
                "DRF naïf, une requête par ligne",
                _times(NAIVE_JSON),
                answer=lambda: _results(NAIVE_JSON),
                goal=Goal(faster=7),
            ),
            Way(
                "l’instruction SQL, nue (limite)",
                lambda: _limits(territory),
                goal=Goal(within=LIMITS.get(count)),
            ),
        ],
        rounds=rounds,
    )


def _html_race(count: int, rounds: int) -> Race:
    return Race(
        f"HTML, {count} solos, {REQUESTS} requêtes",
        [
            Way("la page (la nôtre)", _times(HTML), answer=lambda: _main(HTML)),
            Way(
                "naïf, une requête par carte", _times(NAIVE_HTML), answer=lambda: _main(NAIVE_HTML)
            ),
        ],
        rounds=rounds,
    )


def _kept_race(count: int, rounds: int) -> Race:
    """The first request of each round makes the page; the others find it."""

    def emptied(address: str) -> Callable[[], object]:
        def run() -> None:
            for _number in range(REQUESTS):
                cache.clear()
                _ask(address)

        return run

    return Race(
        f"Gardée entière, {count} solos, {REQUESTS} requêtes",
        [
            Way("page gardée", _times(HTML), cache.clear, lambda: _main(HTML)),
            Way("page refaite", emptied(HTML), answer=lambda: _main(HTML), goal=Goal(faster=3)),
            Way("JSON gardé", _times(JSON), cache.clear),
            Way("JSON refait", emptied(JSON)),
        ],
        rounds=rounds,
    )


def _times(address: str) -> Callable[[], object]:
    def run() -> None:
        for _number in range(REQUESTS):
            _ask(address)

    return run


def _ask(address: str) -> bytes:
    from config.wsgi import application  # noqa: PLC0415 - settings are read when it is imported

    started: list[str] = []

    def start(status: str, *_answer: object) -> Callable[[bytes], object]:
        started.append(status)
        return lambda _written: None

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": urlencode(ASKED),
        "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": BytesIO(b""),
        "wsgi.url_scheme": "http",
    }
    body = b"".join(application(environ, start))
    assert started == ["200 OK"], (started, body)
    return body


def _results(address: str) -> object:
    results = json.loads(_ask(address))["results"]
    assert len(results) == 20
    return results


def _main(address: str) -> str:
    """The page without its frame, which names its own address."""
    page = _ask(address).decode()
    return page[page.index("<main") : page.index("</main>")].replace(NAIVE_HTML, HTML)


def _limits(territory: Territory) -> None:
    """What PostgreSQL takes to choose and write the same rows: no request, no address, no model."""
    asked = Asked(territory, ASKED)
    statement, values = page_statement(asked, start=None, backwards=False, most=21)
    for _number in range(REQUESTS):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert len(cursor.fetchall()) == 21


# ---- The data -----------------------------------------------------------------------------------
def make_territory() -> Territory:
    import_communes(ARIEGE)
    territory = Territory.objects.create(
        name="Ariège", slug="ariege", in_name="en Ariège", is_default=True, agency_name="Bench"
    )
    territory.departments.set(Department.objects.filter(code="09"))
    for number in range(6):
        sector = Sector.objects.create(name=f"Secteur {number}", slug=f"secteur-{number}")
        for rank in range(5):
            name = f"{number}-{rank}"
            Trade.objects.create(sector=sector, name=f"Métier {name}", slug=f"metier-{name}")
    return territory


def fill(territory: Territory, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE solos_solo CASCADE")
        cursor.execute(SOLOS, {"territory": territory.pk, "count": count})
        cursor.execute("ANALYZE")


def _storages() -> dict[str, dict[str, str]]:
    """Static files by their plain names: nothing needs to be collected for a measure."""
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
