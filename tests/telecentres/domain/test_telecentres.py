from datetime import date

import pytest
from django.contrib.gis.geos import Point

from telecentres.domain.errors import NoKnownPosition, OutsideTerritory
from telecentres.domain.telecentres import open_telecentre, plan_telecentre
from telecentres.enums import PointPrecision, TelecentreState
from telecentres.models import Telecentre
from territoires.models import Department
from tests.factories.territoires import CommuneFactory


def test_open_telecentre_without_point_stands_at_centre_and_says_so(territory):
    commune = CommuneFactory(foix=True)

    site = open_telecentre(
        territory=territory, commune=commune, name="Cap Delta", opened_on=date(2005, 1, 1)
    )

    assert (site.slug, site.state) == ("cap-delta", TelecentreState.OPEN)
    assert (site.point, site.point_precision) == (commune.centre, PointPrecision.COMMUNE)


def test_open_telecentre_with_point_stands_there(territory):
    door = Point(1.6, 42.96, srid=4326)

    site = open_telecentre(
        territory=territory, commune=CommuneFactory(foix=True), name="Cap Delta", point=door
    )

    assert (site.point, site.point_precision) == (door, PointPrecision.ADDRESS)


def test_plan_telecentre_shows_as_planned(territory):
    site = plan_telecentre(
        territory=territory, commune=CommuneFactory(foix=True), name="Tiers-lieu"
    )

    assert (site.state, site.point_precision) == (TelecentreState.PLANNED, PointPrecision.COMMUNE)
    assert list(Telecentre.objects.open()) == []
    assert list(Telecentre.objects.public()) == [site]


def test_open_telecentre_of_same_name_takes_next_address(territory):
    slugs = [
        plan_telecentre(territory=territory, commune=CommuneFactory(), name="Le Relais").slug
        for _ in range(3)
    ]

    assert slugs == ["le-relais", "le-relais-2", "le-relais-3"]


def test_open_telecentre_in_commune_without_centre_is_refused(territory):
    with pytest.raises(NoKnownPosition):
        open_telecentre(territory=territory, commune=CommuneFactory(centre=None), name="Relais")

    assert Telecentre.objects.count() == 0


def test_open_telecentre_outside_territory_is_refused(territory):
    elsewhere = CommuneFactory(
        insee_code="32013", department=Department.objects.get(pk="32"), epci=None
    )

    with pytest.raises(OutsideTerritory):
        open_telecentre(territory=territory, commune=elsewhere, name="Relais")

    assert Telecentre.objects.count() == 0
