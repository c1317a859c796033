"""Another's row is answered as one that never was: pages, lists, choices, actions, files, forms."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from simple_history.models import HistoricalChanges

from registre.models import JournalEntry
from tests.project import matrix
from tests.project.effects import all_rows, posted, read
from tests.project.forms import Form, forms_of
from tests.project.lists import LISTS, everywhere, list_of
from tests.project.places import APPS

SCOPED = sorted(
    label for label in LISTS if hasattr(apps.get_model(label)._default_manager.all(), "for_user")
)
# Nobody's in particular: a list that joins them is thought of here.
SHARED = {
    "comptes.user", "registre.consentwording", "registre.erasure", "solos.sector", "solos.trade",
    "territoires.commune", "territoires.dataversion", "territoires.department",
    "territoires.epci", "territoires.formercommune", "territoires.importrun",
}  # fmt: skip
WORKERS = ["referent", "manager", "programme", "officer", "admin"]
# Whose rights are the widest here; `make trust` tries them all.
WIDEST = ["officer", "admin"]
OURS = [model for app in apps.get_app_configs() if app.name in APPS for model in app.get_models()]


@pytest.fixture
def world(territory):
    return matrix.make_world(territory)


@pytest.fixture
def elsewhere(world):
    return matrix.rows_elsewhere()


def missing_key(row):
    return type(row)._default_manager.order_by("-pk").first().pk + 1000


def told(answer, key: object) -> tuple[int, str]:
    """What the answer says, but for the key that was asked for."""
    return answer.status_code, answer.headers.get("Location", "").replace(str(key), "{}")


def test_every_list_is_scoped_or_shared_on_purpose():
    assert LISTS.keys() - SCOPED == SHARED


# ---- Pages ------------------------------------------------------------------------------------
def check_pages(world, label: str, row, roles: list[str]) -> int:
    """Pages, forms, deletions, histories: the same status, the same place to go, no trace."""
    pages = [one for one in matrix.templates() if matrix.model_of(one) == label and "{}" in one]
    assert pages
    for role in roles:
        client = world.clients[role]
        for page in pages:
            theirs, nobodys = (
                page.replace("{}", str(key), 1).replace("{}", "1", 1)
                for key in (row.pk, missing_key(row))
            )
            for method in ("get", "post"):
                one, other = (getattr(client, method)(path) for path in (theirs, nobodys))
                assert told(one, row.pk) == told(other, missing_key(row)), (role, page, method)
                assert one.status_code != 200, (role, page, method)

    assert not JournalEntry.objects.filter(model__iexact=label, object_key=row.pk).exists()
    return 2 * len(pages) * len(roles)


@pytest.mark.parametrize("label", SCOPED)
def test_row_of_another_is_answered_as_one_that_never_was(world, elsewhere, label):
    assert check_pages(world, label, elsewhere[label], WIDEST) > 0


def test_site_of_a_territory_shows_no_row_of_another(world, elsewhere):
    """Pages and API, for everyone: the address of another's row is that of nothing."""
    open_pages = [
        page
        for page in matrix.templates()
        if page.count("{}") == 1 and not page.startswith(("/gestion/", "/compte/"))
    ]
    assert "/annuaire/{}/" in open_pages

    client = world.clients["visitor"]
    told_apart = {
        page
        for page in open_pages
        if told(client.get(page.replace("{}", "la-bas")), "la-bas")
        != told(client.get(page.replace("{}", "nulle-part")), "nulle-part")
    }
    assert told_apart == set()


# ---- Lists, files, choices --------------------------------------------------------------------
@pytest.mark.parametrize("label", SCOPED)
def test_lists_and_exports_hold_no_row_of_another(world, elsewhere, label):
    row = elsewhere[label]
    for role in WORKERS:
        client = world.clients[role]
        listed = client.get(list_of(label))
        if listed.status_code == 200:
            keys = {one.pk for one in listed.context["cl"].result_list}
            assert row.pk not in keys, (role, label)
        exported = client.post(f"{list_of(label)}export/", {"format": "1", "resource": "0"})
        if exported.status_code == 200:
            assert "Ailleurs" not in exported.content.decode(errors="replace"), (role, label)


def links() -> Iterator[tuple[type[models.Model], str, str]]:
    """Every field of ours that leads to a list of the back-office; the past leads nowhere else."""
    for model in OURS:
        if issubclass(model, HistoricalChanges):
            continue
        for field in model._meta.get_fields():
            remote = field.related_model if isinstance(field, models.Field) else None
            if remote and remote._meta.label_lower in SCOPED:
                yield model, field.name, remote._meta.label_lower


