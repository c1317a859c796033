from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import FileField

from registre.domain.register import (
    describe_fields,
    describe_purposes,
    flags_of,
    is_personal,
    personal_models,
    stale,
    unflagged,
)
from registre.enums import Fate, People
from solos.models import Solo, StateChange, Trade
from territoires.models import Programme, Territory


def test_past_versions_hold_what_the_present_does_and_who_changed_it():
    present, past = flags_of(Solo), flags_of(Solo.history.model)

    assert set(past.personal) - set(present.personal) == {"history_user", "history_change_reason"}
    # The words that the database makes by itself have no past; a photo taken away has none either,
    # nor what the team once asked.
    assert set(present.personal) - set(past.personal) == {
        "public_words", "open_words", "photo", "plain_name", "team_words",
    }  # fmt: skip
    assert past.personal["email"].fate == Fate.DELETED
    assert past.personal["history_user"].fate == Fate.KEPT


def test_past_versions_of_what_says_nothing_of_people_say_who_changed_it():
    past = flags_of(Territory.history.model)

    assert set(past.personal) == {"history_user", "history_change_reason"}
    assert not is_personal(Territory)


def test_past_of_a_list_of_many_says_nothing_of_people():
    joined = apps.get_model("territoires", "HistoricalTerritory_departments")

    assert flags_of(joined).personal == {}


def test_model_of_nobody_is_not_personal():
    assert [is_personal(model) for model in (Trade, Programme, Group)] == [False] * 3
    assert [is_personal(model) for model in (Solo, StateChange)] == [True] * 2


def test_no_personal_field_is_a_file():
    """Erasure changes rows: a file would outlive its row, so whoever keeps one deletes it."""
    files = [
        f"{model._meta.label}.{name}"
        for model, flags in personal_models().items()
        for name in flags.personal
        if isinstance(model._meta.get_field(name), FileField)
    ]

    assert files == []


def test_table_that_nobody_declared_has_no_flags():
    undeclared = Group.permissions.through

    assert flags_of(undeclared) is None
    label = undeclared._meta.label
    assert unflagged([Solo, undeclared]) == [
        f"{label}.{name}" for name in ("id", "group", "permission")
    ]


def test_flags_of_fields_that_are_gone_are_named(monkeypatch):
    assert stale([Solo, Group.permissions.through]) == []
    column = Solo._meta.get_field("offers")
    monkeypatch.setattr(column, "name", "gave")

    assert stale([Solo]) == ["solos.Solo.offers"]


def test_purposes_come_by_kind_of_person_each_once():
    lines = describe_purposes()

    kinds = [line.purpose.people for line in lines]
    assert kinds == sorted(kinds, key=People.values.index)
    assert len({line.purpose for line in lines}) == len(lines)
    told = {str(line.purpose.words): line for line in lines}
    directory = told["Tenir l’annuaire public des solos et ses données ouvertes"]
    assert directory.audience == "tout le monde, avec l’accord de la personne"
    assert {"e-mail", "téléphone", "photo"} <= set(directory.fields)


def test_fields_are_described_by_the_name_that_people_read():
    solo = next(each for each in describe_fields() if each.name == "solo")

    assert {"personnes au foyer", "e-mail"} <= {name for name, _flag in solo.fields}
    assert len(describe_fields()) < len(personal_models())
