"""What is held of people is read by those it is for, and by nobody else, whatever the address."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from registre.domain.register import personal_models
from registre.enums import Audience
from solos.api import listing
from solos.api.serializers import SoloSerializer
from solos.enums import PublicField, SoloState
from solos.models import Solo
from tests.factories import SoloFactory, TerritoryGrantFactory, UserFactory
from tests.project import hostile, matrix
from tests.project.sentinels import Finder, Mark, can_be_marked, columns, plant
from tests.registre.someone import make_someone

# What stands under no agreement of its own: whoever is in the directory has a name, and a date.
NAME = {
    "solos.Solo.first_name", "solos.Solo.last_name", "solos.Solo.slug", "solos.Solo.verified_on",
}  # fmt: skip


@dataclass
class Site:
    marks: list[Mark]
    rows: dict[str, models.Model]  # marked, by their list
    slug: str
    neighbours: matrix.World

    def __post_init__(self) -> None:
        self.finder = Finder(self.marks)


@pytest.fixture
def site(territory):
    """Someone in the directory under their name alone; all the rest is held of them."""
    make_someone(territory)
    marks = plant()
    Solo.objects.filter(state=SoloState.PUBLISHED).update(
        published_fields=[PublicField.NAME], open_fields=[PublicField.NAME]
    )
    rows = {
        model._meta.label_lower: row
        for model in admin.site._registry
        if (row := model._base_manager.order_by("pk").first())
    }
    slug = rows["solos.solo"].slug
    return Site(marks, rows, slug, matrix.make_world(matrix.other_territory()))


# ---- What is asked ----------------------------------------------------------------------------
def renderings(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Every address of the API in every format that it speaks."""
    for entry in resolver.url_patterns:
        path = prefix + hostile._plain(entry)
        if isinstance(entry, URLPattern):
            view = getattr(entry.callback, "cls", None)
            for renderer in getattr(view, "renderer_classes", []):
                yield f"{path}?format={renderer.format}"
        elif not hasattr(entry.pattern, "prefix_default_language"):
            yield from renderings(entry, path)


def public_pages(site: Site) -> list[str]:
    """Each address as it is, and with a key of someone’s or of a place’s."""
    templates = {one.template for one in hostile.addresses()} | set(renderings(get_resolver()))
    keys = [site.slug, "09122", "ici"]
    return sorted({one.replace("{}", key) for one in templates for key in keys})


def office_pages(site: Site) -> list[str]:
    pages = [one for one in matrix.templates() if one.startswith("/gestion/")]
    rows = site.neighbours.rows | site.rows
    one_a_column = {mark.column: mark for mark in site.marks}.values()
    return [matrix.address(one, rows) for one in pages] + [
        f"/gestion/{mark.model._meta.label_lower.replace('.', '/')}/?q={mark.seen_as[0]}"
        for mark in one_a_column
        if mark.model._meta.label_lower in site.rows
    ]


def choices() -> list[str]:
    return [
        f"/gestion/autocomplete/?app_label={model._meta.app_label}"
        f"&model_name={model._meta.model_name}&field_name={field.name}&term="
        for model in personal_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]


def exports(site: Site) -> list[str]:
    return [f"/gestion/{label.replace('.', '/')}/export/" for label in site.rows]


def seen(site: Site, client: Client, pages: list[str], **headers: str) -> dict[str, set[str]]:
    """By column, the pages where its mark is read; what was asked and comes back is no leak."""
    found: dict[str, set[str]] = {}
    for page in pages:
        is_export = page.endswith("/export/")
        data = {"format": "1", "resource": "0"}
        answer = client.post(page, data) if is_export else client.get(page, **headers)
        assert answer.status_code < 500, page
        text = b"".join(answer).decode(errors="replace") + str(answer.headers)
        for mark in site.finder.found(text) - site.finder.found(page):
            found.setdefault(mark.column, set()).add(page)
    return found


# ---- The marks themselves ---------------------------------------------------------------------
def test_every_personal_column_that_can_hold_a_mark_has_one(site):
    """Control: what goes without is a choice, a yes or no, a link to a row, or a session's key."""
    untold = {
        f"{model._meta.label}.{name}"
        for model, flags in personal_models().items()
        for name in flags.personal
        if not can_be_marked(model._meta.get_field(name))
    }
    every = {
        f"{model._meta.label}.{name}"
        for model, flags in personal_models().items()
        for name in flags.personal
    }

    assert every - columns(site.marks) - untold == {"sessions.Session.session_key"}
    assert len(columns(site.marks)) > 100


# ---- The public -------------------------------------------------------------------------------
def test_visitor_reads_what_was_agreed_to_alone(site):
    assert seen(site, Client(), public_pages(site)).keys() == NAME


def test_parts_of_pages_show_no_more(site):
    found = seen(site, Client(), public_pages(site), HTTP_HX_REQUEST="true")

    assert found.keys() == NAME


def test_member_reads_no_more_of_others(site):
    client = site.neighbours.clients["member"]
    theirs = [one for one in matrix.templates() if one.startswith("/espace/")]

    assert seen(site, client, [*public_pages(site), *theirs]).keys() == NAME


def test_member_here_reads_what_is_opened_to_members(site):
    here = Solo.objects.get(slug=site.slug)
    here.member_fields = [PublicField.PHONE]
    here.save()
    member = SoloFactory(territory=here.territory, user=UserFactory(), state=SoloState.INVITED)
    client = Client()
    client.force_login(member.user)

    found = seen(site, client, ["/espace/", "/espace/annuaire/", f"/espace/annuaire/{here.slug}/"])

    assert found.keys() == NAME | {"solos.Solo.phone"}


