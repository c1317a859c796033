import pytest

from portail.domain.map_layers import (
    CommuneTable,
    FoundPlace,
    Shade,
    commune_table,
    find_places,
    map_content,
)
from registre.enums import ConsentMeans
from solos.domain.publication import hide_solo, publish_solo, record_consent, withdraw_solo
from solos.enums import PublicField
from solos.models import Solo
from telecentres.enums import TelecentreState
from territoires.models import Commune
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    SoloFactory,
    TelecentreFactory,
    TerritoryFactory,
)


def people(territory) -> dict[str, list[Solo]]:
    return {group.commune.name: list(group.solos) for group in map_content(territory).solo_groups}


def published(territory, fields: list[PublicField], **details) -> Solo:
    solo = SoloFactory(territory=territory, **details)
    record_consent(solo=solo, fields=fields, wording_version="agence-1", means=ConsentMeans.FORM)
    return publish_solo(solo=solo)


def densities(*values: float | None) -> CommuneTable:
    """Communes of 1 km² with so many inhabitants."""
    return CommuneTable(tuple(Commune(population=value, area_ha=100) for value in values))


# ---- Consent ------------------------------------------------------------------------------------


def test_map_content_solo_shown_with_consent_for_commune(territory):
    solo = published(territory, [PublicField.NAME, PublicField.COMMUNE])

    assert people(territory) == {solo.commune.name: [solo]}


def test_map_content_solo_without_consent_for_commune_is_nowhere(territory):
    published(territory, [field for field in PublicField if field != PublicField.COMMUNE])

    assert people(territory) == {}


@pytest.mark.parametrize("leave", [hide_solo, withdraw_solo])
def test_map_content_solo_who_leaves_is_nowhere(territory, leave):
    leave(solo=published(territory, list(PublicField)))

    assert people(territory) == {}


def test_map_content_solo_only_identified_is_nowhere(territory):
    solo = SoloFactory(territory=territory)
    record_consent(
        solo=solo, fields=list(PublicField), wording_version="agence-1", means=ConsentMeans.FORM
    )

    assert people(territory) == {}


def test_map_content_solo_without_commune_is_nowhere(territory):
    published(territory, list(PublicField), commune=None)

    assert people(territory) == {}


# ---- Content ------------------------------------------------------------------------------------


def test_map_content_groups_solos_by_commune_in_order(territory):
    foix, auzat = CommuneFactory(foix=True), CommuneFactory(name="Auzat")
    claude = SoloFactory(territory=territory, published=True, commune=foix, last_name="Roux")
    alix = SoloFactory(territory=territory, published=True, commune=foix, last_name="Caron")
    noa = SoloFactory(territory=territory, published=True, commune=auzat)

    groups = map_content(territory).solo_groups

    assert [(group.commune, group.solos) for group in groups] == [
        (auzat, (noa,)),
        (foix, (alix, claude)),
    ]
    assert [group.point for group in groups] == [auzat.centre, foix.centre]
    assert map_content(territory).solo_count == 3


def test_map_content_leaves_out_another_territory(territory):
    other = TerritoryFactory()
    commune = CommuneFactory()
    HostVillageFactory(territory=other, commune=commune)
    TelecentreFactory(territory=other, commune=commune)
    SoloFactory(territory=other, published=True, commune=commune)

    content = map_content(territory)

    assert (content.villages, content.telecentres, content.solo_groups) == ((), (), ())


def test_map_content_open_places_before_planned_and_never_closed(territory):
    for name, state in [("A", "planned"), ("B", "closed"), ("C", "open")]:
        TelecentreFactory(territory=territory, name=name, state=TelecentreState(state))

    assert [place.name for place in map_content(territory).telecentres] == ["C", "A"]


def test_map_content_leaves_out_unpublished_village(territory):
    HostVillageFactory(territory=territory, is_published=False)

    assert map_content(territory).villages == ()


