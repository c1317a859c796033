import pytest

from territoires.domain.errors import NoTerritory
from territoires.domain.territory import territory_for_host
from tests.factories import TerritoryFactory


def test_territory_for_host_named(territory):
    gers = TerritoryFactory(name="Gers", host_name="gers.localhost")

    assert territory_for_host("gers.localhost") == gers
    assert territory_for_host("GERS.localhost") == gers


def test_territory_for_host_unknown_is_the_default(territory):
    TerritoryFactory(name="Gers")

    assert territory_for_host("nulle-part.example") == territory


def test_territory_for_host_not_public_is_not_shown(territory):
    TerritoryFactory(host_name="brouillon.localhost", is_public=False)

    assert territory_for_host("brouillon.localhost") == territory


@pytest.mark.django_db
def test_territory_for_host_without_any_territory():
    TerritoryFactory(is_public=False)

    with pytest.raises(NoTerritory):
        territory_for_host("localhost")
