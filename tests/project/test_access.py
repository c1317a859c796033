"""Deny by default: every address says who may see it."""

import os
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from solos.models import Solo
from tests.factories import TerritoryGrantFactory
from tests.project import hostile, matrix

# Django's and the libraries' own views, each with the rule that guards it.
KNOWN = {
    "healthz": "probe: says only that the process answers",
    "readyz": "probe: says only what is reachable",
    "media": "files that a public page shows",
}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":  # the admin site guards itself
                yield from patterns(entry, path)
        else:
            yield path, entry


def says_who(pattern: URLPattern) -> bool:
    callback = pattern.callback
    if hasattr(callback, "audience"):
        return True
    view = getattr(callback, "cls", None)  # an API view
    return view is not None and "permission_classes" in vars_of(view)


def vars_of(view: type) -> set[str]:
    from rest_framework.views import APIView

    own = view.__mro__[: view.__mro__.index(APIView)]
    return {name for ancestor in own for name in vars(ancestor)}


def test_every_address_says_who_may_see_it():
    silent = [
        path
        for path, pattern in patterns(get_resolver())
        if not says_who(pattern) and pattern.name not in KNOWN
    ]

    assert silent == []


def test_an_address_that_says_nothing_is_found():
    """Control: a view without a mark is reported."""
    from django.http import HttpResponse
    from django.urls import path

    planted = path("oubli/", lambda _request: HttpResponse(), name="forgotten")

    assert not says_who(planted)


# ---- The matrix -------------------------------------------------------------------------------
@pytest.fixture
def world(territory):
    return matrix.make_world(territory)


def test_every_address_gives_each_role_what_the_file_says(world):
    """Address × role × method, as the site answers now, beside the file that people read."""
    found = matrix.written(world)
    if os.environ.get("WRITE_ACCESS_MATRIX"):
        matrix.FILE.write_text(found)

    assert found.splitlines() == matrix.FILE.read_text().splitlines()


def test_nothing_of_the_matrix_breaks():
    """No cell is a failure of ours, and the file is as large as it says."""
    cells = [line[5:86].split() for line in matrix.FILE.read_text().splitlines()[3:]]

    assert {len(row) for row in cells} == {len(matrix.ROLES)}
    assert [cell for row in cells for cell in row if cell.startswith("5")] == []
    assert len(cells) == len(matrix.templates()) * len(matrix.METHODS)


def test_address_that_the_file_forgets_is_found(monkeypatch):
    """Control: a view planted in the resolver is missing from the file."""
    planted = hostile.Address("/oubli/")
    known = hostile.addresses
    monkeypatch.setattr(hostile, "addresses", lambda **office: [*known(**office), planted])

    listed = {line[86:] for line in matrix.FILE.read_text().splitlines()[3:]}
    assert set(matrix.templates()) - listed == {"/oubli/"}


# ---- Another's rows ---------------------------------------------------------------------------
SCOPED = [
    "accueil.event", "courrier.mailtemplate", "courrier.outgoingmail", "images.picture",
    "observatoire.snapshot", "portail.newsitem", "portail.page", "registre.journalentry",
    "solos.solo", "telecentres.telecentre", "telecentres.telecentregrant",
    "territoires.hostvillage", "territoires.organisation", "territoires.programme",
    "territoires.programmegrant", "territoires.territory", "territoires.territorygrant",
    "territoires.villagegrant",
]  # fmt: skip
SHARED = [
    "comptes.user", "registre.consentwording", "registre.erasure", "solos.sector", "solos.trade",
    "territoires.commune", "territoires.dataversion", "territoires.department",
    "territoires.epci", "territoires.formercommune", "territoires.importrun",
]  # fmt: skip
WORKERS = ["referent", "manager", "programme", "officer", "admin"]


def test_every_list_is_scoped_or_shared_on_purpose():
    lists = {model._meta.label_lower for model in admin.site._registry}

    assert lists == {*SCOPED, *SHARED}
    unscoped = [
        label
        for label in SCOPED
        if not hasattr(apps.get_model(label)._default_manager.all(), "for_user")
    ]
    assert unscoped == []


@pytest.fixture
def elsewhere(world):
    """Another territory's rows, which nobody of the world may see."""
    return matrix.make_rows(matrix.other_territory(), name="Ailleurs", insee="32001")


