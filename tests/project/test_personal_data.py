"""Each field of each model is thought of: what it says of people, why, how long, for whose eyes."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from import_export.admin import ExportMixin
from simple_history.models import HistoricalChanges

from registre.admin.journaling import JournaledAdmin
from registre.domain.register import (
    columns,
    declared_flags,
    flagged_models,
    flags_of,
    is_personal,
    stale,
    unflagged,
)
from registre.enums import Fate
from registre.flags import USER
from territoires.admin.exchange import OfficeExport
from tests.project.places import APPS

# Past versions included.
OURS = [model for app in apps.get_app_configs() if app.name in APPS for model in app.get_models()]
JOINING = [
    model
    for app in apps.get_app_configs()
    if app.name in APPS
    for model in app.get_models(include_auto_created=True)
    if model._meta.auto_created
]
LIBRARIES = [
    model for app in apps.get_app_configs() if app.name not in APPS for model in app.get_models()
]


def speaks_of_people(model: type[models.Model]) -> bool:
    """A table of a library that points to an account or holds an address."""
    return any(
        isinstance(field, models.EmailField)
        or (field.is_relation and field.related_model and field.related_model._meta.label == USER)
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
    )


def test_every_field_of_ours_is_flagged():
    missing = unflagged(OURS)

    files = sorted({f"{label.partition('.')[0]}/personal.py" for label in missing})
    assert missing == [], f"Say what each is for, and for how long, in {', '.join(files)}."


def test_tables_of_past_versions_are_among_ours():
    names = {model.__name__ for model in OURS if issubclass(model, HistoricalChanges)}

    assert {"HistoricalSolo", "HistoricalOrganisation", "HistoricalTerritory"} <= names


def test_joining_tables_hold_two_keys_and_nothing_else():
    """Their field to many is flagged on its owner: nothing may hide in between."""
    assert [
        model._meta.label
        for model in JOINING
        if [field for field in model._meta.get_fields() if not field.is_relation][1:]
    ] == []


def test_every_library_table_that_speaks_of_people_is_flagged():
    wanted = [model for model in LIBRARIES if speaks_of_people(model)]

    assert {"LogEntry"} <= {model.__name__ for model in wanted}
    assert unflagged([*wanted, apps.get_model("sessions", "Session")]) == []


def test_no_flag_outlives_its_field():
    assert stale(flagged_models()) == []


def test_flags_of_models_that_are_not_there_are_held_all_the_same():
    assert {"account.emailaddress", "mfa.authenticator"} <= set(declared_flags())


@pytest.fixture
def planted(monkeypatch):
    """A field that nobody has thought of, on a model of ours and on its past versions."""
    from solos.models import Solo
    from solos.models.solo import Solo as Same

    assert Solo is Same
    found = columns

    def with_one_more(model):
        names = found(model)
        return [*names, "shoe_size"] if model._meta.model_name.endswith("solo") else names

    monkeypatch.setattr("registre.domain.register.columns", with_one_more)


def test_planted_field_is_reported(planted):
    """Control: a field added without a flag fails, and so does its past."""
    assert set(unflagged(OURS)) == {"solos.Solo.shoe_size", "solos.HistoricalSolo.shoe_size"}


def test_planted_model_is_reported():
    """Control: a model that no `personal.py` names fails by each of its fields."""

    class Planted(models.Model):
        shoe_size = models.IntegerField()

        class Meta:
            app_label = "planted"

        def __str__(self) -> str:
            return str(self.shoe_size)

    try:
        assert unflagged([Planted]) == ["planted.Planted.id", "planted.Planted.shoe_size"]
    finally:
        del apps.all_models["planted"]


def test_planted_flag_of_nothing_is_reported(monkeypatch):
    """Control: a field that left is missed."""
    monkeypatch.setattr("registre.domain.register.columns", lambda _model: ["id"])

    assert "solos.Solo.email" in stale(flagged_models())


@pytest.mark.parametrize(
    "model", [model for model in flagged_models() if is_personal(model)], ids=lambda m: m.__name__
)
def test_every_personal_field_belongs_to_someone_and_is_kept_for_a_reason(model):
    flags = flags_of(model)
    assert flags.links or flags.is_person
    assert not flags.is_person or (flags.known_by and flags.addresses <= set(flags.personal))

    claimed = set(flags.own_fields()) if flags.is_person else set()
    claimed = claimed.union(*(flags.fields_of(link) for link in flags.links))
    assert set(flags.personal) - claimed == set()
    kept = {name: each for name, each in flags.personal.items() if each.fate == Fate.KEPT}
    assert [name for name, each in kept.items() if not each.why] == []


# ---- The journal ------------------------------------------------------------------------------
def unwatched() -> list[str]:
    """The back-offices that show people and leave no trace."""
    return [
        model._meta.label
        for model, options in admin.site._registry.items()
        if shows_people(model, options)
        and not (
            isinstance(options, JournaledAdmin)
            and (not isinstance(options, ExportMixin) or isinstance(options, OfficeExport))
        )
    ]


def shows_people(model, options) -> bool:
    return is_personal(model) or any(is_personal(inline.model) for inline in options.inlines)


def test_every_office_that_shows_people_is_journaled():
    watched = {
        model._meta.label
        for model, options in admin.site._registry.items()
        if shows_people(model, options)
    }

    assert {
        "comptes.User", "courrier.OutgoingMail", "solos.Solo", "territoires.HostVillage",
        "territoires.Organisation",
    } <= watched  # fmt: skip
    assert unwatched() == []


def test_planted_office_without_journal_is_reported():
    """Control: a back-office of people that Django alone makes is found."""
    from solos.models import StateChange

    admin.site.register(StateChange, admin.ModelAdmin)
    try:
        assert unwatched() == ["solos.StateChange"]
    finally:
        admin.site.unregister(StateChange)
