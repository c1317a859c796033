"""A form takes what it shows and nothing else: every field of every model is sent along with it.

Each form of each page is sent twice as a browser would, and once with the rest: what the third
changes and the first two did not is a leak. Where the first two differ (codes, moments, keys)
nothing can be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.utils import timezone

from comptes.web.adapter import AccountAdapter
from tests.factories import CommuneFactory
from tests.project import matrix
from tests.project.effects import Effect, all_rows, effect, posted, read
from tests.project.forms import Form, forms_of
from tests.project.places import APPS

OURS = [model for app in apps.get_app_configs() if app.name in APPS for model in app.get_models()]
# Sent along: what no row of the world holds, for each kind of column.
USURPED = [
    (models.BooleanField, "on"),
    (models.DateTimeField, "2001-02-03T04:05"),
    (models.DateField, "2001-02-03"),
    (models.TimeField, "04:05"),
    (models.EmailField, "usurpee@exemple.fr"),
    (models.URLField, "https://usurpee.exemple.fr/"),
    ((models.IntegerField, models.DecimalField), "31"),
    (models.JSONField, '{"usurpee": 1}'),
]


@dataclass(frozen=True)
class Trial:
    role: str
    template: str
    status: int
    is_act: bool
    leaks: frozenset[tuple[str, str]]  # table, column


def usurped(field: "models.Field", elsewhere: dict[str, models.Model]) -> str:
    if field.is_relation:
        row = elsewhere.get(field.related_model._meta.label_lower)
        return str(row.pk if row else 1)
    if field.choices:
        return str(field.flatchoices[-1][0])
    return next((value for kind, value in USURPED if isinstance(field, kind)), "usurpee")


def along(form: Form, label: str, elsewhere: dict[str, models.Model]) -> dict[str, str]:
    """Every field that the form doesn't show: of its model first, then of every other."""
    found: dict[str, str] = {}
    model = apps.get_model(label) if label else None
    for one in [model, *OURS] if model else OURS:
        for field in one._meta.get_fields():
            if isinstance(field, models.Field):
                for name in (field.name, getattr(field, "attname", field.name)):
                    found.setdefault(name, usurped(field, elsewhere))
    if model:
        found |= inside(form, model, elsewhere)
    return {name: value for name, value in found.items() if name not in form.names}


def inside(form: Form, model: type[models.Model], elsewhere) -> dict[str, str]:
    """The same of the rows inside a form, and a whole new row where the form shows none."""
    found: dict[str, str] = {}
    for relation in model._meta.related_objects:
        prefix = relation.get_accessor_name()
        if f"{prefix}-TOTAL_FORMS" not in form.boxes:
            found |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
        elif form.boxes[f"{prefix}-INITIAL_FORMS"].values == ["0"]:
            continue
        for field in relation.related_model._meta.get_fields():
            if isinstance(field, models.Field) and not field.primary_key:
                found[f"{prefix}-0-{field.name}"] = usurped(field, elsewhere)
    return found


def told_apart(usual: Effect, again: Effect, other: Effect) -> frozenset[tuple[str, str]]:
    changed = {one for one in usual.keys() | other.keys() if usual.get(one) != other.get(one)}
    noise = {one for one in usual.keys() | again.keys() if usual.get(one) != again.get(one)}
    return frozenset((table, column) for table, _key, column in changed - noise)


def trials(world: matrix.World, roles: list[str], templates: list[str]) -> Iterator[Trial]:
    """Every form of every page, once for each role."""
    elsewhere = matrix.rows_elsewhere()
    rows = world.rows | {"territoires.commune": CommuneFactory(insee_code="09999")}
    before = all_rows()
    seen = set()
    for role in roles:
        client = world.clients[role]
        for template in templates:
            path = matrix.address(template, world.rows)
            for form in forms_of(read(client, path)):
                sent_to = form.action or path
                if (role, sent_to) in seen:
                    continue
                seen.add((role, sent_to))
                usual, rest = form.filled(rows), along(form, matrix.model_of(template), elsewhere)
                answer, found = posted(client, sent_to, usual, before)
                _answer, again = posted(client, sent_to, form.filled(rows), before)
                _answer, other = posted(client, sent_to, rest | form.filled(rows), before)
                leaks = told_apart(found, again, other)
                is_act = answer.status_code == 302 and bool(found)
                yield Trial(role, template, answer.status_code, is_act, leaks)


