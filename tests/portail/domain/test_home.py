import pytest

from portail.domain.home import compose_home
from solos.enums import PublicField
from telecentres.enums import SpaceKind, TelecentreState
from tests.factories import (
    CommuneFactory,
    EventFactory,
    HostVillageFactory,
    NewsItemFactory,
    SoloFactory,
    SpaceFactory,
    TelecentreFactory,
    TerritoryFactory,
)


def test_compose_home_empty_territory_counts_zero(territory):
    home = compose_home(territory)

    assert set(home.counts.values()) == {0}
    assert (home.lights, home.solos, home.telecentres, home.next_event) == ([], [], [], None)
    assert home.news == []


def test_compose_home_counts_what_is_public(territory):
    commune = CommuneFactory(foix=True)
    solo = SoloFactory(territory=territory, published=True, commune=commune)
    SoloFactory(territory=territory, commune=commune)
    open_place = TelecentreFactory(territory=territory, commune=commune)
    TelecentreFactory(territory=territory, commune=commune, state=TelecentreState.PLANNED)
    TelecentreFactory(territory=territory, commune=commune, state=TelecentreState.CLOSED)
    SpaceFactory.create_batch(3, telecentre=open_place)
    SpaceFactory(telecentre=open_place, kind=SpaceKind.MEETING_ROOM)
    HostVillageFactory(territory=territory, commune=commune)
    session = EventFactory(territory=territory)
    EventFactory(territory=territory, past=True)
    elsewhere = TerritoryFactory()
    SoloFactory(territory=elsewhere, published=True, commune=commune)

    home = compose_home(territory)

    assert home.counts == {
        "solos_in_directory": 1,
        "host_villages": 1,
        "associated_villages": 0,
        "telecentres_open": 1,
        "desks_offered": 3,
        "communes": 1,
    }
    assert home.solos == [solo]
    assert home.telecentres == [open_place]
    assert home.next_event == session
    assert sorted(light.kind for light in home.lights) == ["open", "planned", "village"]


def test_compose_home_faces_agreed_to_show_trade_and_commune(territory):
    SoloFactory(territory=territory, published=True, published_fields=[PublicField.NAME])

    home = compose_home(territory)

    assert home.solos == []


@pytest.mark.parametrize("number", [1, 3])
def test_compose_home_query_count(territory, django_assert_num_queries, number):
    for _ in range(number):
        commune = CommuneFactory()
        SoloFactory(territory=territory, published=True, commune=commune)
        TelecentreFactory(territory=territory, commune=commune)
        HostVillageFactory(territory=territory, commune=commune)
        EventFactory(territory=territory)
        NewsItemFactory(territory=territory)

    with django_assert_num_queries(11):
        compose_home(territory)
