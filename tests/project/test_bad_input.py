"""Whatever is sent, the site answers with a 4xx or a page: never a 500, never slowly.

`make test` sends a small sample of the corpus; `make trust` a large one.
"""

import random
import time
from collections.abc import Iterable

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from telecentres.enums import SpaceKind
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    EventFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    NewsItemFactory,
    PageFactory,
    ProgrammeFactory,
    SoloFactory,
    SpaceFactory,
    TelecentreFactory,
)
from tests.project import hostile, matrix

Request = tuple[str, str]  # a path and a query, as they travel
SLOW = 2.0  # seconds
# All that could be sent is some 400,000 requests: `make trust` sends so many of them.
MANY = 20_000

OWN_PROFILE_PAGES = ("", "apercu/", "confirmer/", "masquer/", "publier/", "retirer/")
ALERT_PAGES = ("arreter/", "confirmer/")

BOOKABLE = {"telecentre__takes_bookings": True, "kind": SpaceKind.DESK}


@pytest.fixture
def site(territory):
    """A site with something at every address."""
    foix = CommuneFactory(foix=True)
    CommuneContourFactory(commune=foix)
    FormerCommuneFactory(successor=foix)
    HostVillageFactory(territory=territory, commune=foix, slug="foix")
    telecentre = TelecentreFactory(territory=territory, commune=foix, slug="foix")
    SpaceFactory(telecentre=telecentre, arrival_secret="foix")
    # Where one books: its slug is also the word of a kind of space.
    SpaceFactory(telecentre__territory=territory, telecentre__slug="poste", **BOOKABLE)
    SoloFactory(territory=territory, commune=foix, slug="foix", published=True, **matrix.REACHED)
    EventFactory(territory=territory, slug="foix")
    PageFactory(territory=territory, slug="foix")
    PageFactory(territory=territory, slug="presse", kind="press")
    NewsItemFactory(territory=territory, slug="foix")
    ProgrammeFactory(slug="foix", territories=[territory])


def failures(client: Client, requests: Iterable[Request], **headers: str) -> list[str]:
    """The requests that the site did not survive, or only slowly."""
    failed = []
    for path, query in requests:
        status, seconds = answered(client, path, query, headers)
        if seconds > SLOW:  # once more: the machine may have been busy elsewhere
            status, seconds = answered(client, path, query, headers)
        if status >= 500 or seconds > SLOW:
            failed.append(f"{status} {seconds:.1f}s {path}?{query}"[:300])
    return failed


def answered(client: Client, path: str, query: str, headers: dict[str, str]) -> tuple[int, float]:
    started = time.perf_counter()
    answer = client.get(path, QUERY_STRING=query, **headers)
    return answer.status_code, time.perf_counter() - started


@pytest.fixture
def stranger(site) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def member_of_staff(site, officer) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


def key_of(address: hostile.Address) -> str:
    if any(word in address.template for word in ("reserver", "semaine", "availability")):
        return "poste"
    return "09122" if "communes" in address.template else "foix"


def queries() -> list[Request]:
    """Every parameter of the site with every value, at every address."""
    values = [*hostile.VALUES, *hostile.LONG_VALUES]
    return [
        (address.at(key_of(address)), f"{name}={value}")
        for address in hostile.addresses()
        for name in hostile.parameters()
        for value in values
    ]


def keys() -> list[Request]:
    """Every address with every key."""
    return [
        (address.at(key), "")
        for address in hostile.addresses()
        if address.has_key
        for key in hostile.SEGMENTS
    ]


def sample(requests: list[Request], count: int) -> list[Request]:
    return random.Random(2026).sample(requests, min(count, len(requests)))


def test_addresses_and_parameters_are_found():
    """Control: the corpus covers what it says."""
    templates = {address.template for address in hostile.addresses()}

    assert {
        "/",
        "/en/",
        "/annuaire/{}/",
        "/en/communes/{}/",
        "/api/v1/communes/",
        "/api/v1/solos/{}/",
        "/media/{}",
        "/healthz",
    } <= templates
    assert not any(template.startswith("/gestion/") for template in templates)
    assert {"q", "page", "bbox", "cursor", "sector", "secteur", "lieu"} <= set(hostile.parameters())


def test_failure_is_seen(stranger, settings):
    """Control: without the guard, a NUL in a cookie is a 500."""
    nul = 'sessionid="aaaaaaaaaa\\000"'
    assert failures(stranger, [("/annuaire/", "")], HTTP_COOKIE=nul) == []

    guard = "config.middleware.RefuseMalformedInput"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != guard]

    unguarded = Client(raise_request_exception=False)
    failed = failures(unguarded, [("/annuaire/", "")], HTTP_COOKIE=nul)
    assert [line[:3] for line in failed] == ["500"]