def missing_key(row):
    return type(row)._default_manager.order_by("-pk").first().pk + 1000


@pytest.mark.parametrize("label", SCOPED)
def test_row_of_another_is_answered_as_one_that_never_was(world, elsewhere, label):
    """Pages, forms, deletions, histories: the same status, the same place to go."""
    row = elsewhere[label]
    pages = [one for one in matrix.templates() if matrix.model_of(one) == label and "{}" in one]
    assert pages
    for role in WORKERS:
        client = world.clients[role]
        for page in pages:
            theirs, nobodys = (
                page.replace("{}", str(key), 1).replace("{}", "1", 1)
                for key in (row.pk, missing_key(row))
            )
            for method in ("get", "post"):
                one, other = (getattr(client, method)(path) for path in (theirs, nobodys))
                assert (one.status_code, where(one, row.pk)) == (
                    other.status_code,
                    where(other, missing_key(row)),
                ), (role, page, method)
                assert one.status_code != 200, (role, page, method)


def where(response, key):
    return response.headers.get("Location", "").replace(str(key), "{}")


@pytest.mark.parametrize("label", SCOPED)
def test_lists_choices_and_exports_hold_no_row_of_another(world, elsewhere, label):
    row = elsewhere[label]
    app, model = label.split(".")
    for role in WORKERS:
        client = world.clients[role]
        listed = client.get(f"/gestion/{app}/{model}/")
        if listed.status_code == 200:
            keys = {one.pk for one in listed.context["cl"].result_list}
            assert row.pk not in keys, (role, label)
        exported = client.post(f"/gestion/{app}/{model}/export/", {"format": "1", "resource": "0"})
        if exported.status_code == 200:
            assert "Ailleurs" not in exported.content.decode(errors="replace"), (role, label)


def test_autocompletes_offer_no_row_of_another(world, elsewhere):
    """Whatever field asks: the choices come from one's own lists."""
    asked = 0
    for model, options in admin.site._registry.items():
        for name in options.autocomplete_fields:
            remote = model._meta.get_field(name).related_model._meta
            if remote.label_lower not in SCOPED:
                continue
            for role in WORKERS:
                answer = world.clients[role].get(
                    "/gestion/autocomplete/",
                    {"app_label": model._meta.app_label, "model_name": model._meta.model_name,
                     "field_name": name, "term": ""},
                )  # fmt: skip
                asked += 1
                if answer.status_code == 200:
                    keys = {one["id"] for one in answer.json()["results"]}
                    assert str(elsewhere[remote.label_lower].pk) not in keys, (role, name)
    assert asked > 20


def test_without_scoping_another_row_would_open(world, elsewhere, monkeypatch):
    """Control: with every row in reach, the sweep above sees the leak."""
    monkeypatch.setattr("territoires.scoping.ScopedQuerySet.for_user", lambda rows, *_: rows.all())
    row = elsewhere["solos.solo"]

    page = world.clients["officer"].get(f"/gestion/solos/solo/{row.pk}/change/")

    assert page.status_code == 200


def test_form_takes_no_territory_of_another(world, elsewhere):
    """A row can't be put where one does not work, nor moved there."""
    officer, there = world.clients["officer"], elsewhere["territoires.territory"]
    mine = world.rows["solos.solo"]

    form = officer.get(f"/gestion/solos/solo/{mine.pk}/change/").context["adminform"].form
    data = {name: form.initial[name] for name in ("first_name", "last_name", "status", "slug")}
    answer = officer.post(f"/gestion/solos/solo/{mine.pk}/change/", {**data, "territory": there.pk})

    assert "territory" in answer.context["adminform"].form.errors
    mine.refresh_from_db()
    assert mine.territory != there


def test_action_leaves_the_rows_of_another_alone(world, elsewhere):
    row = elsewhere["solos.solo"]

    world.clients["officer"].post(
        "/gestion/solos/solo/", {"action": "hide", "_selected_action": [row.pk]}
    )

    row.refresh_from_db()
    assert row.state == "published"


def test_role_that_is_over_opens_nothing(world, territory):
    grant = TerritoryGrantFactory(territory=territory, ends_on=date(2020, 12, 31))
    client = Client()
    client.force_login(grant.user)

    assert client.get("/gestion/").status_code == 302
    assert Solo.objects.for_user(grant.user).count() == 0
