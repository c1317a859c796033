import re

import pytest

from territoires.enums import VillageKind
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
    VillageReferentFactory,
)

LIST_QUERIES = 3
VILLAGE_QUERIES = 11
COMMUNE_QUERIES = 15


def cards(page: str, folder: str) -> list[str]:
    return re.findall(rf'class="card-link" href="/(?:en/)?{folder}/[^"]+/">([^<]+)<', page)


@pytest.mark.parametrize("number", [1, 3])
def test_villages_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    HostVillageFactory.create_batch(number, territory=territory)

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/villages/").content.decode()

    assert len(cards(page, "villages")) == number


def test_villages_welcoming_first_then_associated(territory, client):
    for name, kind in [("Auzat", VillageKind.ASSOCIATED), ("Vicdessos", VillageKind.HOST)]:
        HostVillageFactory(territory=territory, kind=kind, commune=CommuneFactory(name=name))
    HostVillageFactory(territory=territory, is_published=False)
    HostVillageFactory(territory=TerritoryFactory())

    page = client.get("/villages/").content.decode()

    assert cards(page, "villages") == ["Vicdessos", "Auzat"]
    assert page.index("Villages associés") > page.index("Vicdessos")


def test_villages_empty_says_what_to_do(territory, client):
    assert "Aucune commune n’a encore signé" in client.get("/villages/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_village_costs_the_same_whatever_its_life(
    territory, client, django_assert_num_queries, number
):
    village = HostVillageFactory(territory=territory)
    for _each in range(number):
        SoloFactory(territory=territory, published=True, commune=village.commune)
        TelecentreFactory(territory=territory, commune=village.commune)
        EventFactory(territory=territory, village=village)

    with django_assert_num_queries(VILLAGE_QUERIES):
        page = client.get(f"/villages/{village.slug}/").content.decode()

    assert len(cards(page, "annuaire")) == len(cards(page, "telecentres")) == number


def test_village_tells_its_welcome_but_not_its_referents(territory, client):
    village = HostVillageFactory(
        territory=territory,
        commune=CommuneFactory(insee_code="09030", name="Auzat"),
        welcome="Poussez la **porte**.",
    )
    VillageReferentFactory(village=village, name="Sentinelle", email="sentinelle@exemple.fr")

    page = client.get(f"/villages/{village.slug}/").content.decode()

    assert "<h1>Auzat</h1>" in page
    assert "<strong>porte</strong>" in page
    assert "Engagée depuis janvier 2025" in page
    assert "Sentinelle" not in page
    assert "sentinelle" not in page


def test_village_out_of_reach_is_unknown(territory, client):
    hidden = HostVillageFactory(territory=territory, is_published=False)
    elsewhere = HostVillageFactory(territory=TerritoryFactory())

    for slug in (hidden.slug, elsewhere.slug, "inconnu"):
        assert client.get(f"/villages/{slug}/").status_code == 404


def test_village_in_english_falls_back_on_french(territory, client):
    village = HostVillageFactory(territory=territory, welcome="Entrez.")

    page = client.get(f"/en/villages/{village.slug}/").content.decode()

    assert '<div lang="fr"><p>Entrez.</p>' in page


@pytest.mark.parametrize("number", [1, 3])
def test_commune_costs_the_same_whatever_its_life(
    territory, client, django_assert_num_queries, number
):
    commune = CommuneFactory()
    CommuneContourFactory(commune=commune)
    CommuneContourFactory.create_batch(number)
    for _each in range(number):
        SoloFactory(territory=territory, published=True, commune=commune)
        TelecentreFactory(territory=territory, commune=commune)

    with django_assert_num_queries(COMMUNE_QUERIES):
        page = client.get(f"/communes/{commune.pk}/").content.decode()

    assert len(cards(page, "annuaire")) == len(cards(page, "telecentres")) == number


def test_commune_tells_its_figures_with_their_year(territory, client):
    former = FormerCommuneFactory(
        successor=CommuneFactory(
            foix=True, area_ha="1930.5", canton_name="Foix", postcodes=["09000", "09001"]
        )
    )
    village = HostVillageFactory(territory=territory, commune=former.successor)
    SoloFactory(territory=territory, published=True, commune=former.successor)

    page = client.get("/communes/09122/").content.decode()

    for shown in [
        "<h1>Foix</h1>", "9\xa0493", "en 2023", "19,3\xa0km²", "492\xa0hab./km²", "09000, 09001",
        "CA Pays Foix-Varilhes", "<dd>Vicdessos</dd>", "liste d’essai, édition 2026",
        f'href="/villages/{village.slug}/"', 'href="/annuaire/?commune=09122">1 solo',
    ]:  # fmt: skip
        assert shown in page, shown


def test_commune_without_figures_says_nothing_false(territory, client):
    CommuneFactory(
        insee_code="09001",
        population=None,
        population_year=None,
        area_ha=None,
        epci=None,
        centre=None,
        postcodes=[],
        source="",
    )

    page = client.get("/communes/09001/").content.decode()

    assert [
        label for label in ("Habitants", "Superficie", "Densité", "None") if label in page
    ] == []


def test_commune_moved_redirects_for_good(territory, client):
    FormerCommuneFactory()

    french = client.get("/communes/09334/")
    english = client.get("/en/communes/09334/")

    assert (french.status_code, french["Location"]) == (301, "/communes/09335/")
    assert (english.status_code, english["Location"]) == (301, "/en/communes/09335/")


def test_commune_unknown_is_a_404_that_helps(territory, client):
    CommuneFactory(foix=True)

    answer = client.get("/communes/09000/")

    assert answer.status_code == 404
    assert '<a href="/communes/09122/">Foix</a>' in answer.content.decode()
    assert 'action="/recherche/"' in answer.content.decode()


def test_commune_elsewhere_is_named(territory, client):
    gers = DepartmentFactory(code="32", name="Gers", region_code="76")
    CommuneFactory(insee_code="32013", name="Auch", department=gers, epci=None)

    answer = client.get("/communes/32013/")

    assert answer.status_code == 404
    assert "Auch n’est pas en Ariège." in answer.content.decode()


@pytest.mark.parametrize("code", ["0", "'", "<b>", "🙂", "09122%20", "a" * 900, "²²²²²"])
def test_commune_absurd_code_is_a_404(territory, client, code):
    assert client.get(f"/communes/{code}/").status_code == 404