@pytest.fixture
def world(territory):
    return matrix.make_world(territory)


def summary(tried: list[Trial]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [(one.role, one.template, sorted(one.leaks)) for one in tried if one.leaks]


def test_forms_take_what_they_show_alone(world):
    """`make trust` sends every form, from each role; here those that hold a record."""
    records = [
        one
        for one in matrix.templates()
        if not one.startswith("/gestion/") or one.endswith(("/add/", "/change/"))
    ]

    # A mail says the second when it was written.
    with time_machine.travel(timezone.now(), tick=False):
        tried = list(trials(world, ["visitor", "member", "super"], records))

    assert summary(tried) == []
    # A form that refuses everything proves nothing: a record is kept, unless nobody may write it.
    done = {one.template for one in tried if one.is_act}
    assert {"/compte/inscription/", "/compte/adresse/", "/compte/mot-de-passe/"} <= done
    office = [one for one in tried if one.template.startswith("/gestion/")]
    refused = {one.template: one.status for one in office if not one.is_act}
    # One a territory, and ours has it.
    assert refused.pop("/gestion/solos/directorysettings/add/") == 200
    assert set(refused.values()) == {403}


@pytest.mark.trust
def test_forms_take_what_they_show_alone_from_each_role(world, capsys):
    tried = list(trials(world, matrix.ROLES, matrix.templates()))

    acts, leaks = sum(one.is_act for one in tried), summary(tried)
    with capsys.disabled():
        print(f"\nforms: {len(leaks)} leaks in {len(tried)} trials, {acts} of them acts")  # noqa: T201
    assert leaks == []


def test_field_taken_without_being_shown_is_found(world, monkeypatch):
    """Control: a form saved from all that was sent."""

    def save(_admin, request, obj, _form, _change):
        obj.state = request.POST.get("state", obj.state)
        obj.save()

    monkeypatch.setattr("solos.admin.SoloAdmin.save_model", save)

    tried = trials(world, ["officer"], ["/gestion/solos/solo/{}/change/"])
    assert [leak for one in tried for leak in sorted(one.leaks)] == [
        ("solos_historicalsolo", "state"),
        ("solos_solo", "state"),
    ]


def test_right_taken_at_sign_up_is_found(world, monkeypatch):
    """Control: an account made from all that was sent."""

    def save(request, user):
        user.is_staff = "is_staff" in request.POST
        user.save()

    usual = AccountAdapter.save_user
    monkeypatch.setattr(
        AccountAdapter,
        "save_user",
        lambda *args, **more: save(args[1], usual(*args, **more)),
    )

    tried = trials(world, ["visitor"], ["/compte/inscription/"])
    assert [leak for one in tried for leak in sorted(one.leaks)] == [("comptes_user", "is_staff")]


@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_api_takes_nothing(world, method):
    before = all_rows()
    everything = {
        field.name: usurped(field, {})
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
    }
    for template in matrix.templates():
        if template.startswith("/api/"):
            path = matrix.address(template, world.rows)
            sent = {"data": everything, "content_type": "application/json"}
            answer = getattr(world.clients["super"], method)(path, **sent)
            # What is one's own there may be sent: never fields that it does not name.
            assert answer.status_code in {400, 404, 405}, template

    found = effect(before, all_rows())
    # How often one asked.
    assert {one for one in found if one[0] != "jetons_allowance"} == set()
