import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from simple_history.models import HistoricalChanges

from registre.domain.export import Item, gather_data
from registre.domain.register import personal_models
from solos.models import Solo
from tests.factories import SoloFactory
from tests.registre.someone import PHOTO, SENTINEL, make_someone

# Some things cannot both be kept and be told, even to their owner.
SECRETS = {
    "comptes.User.password",
    "mfa.Authenticator.data",
    "sessions.Session.session_key",
    "sessions.Session.session_data",
    "sessions.Session.expire_date",
}
EMPTY = (None, "", [])


@pytest.fixture
def exported(territory):
    someone = make_someone(territory)
    return {section.model: section for section in gather_data(someone.user)}


def values(section, key):
    return [item.value for record in section.records for item in record if item.key == key]


def test_every_field_called_personal_is_in_the_export(exported):
    """Generated from the flags: whoever flags a field must hand it out."""
    missing = [
        f"{model._meta.label}.{name}"
        for model, flags in personal_models().items()
        for name in flags.personal
        if model._meta.label not in exported
        or all(value in EMPTY for value in values(exported[model._meta.label], name))
    ]

    assert missing == []


def test_flag_added_and_not_handed_out_would_be_seen(exported):
    """Control: a kind of record that the export leaves out is missed."""
    labels = {model._meta.label for model in personal_models()}

    assert set(exported) == labels
    assert labels - set({**exported, "solos.Solo": None}) == set()
    assert values(exported["solos.Solo"], "shoe_size") == []


def test_export_tells_what_is_held_word_for_word(exported):
    solo = exported["solos.Solo"]

    assert values(solo, "presentation") == ["sentinelle-presentation"]
    assert values(solo, "phone") == ["05 61 12 34 56"]
    assert values(solo, "skills") == [["sentinelle-competence"]]
    assert values(solo, "photo") == [f"/media/{PHOTO}"]
    assert values(solo, "commune") == ["Foix (09)"]
    assert values(solo, "status") == ["créateur·rice d’entreprise"]
    assert values(solo, "household_size") == [7]
    assert values(exported["comptes.User"], "last_login") == ["2019-05-01T00:00:00+00:00"]
    assert values(exported["comptes.User"], "groups") == [["Essai"]]
    mails = exported["courrier.OutgoingMail"]
    assert sorted(values(mails, "recipient")) == [
        "Sentinelle-ANCIENNE@exemple.fr", "Sentinelle-Solo@exemple.fr", "sentinelle@exemple.fr",
    ]  # fmt: skip


def test_export_tells_a_secret_by_its_name_alone(exported):
    secrets = {
        f"{model._meta.label}.{name}"
        for model, flags in personal_models().items()
        for name, flag in flags.personal.items()
        if flag.secret
    }

    assert secrets == SECRETS
    for secret in SECRETS:
        model, _dot, name = secret.rpartition(".")
        assert set(values(exported[model], name)) == {"gardé, jamais montré"}


def test_traces_of_work_are_counted_not_repeated(exported):
    past = exported["solos.HistoricalSolo"]
    (trace,) = [record for record in past.records if record[-1].key == "count"]

    assert [item.value for item in trace] == [
        "Sentinelle-prenom Sentinelle-nom", "sentinelle-motif", Solo.history.count(),
    ]  # fmt: skip
    assert past.name == "solos\u00a0: versions passées"


def test_short_records_alike_read_as_a_table(exported):
    tables = {name for name, section in exported.items() if section.is_table}

    # Consents have a trace of who wrote them down beside them, and mails say nine things.
    assert tables == {"comptes.SavedFilter", "courrier.DigestLine", "telecentres.BookingLine"}


def test_present_comes_before_the_past(exported):
    past = [issubclass(model_of(section), HistoricalChanges) for section in exported.values()]

    assert past == sorted(past)


def model_of(section):
    return next(model for model in personal_models() if model._meta.label == section.model)


def test_export_is_json(exported):
    text = json.dumps([each.as_json() for each in exported.values()], cls=DjangoJSONEncoder)

    assert '"presentation": "sentinelle-presentation"' in text


def test_export_holds_nobody_else(territory):
    make_someone(territory)
    other = SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz", email="a@b.fr")

    sections = gather_data(other)

    assert {section.model for section in sections} == {
        "solos.Solo", "solos.HistoricalSolo", "solos.StateChange",
    }  # fmt: skip
    text = json.dumps([each.as_json() for each in sections], cls=DjangoJSONEncoder)
    told = [each for each in sections if each.model != "solos.HistoricalSolo"]
    assert SENTINEL not in json.dumps([each.as_json() for each in told], cls=DjangoJSONEncoder)
    assert "Ruiz" in text


def test_past_versions_are_exported_with_the_present(exported):
    pasts = {
        model._meta.label for model in personal_models() if issubclass(model, HistoricalChanges)
    }

    assert pasts <= set(exported)
    assert "sentinelle-ancienne@exemple.fr" in values(exported["solos.HistoricalSolo"], "email")


def test_export_begins_with_the_person(exported):
    assert next(iter(exported)) in {"comptes.User", "solos.Solo"}
    assert exported["sessions.Session"].name == "connexions en cours"


@pytest.mark.parametrize(("length", "is_long"), [(500, False), (501, True)])
def test_long_value_is_not_shown_at_once(length, is_long):
    assert Item("text_body", "texte", "a" * length).is_long is is_long