def test_whoever_is_hidden_is_read_nowhere(site):
    Solo.objects.update(state=SoloState.HIDDEN)

    assert seen(site, Client(), public_pages(site)) == {}


def test_all_is_read_once_it_is_agreed_to(site):
    """Control: the marks would be found, if they were there."""
    Solo.objects.update(published_fields=list(PublicField), open_fields=list(PublicField))

    found = seen(site, Client(), public_pages(site))

    public = {mark for mark in site.marks if mark.audience == Audience.PUBLIC}
    shown = {mark.column for mark in public if mark.model is Solo}
    # A language is shown by its name, and a mark has none.
    assert found.keys() == shown - {"solos.Solo.languages"}


def test_field_published_by_hand_is_found(site, monkeypatch):
    """Control: pages that don't ask whether they may, an API and its list with one field more."""
    monkeypatch.setattr(Solo, "shows", lambda *_: True)
    shown = SoloSerializer.to_representation
    monkeypatch.setattr(
        SoloSerializer,
        "to_representation",
        lambda one, solo: shown(one, solo) | {"home": solo.household_size},
    )

    listed = f"{listing._DESCRIBED}, 'home', page.household_size"
    monkeypatch.setattr(listing, "_DESCRIBED", listed)

    found = seen(site, Client(), public_pages(site))

    api = {"/api/v1/solos/", "/api/v1/solos/?format=geojson"}
    assert found["solos.Solo.household_size"] >= api
    assert found["solos.Solo.came_from"] >= {f"/annuaire/{site.slug}/"}


# ---- The search -------------------------------------------------------------------------------
def brought_up(site: Site, client: Client, page: str, text: str) -> set[str]:
    """The columns that a page shows for these words, and for others not."""
    usual = seen(site, client, [f"{page}?q=introuvable"]).keys()
    return seen(site, client, [f"{page}?q={text}"]).keys() - usual


def found_by_search(site: Site, client: Client, marks: list[Mark]) -> set[str]:
    """The columns whose mark, looked for, brings up someone; where a name does."""
    # Of who is published: their possible double is not.
    published = Solo.objects.get(slug=site.slug).first_name
    [name] = [
        mark
        for mark in site.marks
        if mark.column == "solos.Solo.first_name" and published in mark.seen_as
    ]
    pages = {page.partition("?")[0] for page in public_pages(site)}
    pages = {page for page in pages if brought_up(site, client, page, name.seen_as[0])}
    assert {"/recherche/", "/annuaire/", "/api/v1/solos/"} <= pages
    return {
        mark.column
        for page in pages
        for mark in marks
        if brought_up(site, client, page, mark.seen_as[0])
    }


def of_solos(site: Site) -> list[Mark]:
    return [mark for mark in site.marks if mark.model is Solo]


def test_search_finds_nobody_by_what_they_keep(site):
    assert found_by_search(site, Client(), of_solos(site)) <= NAME


@pytest.mark.trust
def test_search_finds_nobody_by_anything_held(site, capsys):
    found = found_by_search(site, Client(), site.marks)

    with capsys.disabled():
        print(f"\nsearch: {len(found - NAME)} leaks for {len(site.marks)} marks")  # noqa: T201
    assert found <= NAME


def test_search_that_reads_everything_is_found(site, monkeypatch):
    """Control: a search in what is kept brings up who keeps it."""
    monkeypatch.setattr(
        "solos.querysets.SoloQuerySet.matching",
        lambda rows, text: rows.filter(presentation__contains=text),
    )

    kept = [mark for mark in of_solos(site) if mark.field == "presentation"]
    assert found_by_search(site, Client(), kept) == {"solos.Solo.presentation"}


# ---- The neighbours ---------------------------------------------------------------------------
def test_administrator_of_another_territory_reads_nothing(site):
    """Lists, searches, pages, past versions, choices, files."""
    pages = [*office_pages(site), *choices(), *exports(site)]

    assert seen(site, site.neighbours.clients["admin"], pages) == {}


def test_team_of_this_territory_would_read_them(site, territory):
    """Control: the same pages, to whom they are for."""
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)

    pages = [page for page in office_pages(site) if "?q=" not in page]
    found = seen(site, client, [*pages, *exports(site)])

    assert {"solos.Solo.presentation", "solos.HistoricalSolo.email"} <= found.keys()
    secret = {mark.column for mark in site.marks if mark.audience == Audience.SYSTEM}
    assert found.keys() & secret == set()


# ---- The logs ---------------------------------------------------------------------------------
def test_logs_name_nobody(site, logs):
    """Nor what was looked for: a line says the page, which may be someone’s, and no more."""
    client = site.neighbours.clients["admin"]
    pages = [*public_pages(site), *office_pages(site)[::4]]
    for page in pages:
        client.get(page)

    assert logs().count("request_id") >= len(pages)
    assert columns(site.finder.found(logs())) == {"solos.Solo.slug"}


@pytest.mark.trust
def test_nobody_reads_what_is_not_theirs(site, capsys):
    pages = [*public_pages(site), *office_pages(site), *choices(), *exports(site)]
    leaks = {
        (role, column)
        for role, client in site.neighbours.clients.items()
        if role != "super"
        for column in seen(site, client, pages).keys() - NAME
    }

    count = len(pages) * (len(matrix.ROLES) - 1)
    with capsys.disabled():
        print(f"\nmarks: {len(leaks)} leaks of {len(site.marks)} in {count} pages")  # noqa: T201
    assert leaks == set()
