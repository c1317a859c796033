"""Deny by default: every address says who may see it."""

import os
from collections.abc import Iterator
from datetime import date

import pytest
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


def test_every_address_gives_what_the_file_says(world):
    """Address × method × some roles, as the site answers now, beside the file that people read."""
    if asked := os.environ.get("WRITE_ACCESS_MATRIX"):
        matrix.FILE.write_text(matrix.written(world, whole=asked == "all"))
    said = {
        (method, template): dict(zip(matrix.ROLES, cells, strict=True))
        for method, *cells, template in map(str.split, matrix.kept()[0])
    }

    known, now = {template for _method, template in said}, set(matrix.templates())
    advice = f"Write the file, then read what changed: {matrix.HOW_TO_WRITE}"
    assert (sorted(now - known), sorted(known - now)) == ([], []), f"New, gone. {advice}"
    unlike = list(matrix.unlike(world, said))
    assert unlike == [], f"Role, method, address: said, found. {advice.replace('=1', '=all')}"


def test_address_that_opens_to_a_role_is_found(world):
    """Control: a file that says otherwise is contradicted, by every role in its turn."""
    said = {("GET", f"/?{n}"): dict.fromkeys(matrix.ROLES, "404") for n in range(30)}

    found = [line.split() for line in matrix.unlike(world, said)]

    assert {line[0] for line in found} == set(matrix.ROLES)
    assert {line[-1] for line in found} == {"open"}


def test_other_methods_give_the_lowest_and_the_highest_what_the_file_says(world):
    """`make trust` asks for every role."""
    roles = ["visitor", "super"]
    columns = [matrix.ROLES.index(role) for role in roles]
    said = [
        (method, [found[column] for column in columns], template)
        for method, *found, template in map(str.split, matrix.kept()[1])
    ]

    answered = map(str.split, matrix.other_lines(world, roles))
    assert [(method, found, template) for method, *found, template in answered] == said


@pytest.mark.trust
def test_every_method_gives_each_role_what_the_file_says(world, capsys):
    pages, others = list(matrix.lines(world, matrix.templates())), list(matrix.other_lines(world))
    unlike = list(matrix.unlike_get(world))

    said = {*matrix.kept()[0], *matrix.kept()[1]}
    leaks = [line for line in [*pages, *others] if line not in said] + unlike
    methods = len(matrix.METHODS) + len(matrix.OTHER_METHODS) + 1
    count = len(matrix.templates()) * len(matrix.ROLES) * methods
    with capsys.disabled():
        print(f"\naccess: {len(leaks)} leaks in {count} cells")  # noqa: T201
    assert leaks == []


def test_office_would_take_any_method_for_a_get(world, settings):
    """Control: without the guard the sweep sees the back-office open."""
    guarded, unguarded = world.clients["super"], Client(raise_request_exception=False)
    unguarded.cookies = guarded.cookies
    assert matrix.answer(guarded, "DELETE", "/gestion/") == "405"

    guard = "config.middleware.RefuseOtherMethods"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != guard]

    assert matrix.answer(unguarded, "DELETE", "/gestion/") == "open"


def test_nothing_of_the_matrix_breaks():
    """No cell is a failure of ours, and the file is as large as it says."""
    pages, others = matrix.kept()
    cells = [line.split()[1:-1] for line in [*pages, *others]]

    assert {len(row) for row in cells} == {len(matrix.ROLES)}
    assert [cell for row in cells for cell in row if cell.startswith("5")] == []
    assert len(pages) == len(matrix.templates()) * len(matrix.METHODS)


def test_address_that_the_file_forgets_is_found(monkeypatch):
    """Control: a view planted in the resolver is missing from the file."""
    planted = hostile.Address("/oubli/")
    known = hostile.addresses
    monkeypatch.setattr(hostile, "addresses", lambda **office: [*known(**office), planted])

    listed = {line.split()[-1] for line in matrix.kept()[0]}
    assert set(matrix.templates()) - listed == {"/oubli/"}


def test_role_that_is_over_opens_nothing(world, territory):
    grant = TerritoryGrantFactory(territory=territory, ends_on=date(2020, 12, 31))
    client = Client()
    client.force_login(grant.user)

    assert client.get("/gestion/").status_code == 302
    assert Solo.objects.for_user(grant.user).count() == 0