def test_map_content_within_keeps_these_communes_only(territory):
    foix, auzat = CommuneFactory(foix=True), CommuneFactory(name="Auzat")
    for commune in (foix, auzat):
        HostVillageFactory(territory=territory, commune=commune)
        TelecentreFactory(territory=territory, commune=commune)
        SoloFactory(territory=territory, published=True, commune=commune)

    content = map_content(territory).within([foix])

    assert [row.commune for row in content.villages] == [foix]
    assert [row.commune for row in content.telecentres] == [foix]
    assert [row.commune for row in content.solo_groups] == [foix]


@pytest.mark.parametrize("number", [1, 3])
def test_map_content_costs_the_same_for_one_and_three(territory, django_assert_num_queries, number):
    HostVillageFactory.create_batch(number, territory=territory)
    TelecentreFactory.create_batch(number, territory=territory)
    SoloFactory.create_batch(number, territory=territory, published=True)

    with django_assert_num_queries(3):
        content = map_content(territory)
        assert [solo.trade.name for group in content.solo_groups for solo in group.solos]

    assert len(content.villages) == len(content.telecentres) == content.solo_count == number


# ---- Communes and their scale -------------------------------------------------------------------


def test_commune_table_present_communes_in_alphabetical_order(territory):
    CommuneFactory(name="Le Port", sort_name="Port")
    CommuneContourFactory(commune=CommuneFactory(foix=True, population_year=2022), source="IGN")
    CommuneFactory(name="Vicdessos", ended_on="2019-01-01")

    table = commune_table(territory)

    assert [commune.name for commune in table.communes] == ["Foix", "Le Port"]
    assert table.years == [2022, 2023]
    assert table.sources == ["liste d’essai"]
    assert table.contour_sources == ["IGN"]
    assert table.vintages == [2026]


def test_commune_table_without_communes_is_empty(territory):
    table = commune_table(territory)

    assert (table.communes, table.years, table.density_limits, table.shades) == ((), [], [], [])


def test_density_limits_part_communes_in_equal_shares():
    assert densities(*range(1, 101)).density_limits == [21, 41, 61, 81]


def test_density_limits_ignore_unknown_densities():
    assert densities(None, *range(1, 101), None).density_limits == [21, 41, 61, 81]


@pytest.mark.parametrize(
    ("values", "limits"),
    [((), []), ((7,), []), ((7, 7, 7), []), ((3, 9), [9]), ((1, 1, 1, 1, 500), [500])],
)
def test_density_limits_leave_no_shade_empty(values, limits):
    assert densities(*values).density_limits == limits


def test_shades_go_from_open_to_open():
    assert densities(3, 9).shades == [Shade(1, None, 9), Shade(2, 9, None)]


# ---- Search -------------------------------------------------------------------------------------


def test_find_places_by_former_name_finds_the_successor(territory):
    former = FormerCommuneFactory()

    assert find_places(territory=territory, text=" vicdessos ") == [
        FoundPlace(former.successor, "Vicdessos")
    ]


def test_find_places_former_name_still_borne_is_not_repeated(territory):
    commune = CommuneFactory(name="Auzat")
    FormerCommuneFactory(name="Auzat", successor=commune)

    assert find_places(territory=territory, text="auzat") == [FoundPlace(commune)]


def test_find_places_forgives_swapped_letters(territory):
    foix = CommuneFactory(foix=True)

    assert find_places(territory=territory, text="foxi") == [FoundPlace(foix)]


def test_find_places_leaves_out_another_territory(territory):
    CommuneFactory(foix=True)

    assert find_places(territory=TerritoryFactory(), text="foix") == []


@pytest.mark.parametrize("text", ["", " ", "f", "zzzz", "%_", "’" * 100, "a" * 10_000])
def test_find_places_nothing_resembles(territory, text):
    CommuneFactory(foix=True)

    assert find_places(territory=territory, text=text) == []
