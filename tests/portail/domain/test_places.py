from datetime import timedelta

from django.contrib.gis.geos import Point
from django.utils import timezone

from accueil.enums import EventState
from portail.domain.places import compose_commune, compose_village, local_life, neighbours_of
from solos.enums import PublicField
from telecentres.enums import TelecentreState
from territoires.enums import FormerCommuneKind
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    DepartmentFactory,
    EventFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    SoloFactory,
    TelecentreFactory,
    TerritoryFactory,
)


def test_local_life_counts_who_shows_this_commune(territory):
    foix = CommuneFactory(foix=True)
    shown = SoloFactory(territory=territory, published=True, commune=foix)
    SoloFactory(
        territory=territory, published=True, commune=foix, published_fields=[PublicField.NAME]
    )
    SoloFactory(territory=territory, commune=foix)
    SoloFactory(territory=TerritoryFactory(), published=True, commune=foix)

    life = local_life(territory=territory, commune=foix)

    assert (life.solos, life.solo_count) == ([shown], 1)


def test_local_life_shows_six_and_counts_all(territory):
    foix = CommuneFactory(foix=True)
    SoloFactory.create_batch(7, territory=territory, published=True, commune=foix)

    life = local_life(territory=territory, commune=foix)

    assert (len(life.solos), life.solo_count) == (6, 7)


def test_local_life_open_telecentres_first(territory):
    foix = CommuneFactory(foix=True)
    planned = TelecentreFactory(
        territory=territory, commune=foix, name="A", state=TelecentreState.PLANNED
    )
    opened = TelecentreFactory(territory=territory, commune=foix, name="B")
    TelecentreFactory(territory=territory, commune=foix, state=TelecentreState.CLOSED)

    assert local_life(territory=territory, commune=foix).telecentres == [opened, planned]


def test_neighbours_touch_and_belong_to_the_territory(territory):
    gers = DepartmentFactory(code="32", name="Gers", region_code="76")
    centre, east, west = (
        CommuneFactory(centre=Point(x, 42.9, srid=4326)) for x in (1.50, 1.52, 1.48)
    )
    far = CommuneFactory(centre=Point(1.56, 42.9, srid=4326))
    outside = CommuneFactory(
        insee_code="32001", department=gers, epci=None, centre=Point(1.50, 42.92, srid=4326)
    )
    for commune in (centre, east, west, far, outside):
        CommuneContourFactory(commune=commune)

    assert set(neighbours_of(territory, centre)) == {east, west}


def test_neighbours_without_contour_are_unknown(territory):
    assert neighbours_of(territory, CommuneFactory()) == []


def test_compose_commune_names_its_former_communes(territory):
    former = FormerCommuneFactory()
    commune = former.successor
    FormerCommuneFactory(
        insee_code="09999", name=commune.name, kind=FormerCommuneKind.FORMER, successor=commune
    )
    commune.area_ha = 6_420

    facts = compose_commune(territory=territory, commune=commune).facts

    assert (facts.former_communes, facts.area_km2) == ([former], 64.2)


def test_compose_commune_without_village_once_the_commitment_ended(territory):
    village = HostVillageFactory(territory=territory)
    page = compose_commune(territory=territory, commune=village.commune)
    assert page.village == village

    village.commitment_ends_on = timezone.localdate() - timedelta(days=1)
    village.save()

    assert compose_commune(territory=territory, commune=village.commune).village is None


def test_compose_village_next_event_here(territory):
    village = HostVillageFactory(territory=territory)
    now = timezone.now()
    EventFactory(territory=territory, village=village, starts_at=now + timedelta(days=9))
    first = EventFactory(territory=territory, village=village, starts_at=now + timedelta(days=5))
    EventFactory(territory=territory, village=village, state=EventState.DRAFT)
    EventFactory(territory=territory, starts_at=now + timedelta(days=1))
    EventFactory(territory=territory, village=village, past=True)

    assert compose_village(village=village).next_event == first


def test_local_life_without_telecentre_names_the_nearest_open(territory):
    here = CommuneFactory(centre=Point(1.5, 42.9, srid=4326))
    for name, longitude, state in [
        ("Loin", 1.9, TelecentreState.OPEN),
        ("Projet", 1.51, TelecentreState.PLANNED),
        ("Près", 1.6, TelecentreState.OPEN),
    ]:
        point = Point(longitude, 42.9, srid=4326)
        TelecentreFactory(territory=territory, name=name, point=point, state=state)
    TelecentreFactory(territory=TerritoryFactory(), point=here.centre)

    nearest = local_life(territory=territory, commune=here).nearest

    assert [(place.name, round(place.km)) for place in nearest] == [("Près", 8), ("Loin", 33)]


def test_local_life_of_a_commune_without_centre_has_no_nearest(territory):
    TelecentreFactory(territory=territory)

    assert local_life(territory=territory, commune=CommuneFactory(centre=None)).nearest == []