def test_autocompletes_offer_no_row_of_another(world, elsewhere):
    """Whatever field asks, declared for it or not: the choices come from one's own lists."""
    answered = 0
    for model, name, label in links():
        asked = {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": name,
            "term": "",
        }
        for role in WIDEST:
            answer = world.clients[role].get("/gestion/autocomplete/", asked)
            assert answer.status_code in {200, 403}, (role, model, name)
            if answer.status_code == 200:
                answered += 1
                keys = {one["id"] for one in answer.json()["results"]}
                assert str(elsewhere[label].pk) not in keys, (role, model, name)
    assert answered > 20


# ---- Actions ----------------------------------------------------------------------------------
def acted(world, label: str, row, roles: list[str]) -> Iterator[tuple[str, str, set[str]]]:
    """For each action, chosen by key or among all, the columns of another's row that it changes."""
    before = all_rows()
    for role in roles:
        for name in [*(LISTS[label].actions or []), "delete_selected"]:
            for across in "01":
                sent = {
                    "action": name, "post": "yes", "confirm": "yes", "select_across": across,
                    "_selected_action": [row.pk],
                }  # fmt: skip
                _answer, found = posted(world.clients[role], everywhere(label), sent, before)
                mine = {
                    column for *one, column in found if one == [row._meta.db_table, str(row.pk)]
                }
                yield role, name, mine


@pytest.mark.parametrize("label", SCOPED)
def test_actions_leave_the_rows_of_another_alone(world, elsewhere, label):
    tried = list(acted(world, label, elsewhere[label], WIDEST))

    assert [one for one in tried if one[2]] == []


# ---- Forms ------------------------------------------------------------------------------------
def choices(form: Form, label: str) -> Iterator[tuple[str, models.Field]]:
    """The boxes that lead to a row of a scoped list; those of rows inside the form too."""
    model = apps.get_model(label)
    owners = {"": model} | {
        f"{one.get_accessor_name()}-0-": one.related_model for one in model._meta.related_objects
    }
    for prefix, owner in owners.items():
        for field in owner._meta.get_fields():
            remote = field.related_model if isinstance(field, models.Field) else None
            if remote and remote._meta.label_lower in SCOPED and prefix + field.name in form.boxes:
                yield prefix + field.name, field


def taken(
    world, elsewhere, roles: list[str], pages: list[str]
) -> Iterator[tuple[str, str, str, bool]]:
    """For each choice of each form, whether a row of another was taken."""
    before = all_rows()
    for role in roles:
        client = world.clients[role]
        for page in pages:
            path = matrix.address(page, world.rows)
            for form in forms_of(read(client, path)):
                if form.action:
                    continue
                for name, field in choices(form, matrix.model_of(page)):
                    key = elsewhere[field.related_model._meta.label_lower].pk
                    sent = form.filled(world.rows) | {name: [key]}
                    _answer, found = posted(client, path, sent, before)
                    column = field.column or f"{field.related_model._meta.model_name}_id"
                    kept = {value for (*_row, one), value in found.items() if one == column}
                    yield role, page, name, key in kept


def forms() -> list[str]:
    return [one for one in matrix.templates() if one.endswith(("/add/", "/change/"))]


def test_forms_take_no_row_of_another(world, elsewhere):
    """A record can't be tied to what is another's, nor moved there."""
    tried = list(taken(world, elsewhere, ["officer"], forms()))

    assert [one[:3] for one in tried if one[3]] == []
    assert len(tried) > 20


@pytest.mark.trust
def test_no_act_of_any_role_reaches_the_rows_of_another(world, elsewhere, capsys):
    asked = sum(check_pages(world, label, elsewhere[label], WORKERS) for label in SCOPED)
    tied = list(taken(world, elsewhere, WORKERS, forms()))
    touched = [one for label in SCOPED for one in acted(world, label, elsewhere[label], WORKERS)]

    leaks = [one for one in tied if one[3]] + [one for one in touched if one[2]]
    with capsys.disabled():
        acts = len(tied) + len(touched)
        print(f"\nanother's rows: {len(leaks)} leaks in {asked} pages, {acts} acts")  # noqa: T201
    assert leaks == []


# ---- Controls ---------------------------------------------------------------------------------
@pytest.fixture
def no_scope(monkeypatch):
    """Every row is in everyone's reach."""
    monkeypatch.setattr("territoires.scoping.ScopedQuerySet.for_user", lambda rows, *_: rows.all())


def test_without_scoping_another_row_would_open(world, elsewhere, no_scope):
    page = f"{list_of('solos.solo')}{elsewhere['solos.solo'].pk}/change/"

    assert world.clients["officer"].get(page).status_code == 200


def test_without_scoping_an_action_would_touch_the_row_of_another(world, elsewhere, no_scope):
    tried = acted(world, "solos.solo", elsewhere["solos.solo"], ["officer"])

    assert {name for _role, name, columns in tried if columns} == {"hide", "withdraw"}


def test_without_scoping_a_form_would_take_the_row_of_another(world, elsewhere, no_scope):
    page = "/gestion/solos/solo/{}/change/"

    tried = set(taken(world, elsewhere, ["officer"], [page]))
    assert ("officer", page, "territory", True) in tried
