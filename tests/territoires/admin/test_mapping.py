"""Columns under other names than ours: guessed, chosen, remembered until the import."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from tablib import Dataset

from solos.admin.resources import SoloResource
from solos.enums import SoloState
from solos.models import PossibleDouble, Solo
from territoires.admin.mapping import (
    ColumnsRefused,
    MappingField,
    check_columns,
    chosen_mapping,
    guess,
)
from territoires.models import Organisation
from tests.factories import CommuneFactory, SoloFactory
from tests.territoires.admin.test_exchange import confirm, rows_of, totals

IMPORT = "/gestion/solos/solo/import/"
KNOWN = ["Prénom", "Nom", "E-mail"]


def guessed(*headers):
    return guess(headers, SoloResource.fields, SoloResource.other_names)


# ---- Guessing ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("header", "ours"),
    [
        ("PRENOM", "Prénom"), ("First name", "Prénom"), ("firstname", "Prénom"),
        ("Nom de famille", "Nom"), ("Last_Name", "Nom"), ("Courriel", "E-mail"),
        ("E mail", "E-mail"), ("Adresse électronique", "E-mail"), ("Tél.", "Téléphone"),
        ("Mobile phone", "Téléphone"), ("N° de SIRET", "SIRET"), ("Métier exercé", "Métier"),
        ("Ville", "Commune (code INSEE)"), ("Town", "Commune (code INSEE)"),
        ("Site internet", "Site web"), ("Nom de l’entreprise", "Nom commercial"),
        ("Signe astral", ""), ("", ""), ("!!!", ""), ("漢字", ""),
    ],
)  # fmt: skip
def test_column_is_guessed_whatever_accents_capitals_and_language(header, ours):
    assert guessed(header) == [ours]


def test_each_of_ours_is_proposed_once_to_the_nearest():
    assert guessed("Votre nom", "Nom", "Prénom", "Mail", "E-mail") == [
        "", "Nom", "Prénom", "", "E-mail",
    ]  # fmt: skip


def test_french_file_is_understood_in_english():
    with override("en"):
        assert guessed("Prénom", "Téléphone") == ["First name", "Phone"]


# ---- Checking ----------------------------------------------------------------------------------
def table(*headers):
    return Dataset([*(f"{name} 1" for name in headers)], headers=[*headers])


def check(dataset, mapping=None, required=("Prénom",)):
    check_columns(dataset, mapping, KNOWN, required)
    return dataset.headers, list(dataset)


def test_our_columns_need_no_choice():
    assert check(table("Nom", "Prénom")) == (["Nom", "Prénom"], [("Nom 1", "Prénom 1")])


def test_chosen_columns_are_ours_and_the_rest_is_dropped():
    assert check(table("Surname", "Age", "Given"), ["Nom", "", "Prénom"]) == (
        ["Nom", "Prénom"],
        [("Surname 1", "Given 1")],
    )


@pytest.mark.parametrize(
    ("headers", "mapping", "words"),
    [
        (["Prénom", "Age"], None, "Le fichier a des colonnes inconnues ici : « Age »."),
        (["a", "b"], ["Nom", ""], "Il manque dans le fichier : « Prénom »."),
        (["a", "b"], ["", ""], "Dites ce que contient au moins une de vos colonnes."),
        (["a", "b"], ["Nom", "Nom"],
         "Plusieurs de vos colonnes vont à la même des nôtres : « Nom »."),
        (["a", "b"], ["Nom"],
         "Ces colonnes ne sont plus celles du fichier : choisissez de nouveau."),
        (["a"], ["état"], "Ces colonnes ne sont plus celles du fichier : choisissez de nouveau."),
    ],
)  # fmt: skip
def test_columns_to_choose_are_asked_about_with_an_example(headers, mapping, words):
    with pytest.raises(ColumnsRefused) as refusal:
        check(table(*headers), mapping)

    assert str(refusal.value) == words
    assert refusal.value.headers == headers
    assert refusal.value.samples == [f"{name} 1" for name in headers]


def test_missing_column_that_no_choice_brings_is_named():
    with pytest.raises(ValueError, match="Il manque dans le fichier") as refusal:
        check(table("Nom"))

    assert not isinstance(refusal.value, ColumnsRefused)


def test_empty_column_has_no_example():
    with pytest.raises(ColumnsRefused) as refusal:
        check(Dataset([None, "x" * 99], headers=["a", "b"]))

    assert refusal.value.samples == ["", "x" * 59 + "…"]


@pytest.mark.parametrize(
    ("value", "mapping"), [("", None), ("null", None), ('["Nom", ""]', ["Nom", ""])]
)
def test_choice_is_remembered_as_a_list(value, mapping):
    assert MappingField(required=False).clean(value) == mapping


@pytest.mark.parametrize("value", ["{", "3", '{"a": 1}', "[1]", "[null]", '"Nom"'])
def test_choice_that_no_page_made_is_refused(value):
    with pytest.raises(ValidationError):
        MappingField(required=False).clean(value)


def test_no_choice_is_no_mapping():
    assert chosen_mapping({"column_1": "Nom"}) is None


# ---- The pages ---------------------------------------------------------------------------------
FILE = "Last name;First name;Mail;Signe astral\nRuiz;Ana;ana@exemple.fr;lion\n"


def send(client, content):
    file = SimpleUploadedFile("liste.csv", content)
    return client.post(IMPORT, {"import_file": file, "resource": "0"})


def answer(client, page, **changed):
    form = page.context["mapping_form"]
    chosen = {name: field.initial for name, field in form.fields.items()}
    waiting = {"waiting_file": page.context["waiting_file"], "resource": "0"}
    return client.post(IMPORT, waiting | chosen | changed)


def test_foreign_columns_are_asked_about_then_imported(territory, officer_client):
    page = send(officer_client, FILE.encode())

    assert {field.label: field.initial for field in page.context["mapping_form"]} == {
        "Last name": "Nom", "First name": "Prénom", "Mail": "E-mail", "Signe astral": "",
    }  # fmt: skip
    assert Solo.objects.count() == 0
    previewed = answer(officer_client, page)
    assert (totals(previewed), Solo.objects.count()) == ({"new": 1}, 0)
    confirm(officer_client, "solos_solo", previewed)

    solo = Solo.objects.get()
    assert (solo.name, solo.email) == ("Ana Ruiz", "ana@exemple.fr")
    assert (solo.state, solo.published_fields) == (SoloState.IDENTIFIED, [])


def test_same_file_again_changes_nothing(territory, officer_client):
    for _ in range(2):
        previewed = answer(officer_client, send(officer_client, FILE.encode()))
        confirm(officer_client, "solos_solo", previewed)
        rows = rows_of(Solo)

    assert totals(previewed) == {"skip": 1}
    assert (len(rows), Solo.history.count()) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_file_is_read_whatever_its_encoding_and_delimiter(
    encoding, delimiter, territory, officer_client
):
    text = "Prénom usuel;Nom de famille\nZoé;Núñez\n".replace(";", delimiter)

    previewed = answer(officer_client, send(officer_client, text.encode(encoding)))
    confirm(officer_client, "solos_solo", previewed)

    assert Solo.objects.get().name == "Zoé Núñez"


def test_wrong_choice_is_said_and_asked_about_again(territory, officer_client):
    page = send(officer_client, FILE.encode())

    again = answer(officer_client, page, column_2="Nom")

    assert again.context["mapping_refusal"] == (
        "Plusieurs de vos colonnes vont à la même des nôtres : « Nom »."
    )
    form = again.context["mapping_form"]
    assert [field.initial for field in form] == ["Nom", "Prénom", "Nom", ""]
    assert totals(answer(officer_client, again, column_2="")) == {"new": 1}


def test_file_gone_meanwhile_is_asked_for_again(territory, officer_client):
    page = send(officer_client, FILE.encode())
    cache.clear()

    again = answer(officer_client, page)

    assert again.context["form"].errors == {
        "import_file": ["Le fichier n’est plus là : envoyez-le de nouveau."]
    }


@pytest.mark.parametrize("name", ["../../etc/passwd", "x" * 400, "é", "a b"])
def test_file_that_no_page_named_is_not_there(name, territory, officer_client):
    answered = officer_client.post(IMPORT, {"resource": "0", "waiting_file": name})

    assert list(answered.context["form"].errors) == ["import_file"]


def test_columns_shown_to_inform_are_not_to_choose(territory, officer_client):
    page = send(officer_client, "Nom de la commune;Champs publics;Âge\na;b;c\n".encode())

    fields = list(page.context["mapping_form"].fields.values())
    assert [field.initial for field in fields] == ["Commune (code INSEE)", "", ""]
    names = {name for name, _label in fields[0].choices}
    assert {"Territoire", "Nom dans les adresses", "SIRET"} <= names
    assert names & {"Champs publics", "État", "Nom de la commune"} == set()


def test_no_file_is_no_import(territory, officer_client):
    answered = officer_client.post(IMPORT, {"resource": "0"})

    assert answered.context["form"].errors == {"import_file": ["Choisissez un fichier."]}


def test_repeated_heading_is_named(territory, officer_client):
    page = send(officer_client, b"Nom;Nom;E-mail\na;b;c\n")

    assert page.context["form"].errors == {
        "import_file": ["Deux colonnes portent le même nom : « Nom »."]
    }


def test_any_list_that_exchanges_files_asks_about_columns(territory, officer_client):
    address = "/gestion/territoires/organisation/import/"
    file = SimpleUploadedFile("liste.csv", b"Name;Fax\nAgence;0\n")
    page = officer_client.post(address, {"import_file": file, "resource": "0"})

    form = page.context["mapping_form"]
    assert [field.label for field in form] == ["Name", "Fax"]
    assert Organisation.objects.count() == 0


def test_heading_cannot_carry_a_script(territory, officer_client):
    page = send(officer_client, b"<script>alert(1)</script>\n<script>alert(2)</script>\n")

    assert b"<script>alert" not in page.content


# ---- What the preview notices ------------------------------------------------------------------
def test_preview_names_the_likely_doubles_of_each_row(territory, officer_client):
    known = SoloFactory(
        territory=territory, first_name="Ana", last_name="Ruiz", email="ana@exemple.fr"
    )
    text = "Prénom;Nom;E-mail\nAnna;Ruis;ANA@exemple.fr\nJo;Bel;\nBel;Jo;\nLou;Faur;\n"

    page = send(officer_client, text.encode())

    notes = [[str(note) for note in row.notes] for row in page.context["result"].valid_rows()]
    link = f'<a href="/gestion/solos/solo/{known.pk}/change/">Ressemble à Ana Ruiz</a>'
    assert notes == [
        [f"{link} (même e-mail)"],
        [],
        ["Ressemble à Jo Bel, ligne 3 (noms proches, communes voisines)"],
        [],
    ]
    assert PossibleDouble.objects.count() == 0
    confirm(officer_client, "solos_solo", page)
    assert PossibleDouble.objects.count() == 2


def test_commune_is_known_by_its_name_where_one_bears_it(territory, officer_client):
    CommuneFactory(foix=True)
    text = "Prénom;Nom;Ville\nAna;Ruiz;FOIX\n"

    confirm(
        officer_client, "solos_solo", answer(officer_client, send(officer_client, text.encode()))
    )

    assert Solo.objects.get().commune_id == "09122"
