from datetime import date

import pytest

from portail.domain.communes import commune_at, nearest_communes
from portail.domain.errors import CommuneMoved, CommuneUnknown
from territoires.models import Commune
from tests.factories import CommuneFactory, DepartmentFactory, FormerCommuneFactory


@pytest.fixture
def foix(territory) -> Commune:
    return CommuneFactory(foix=True)


def test_commune_at_its_code(territory, foix):
    assert commune_at(territory=territory, code="09122") == foix


def test_commune_at_takes_small_letters(territory):
    corsica = DepartmentFactory(code="2A", name="Corse-du-Sud", region_code="94")
    ajaccio = CommuneFactory(insee_code="2A004", name="Ajaccio", department=corsica)
    territory.departments.add(corsica)

    assert commune_at(territory=territory, code="2a004") == ajaccio


def test_commune_at_former_code_has_moved(territory):
    FormerCommuneFactory()

    with pytest.raises(CommuneMoved) as moved:
        commune_at(territory=territory, code="09334")

    assert moved.value.successor_code == "09335"


def test_commune_ended_has_moved_to_the_last_successor(territory, foix):
    middle = CommuneFactory(insee_code="09802", ended_on=date(2024, 1, 1), successor=foix)
    CommuneFactory(insee_code="09801", ended_on=date(2019, 1, 1), successor=middle)

    with pytest.raises(CommuneMoved) as moved:
        commune_at(territory=territory, code="09801")

    assert moved.value.successor_code == "09122"


def test_commune_ended_in_a_circle_is_unknown(territory):
    one = CommuneFactory(insee_code="09801", ended_on=date(2019, 1, 1))
    two = CommuneFactory(insee_code="09802", ended_on=date(2019, 1, 1), successor=one)
    Commune.objects.filter(pk="09801").update(successor=two)

    with pytest.raises(CommuneUnknown):
        commune_at(territory=territory, code="09801")


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [("09000", ["Foix"]), ("foix", ["Foix"]), ("foxi", ["Foix"]), ("99999", []), ("x" * 900, [])],
)
def test_commune_unknown_suggests(territory, foix, asked, suggested):
    with pytest.raises(CommuneUnknown) as unknown:
        commune_at(territory=territory, code=asked)

    assert [commune.name for commune in unknown.value.suggestions] == suggested
    assert unknown.value.elsewhere is None


def test_commune_outside_the_territory_is_named(territory, foix):
    gers = DepartmentFactory(code="32", name="Gers", region_code="76")
    auch = CommuneFactory(insee_code="32013", name="Auch", department=gers, epci=None)

    with pytest.raises(CommuneUnknown) as unknown:
        commune_at(territory=territory, code="32013")

    assert unknown.value.elsewhere == auch


def test_nearest_communes_forgives_swapped_letters(territory, foix):
    val_de_sos = CommuneFactory(name="Val-de-Sos")

    assert nearest_communes(territory, "Foxi") == [foix]
    assert nearest_communes(territory, "val de ssoss") == [val_de_sos]
    assert nearest_communes(territory, "graphiste") == []
