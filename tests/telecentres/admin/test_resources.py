from datetime import date
from decimal import Decimal

import pytest
from django.contrib.gis.geos import Point
from tablib import Dataset

from comptes.models import User
from telecentres.admin.resources import TelecentreResource
from telecentres.enums import ConnectionKind, PointPrecision, StepFree
from telecentres.models import Telecentre
from tests.factories import CommuneFactory, OrganisationFactory, TelecentreFactory

NBSP = "\N{NO-BREAK SPACE}"
ROW = {"Nom": "Le Relais", "Commune (code INSEE)": "09122"}
COORDINATES = "Donnez la latitude et la longitude en degrés, comme 42,9658 et 1,6053."
UNKNOWN = "ne figure pas dans nos listes. Videz la cellule pour importer la ligne sans."


def load(territory, **row):
    dataset = Dataset([*row.values()], headers=[*row.keys()])
    return TelecentreResource(territory=territory, user=User(is_superuser=True)).import_data(
        dataset
    )


def errors(result):
    return [
        {str(name): texts for name, texts in row.error_dict.items()} for row in result.invalid_rows
    ]


def test_new_place_without_coordinates_stands_at_its_commune_and_says_so(territory):
    foix = CommuneFactory(foix=True)

    load(territory, **ROW)

    place = Telecentre.objects.get()
    assert (place.slug, place.point, place.point_precision) == (
        "le-relais",
        foix.centre,
        PointPrecision.COMMUNE,
    )


def test_coordinates_place_it_at_its_address(territory):
    CommuneFactory(foix=True)

    load(territory, **ROW, Latitude="42,9700", Longitude="1.61")

    place = Telecentre.objects.get()
    assert place.point.coords == (1.61, 42.97)
    assert place.point_precision == PointPrecision.ADDRESS


def test_known_place_keeps_its_point_when_the_file_says_none(territory):
    foix = CommuneFactory(foix=True)
    point = Point(1.6, 42.9, srid=4326)
    TelecentreFactory(territory=territory, name="Le Relais", commune=foix, point=point)

    load(territory, **ROW, Adresse="1 place Parmentier")

    place = Telecentre.objects.get()
    assert (place.address, place.point.coords) == ("1 place Parmentier", (1.6, 42.9))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("1", ""), ("", "1"), ("nord", "1"), ("91", "1"), ("1", "181"), ("nan", "1"), ("1", "inf")],
)
def test_wrong_coordinates_are_refused(latitude, longitude, territory):
    CommuneFactory(foix=True)

    result = load(territory, **ROW, Latitude=latitude, Longitude=longitude)

    assert errors(result) == [{"Latitude": [COORDINATES]}]
    assert Telecentre.objects.count() == 0


def test_commune_outside_the_territory_is_refused(territory):
    CommuneFactory(insee_code="32013", name="Auch", department__code="32", department__name="Gers")

    result = load(territory, Nom="Ailleurs", **{"Commune (code INSEE)": "32013"})

    assert errors(result) == [{"Commune (code INSEE)": ["Cette commune n’est pas du territoire."]}]


def test_organisation_of_another_territory_is_unknown_here(territory):
    CommuneFactory(foix=True)
    OrganisationFactory(name="Chambre du Gers")

    result = load(territory, **ROW, **{"Organisme gestionnaire": "Chambre du Gers"})

    assert errors(result) == [{"Organisme gestionnaire": [f"« Chambre du Gers » {UNKNOWN}"]}]


def test_facts_of_a_place_come_from_a_file_as_they_left(territory):
    CommuneFactory(foix=True)
    facts = {
        "Équipement": "Imprimante\nÉcran",
        "De plain-pied": "en partie",
        "Accès à Internet": "Fibre",
        "Débit en réception (Mbit/s)": "300",
        "Débit en émission (Mbit/s)": "0,9",
        "Débits mesurés le": "12/03/2024",
        "Surface de bureaux (m²)": "96",
        "Investissement (€)": "214 000,50",
        "Coût de fonctionnement par an (€)": "",
    }

    load(territory, **ROW, **facts)

    place = Telecentre.objects.get()
    assert (place.equipment, place.step_free, place.connection) == (
        "Imprimante\nÉcran",
        StepFree.PARTLY,
        ConnectionKind.FIBRE,
    )
    assert (place.download_mbps, place.upload_mbps) == (Decimal(300), Decimal("0.9"))
    assert (place.measured_on, place.office_area_m2) == (date(2024, 3, 12), 96)
    assert (place.investment, place.running_cost) == (Decimal("214000.50"), None)


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        (
            {"Débit en réception (Mbit/s)": "300"},
            f"Un débit se mesure un jour{NBSP}: dites lequel.",
        ),
        ({"Investissement (€)": "-1"}, "Un coût ne peut pas être négatif."),
        ({"Investissement (€)": "1e30"}, None),
        ({"Investissement (€)": "0,001"}, None),
        ({"Investissement (€)": "cher"}, f"«{NBSP}cher{NBSP}» n’est pas un nombre."),
        ({"Accès à Internet": "pigeon"}, None),
    ],
)
def test_facts_that_cannot_be_are_refused(territory, facts, refused):
    CommuneFactory(foix=True)

    [texts] = [text for row in errors(load(territory, **ROW, **facts)) for text in row.values()]

    assert refused in {None, texts[0]}
    assert Telecentre.objects.count() == 0


def test_neighbours_place_may_be_outside_the_territory(territory):
    CommuneFactory(insee_code="32013", name="Auch", department__code="32", department__name="Gers")
    row = {"Nom": "Ailleurs", "Commune (code INSEE)": "32013", "Chez un voisin": "oui"}

    result = load(territory, **row)

    assert errors(result) == []
    assert Telecentre.objects.get().is_neighbour is True
