import pytest
from django.core.exceptions import ValidationError

from territoires.domain.errors import EmptyTerritory
from territoires.domain.territories import create_territory
from territoires.models import Commune, Department, Territory
from tests.factories.territoires import CommuneFactory, EpciFactory

GERS = {"name": "Gers", "slug": "gers", "in_name": "dans le Gers", "agency_name": "Agence"}


def test_create_territory_joins_departments_epcis_and_communes(db):
    gers = Department.objects.get(pk="32")
    near = EpciFactory(siren="200000001", name="CC voisine")
    rows = [
        CommuneFactory(insee_code="32013", department=gers, epci=None),
        CommuneFactory(insee_code="82001", department=Department.objects.get(pk="82"), epci=near),
        CommuneFactory(insee_code="65001", department=Department.objects.get(pk="65"), epci=None),
    ]
    CommuneFactory(insee_code="65002", department=Department.objects.get(pk="65"), epci=None)

    territory = create_territory(
        **GERS, departments=[gers], epcis=[near], communes=[rows[2]], tagline="Venez"
    )

    assert set(Commune.objects.within(territory)) == set(rows)
    assert territory.tagline == "Venez"


def test_create_territory_made_of_nothing_is_refused(db):
    with pytest.raises(EmptyTerritory):
        create_territory(**GERS)

    assert Territory.objects.count() == 0


def test_create_territory_with_second_default_changes_nothing(territory):
    with pytest.raises(ValidationError):
        create_territory(**GERS, departments=Department.objects.filter(pk="32"), is_default=True)

    assert list(Territory.objects.all()) == [territory]
