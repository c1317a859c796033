import pytest
from tablib import Dataset

from comptes.models import User
from solos.admin.resources import SoloResource
from solos.enums import SoloState, WorkPlace
from solos.models import Solo
from tests.factories import (
    CommuneFactory,
    FormerCommuneFactory,
    ProgrammeFactory,
    SoloFactory,
    TradeFactory,
)


def load(territory, officer=None, **row):
    dataset = Dataset([*row.values()], headers=[*row.keys()])
    user = officer or User(is_superuser=True)
    return SoloResource(territory=territory, user=user).import_data(dataset)


def errors(result):
    (row,) = result.invalid_rows
    return {str(column): texts for column, texts in row.error_dict.items()}


NAME = {"Prénom": "Ana", "Nom": "Ruiz"}
UNKNOWN = "ne figure pas dans nos listes. Videz la cellule pour importer la ligne sans."


def test_new_solo_is_identified_by_the_officer_and_not_public(territory, officer):
    CommuneFactory(foix=True)
    TradeFactory(name="Céramique", slug="ceramique")
    ProgrammeFactory(name="Solos d’essai", territories=[territory])
    row = {
        "Métier": "céramique", "Commune (code INSEE)": 9122, "Compétences": "tour, émail",
        "Téléphone": "05 61 00 00 00", "Lieu de travail": "Chez soi et dans un lieu partagé",
        "Année d’arrivée": 2019.0, "Programme": "solos d’essai", "État": "dans l’annuaire",
        "Champs publics": "nom et prénom",
    }  # fmt: skip

    result = load(territory, officer, **NAME, **row)

    assert [row.error.messages for row in result.invalid_rows] == []
    solo = Solo.objects.get()
    assert (solo.state, solo.published_fields) == (SoloState.IDENTIFIED, [])
    assert (solo.slug, solo.trade.name, solo.commune_id) == ("ana-ruiz", "Céramique", "09122")
    assert (solo.skills, solo.work_place, solo.arrived_in) == (
        ["tour", "émail"],
        WorkPlace.BOTH,
        2019,
    )
    assert [(each.state, each.author) for each in solo.state_changes.all()] == [
        (SoloState.IDENTIFIED, officer)
    ]


def test_known_solo_is_found_by_name_whatever_its_capitals(territory):
    solo = SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz", published=True)

    load(territory, **{"Prénom": "ANA", "Nom": "ruiz", "Site web": "https://ana.example"})

    solo.refresh_from_db()
    assert (solo.website, solo.state) == ("https://ana.example", SoloState.PUBLISHED)
    assert Solo.objects.count() == 1


def test_namesakes_are_told_apart_by_their_name_in_addresses(territory):
    first, _second = (
        SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz") for _ in range(2)
    )

    assert errors(load(territory, **NAME, **{"E-mail": "a@exemple.fr"})) == {
        "Nom dans les adresses": ["Plusieurs fiches portent ces nom et prénom : dites laquelle."]
    }
    load(territory, **NAME, **{"Nom dans les adresses": first.slug, "E-mail": "a@exemple.fr"})

    assert list(Solo.objects.filter(email="a@exemple.fr")) == [first]


@pytest.mark.parametrize(
    ("column", "cell", "meant"),
    [
        ("Métier", "Graphiste", "Graphisme"),
        ("Commune (code INSEE)", "Florak", "Florac Trois Rivières (09061)"),
    ],
)
def test_unknown_word_brings_the_nearest_ones(territory, column, cell, meant):
    TradeFactory(name="Graphisme")
    TradeFactory(name="Poterie")
    CommuneFactory(insee_code="09061", name="Florac Trois Rivières")

    (said,) = errors(load(territory, **NAME, **{column: cell}))[column]

    assert f"Vouliez-vous dire : {meant} ?" in said


def test_former_name_of_a_commune_is_enough(territory, officer):
    former = FormerCommuneFactory()

    result = load(territory, officer, **NAME, **{"Commune (code INSEE)": former.name})

    assert (result.row_errors(), list(result.invalid_rows)) == ([], [])
    assert Solo.objects.get().commune == former.successor


def test_empty_cell_empties_the_field(territory):
    SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz", arrived_in=2019)

    load(territory, **NAME, **{"Année d’arrivée": "", "Métier": None})

    solo = Solo.objects.get()
    assert (solo.arrived_in, solo.trade) == (None, None)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("Commune (code INSEE)", "99999", f"« 99999 » {UNKNOWN}"),
        ("Métier", "alchimie", f"« alchimie » {UNKNOWN}"),
        ("Année d’arrivée", "hier", "« hier » n’est pas un nombre."),
        ("E-mail", "pas une adresse", "Saisissez une adresse e-mail valide."),
        ("Nom dans les adresses", "inconnu",
         "Aucune fiche ne porte ce nom : videz la case pour en créer une."),
        ("Territoire", "Nulle part", "Dites de quel territoire il s’agit, par son nom."),
        ("Statut", "roi",
         (
             "« roi » n’est pas un des choix : indépendant·e, salarié·e en télétravail, "
             "créateur·rice d’entreprise, en recherche d’activité."
         )),
    ],
)  # fmt: skip
def test_wrong_cell_is_named_with_its_column(column, cell, message, territory):
    assert errors(load(territory, **NAME, **{column: cell})) == {column: [message]}
    assert Solo.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"Nom": "Ruiz"}, "Il manque dans le fichier : « Prénom »."),
        (
            {**NAME, "Signe astral": "x"},
            "Le fichier a des colonnes inconnues ici : « Signe astral ».",
        ),
    ],
)
def test_wrong_columns_are_named(row, message, territory):
    (error,) = load(territory, **row).base_errors

    assert str(error.error) == message
    assert Solo.objects.count() == 0
