import pytest
from django.contrib.gis.geos import Point
from tablib import Dataset

from comptes.models import User
from telecentres.admin.resources import TelecentreResource
from telecentres.enums import PointPrecision
from telecentres.models import Telecentre
from tests.factories import CommuneFactory, OrganisationFactory, TelecentreFactory

ROW = {"Nom": "Le Relais", "Commune (code INSEE)": "09122"}
COORDINATES = "Donnez la latitude et la longitude en degrés, comme 42,9658 et 1,6053."


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

    assert errors(result) == [
        {"Organisme gestionnaire": ["« Chambre du Gers » ne figure pas dans nos listes."]}
    ]
