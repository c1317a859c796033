from portail.domain.site_map import compose_site_map
from tests.factories import (
    HostVillageFactory,
    ProgrammeFactory,
    TelecentreFactory,
    TerritoryFactory,
)


def test_site_map_lists_what_this_territory_shows(territory):
    village = HostVillageFactory(territory=territory)
    HostVillageFactory(territory=territory, is_published=False)
    telecentre = TelecentreFactory(territory=territory, commune=village.commune)
    programme = ProgrammeFactory(territories=[territory])
    elsewhere = TerritoryFactory()
    ProgrammeFactory(territories=[elsewhere])
    TelecentreFactory(territory=elsewhere, commune=village.commune)

    site_map = compose_site_map(territory)

    assert site_map.villages == [village]
    assert site_map.telecentres == [telecentre]
    assert site_map.programmes == [programme]
    assert len(site_map.communes) == 2