def test_every_address_answers(stranger):
    """The corpus knocks at doors that open: what refuses plain requests would hide failures."""
    closed = {
        address.template: status
        for address in hostile.addresses()
        if (status := stranger.get(address.at(key_of(address))).status_code) >= 400
    }

    both = [
        ("/agendas/{}.ics", 404),
        ("/compte/adresse/{}/{}/", 404),
        ("/compte/deconnexion/", 405),
        ("/compte/invitation/{}/", 410),
        ("/espace/comptes/recus/{}.pdf", 404),
        ("/espace/reservations/attentes/{}/quitter/", 404),
        ("/espace/reservations/rappels/", 405),
        ("/espace/reservations/{}/prendre/", 405),
        ("/espace/reservations/{}/suivantes/", 405),
        ("/reservations/{}.ics", 410),
        ("/reservations/{}/", 410),
        ("/reservations/{}/confirmer/", 410),
        ("/telecentres/{}/reserver/{}/attendre/", 405),
        ("/telecentres/{}/reserver/{}/deplacer/", 405),
        *((f"/alertes/{{}}/{page}", 410) for page in ALERT_PAGES),
        *((f"/ma-fiche/{{}}/{page}", 410) for page in OWN_PROFILE_PAGES),
    ]
    refused = {f"{prefix}{path}": status for prefix in ("", "/en") for path, status in both}
    own = {f"/api/v1/bookings/{page}": 403 for page in ("", "{}/", "{}/cancel/", "{}/move/")}
    assert closed == {"/api/v1/{}/": 404, "/media/{}": 404, **own, **refused}


def test_hostile_queries_are_survived(stranger):
    assert failures(stranger, sample(queries(), 600)) == []


def test_hostile_keys_are_survived(stranger):
    assert failures(stranger, sample(keys(), 300)) == []


@pytest.mark.parametrize("name", sorted(hostile.HEADERS))
def test_hostile_headers_are_survived(stranger, name):
    paths = ["/", "/annuaire/", "/carte/", "/api/v1/solos/", "/gestion/login/", "/media/x", "/rien"]

    for value in hostile.HEADERS[name]:
        assert failures(stranger, [(path, "") for path in paths], **{name: value}) == []


@pytest.mark.parametrize("host", hostile.HOSTS)
@pytest.mark.parametrize("path", ["/", "/annuaire/", "/api/v1/", "/gestion/", "/healthz", "/rien"])
def test_hostile_host_is_400(stranger, host, path):
    answer = stranger.get(path, HTTP_HOST=host)

    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/api/v1/"])
def test_forwarded_host_is_not_believed(stranger, path):
    answer = stranger.get(path, HTTP_X_FORWARDED_HOST="evil.example")

    assert answer.status_code == 200
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "head", "trace"])
def test_hostile_methods_are_survived(stranger, method):
    bodies = [
        ({}, "application/json"),
        (b"\xff\x00", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"a=%00", "application/x-www-form-urlencoded"),
        (b"a&" * 1_500, "application/x-www-form-urlencoded"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"--x", "multipart/form-data; boundary=" + "x" * 100),
    ]
    failed = []
    for address in hostile.addresses():
        for body, content_type in bodies[: 1 if method in {"head", "trace"} else None]:
            sent = {"data": body, "content_type": content_type}
            answer = getattr(stranger, method)(
                address.at(key_of(address)), **({} if method in {"head", "trace"} else sent)
            )
            if answer.status_code >= 500:
                failed.append((answer.status_code, address.template, content_type))

    assert failed == []


@pytest.mark.parametrize("year", ["99999999999999999999", "-9223372036854775809", "0", "x"])
def test_office_year_of_no_calendar_is_refused(member_of_staff, year):
    answer = member_of_staff.get("/gestion/accueil/event/", {"starts_at__year": year})

    assert answer.status_code in {302, 400}


@pytest.mark.trust
def test_many_hostile_queries_are_survived(stranger):
    assert failures(stranger, sample(queries(), MANY)) == []


@pytest.mark.trust
def test_every_hostile_key_is_survived(stranger):
    assert failures(stranger, keys()) == []


def office_lists() -> list[tuple[str, list[str]]]:
    """Every list of the office, with the parameters it reads."""
    lists = []
    for model, options in admin.site._registry.items():
        filters = [one for one in options.list_filter if isinstance(one, str)]
        names = ["q", "p", "o", "e", "all", "_changelist_filters", "pk", "id", "territory"]
        names += [f"{one}__exact" for one in filters] + [f"{one}__id__exact" for one in filters]
        if options.date_hierarchy:
            names += [f"{options.date_hierarchy}__{part}" for part in ("year", "month", "day")]
        meta = model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        lists.append((address, names))
    return lists


def office_queries() -> list[Request]:
    values = [*hostile.VALUES, *hostile.LONG_VALUES]
    return [
        (address, f"{name}={value}")
        for address, names in office_lists()
        for name in names
        for value in values
    ]


def test_hostile_office_queries_are_survived(member_of_staff):
    assert failures(member_of_staff, sample(office_queries(), 150)) == []


@pytest.mark.trust
def test_many_hostile_office_queries_are_survived(member_of_staff):
    assert failures(member_of_staff, sample(office_queries(), MANY // 4)) == []


@pytest.mark.trust
def test_many_hostile_office_keys_are_survived(member_of_staff):
    requests = [
        (f"{address}{key}{end}", "")
        for address, _names in office_lists()
        for key in hostile.SEGMENTS
        for end in ("/change/", "/delete/", "/history/", "/")
    ]

    assert failures(member_of_staff, sample(requests, MANY // 10)) == []
