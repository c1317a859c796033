import pytest

from portail.domain.search import SearchResults, search
from solos.enums import PublicField
from territoires.models import Territory
from tests.factories import (
    CommuneFactory,
    DepartmentFactory,
    EventFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    NewsItemFactory,
    PageFactory,
    SoloFactory,
    TelecentreFactory,
    TerritoryFactory,
    TradeFactory,
)


@pytest.fixture
def land(territory) -> Territory:
    """Val-de-Sos (with Vicdessos), Saint-Lizier and its telecentre, a solo of each."""
    former = FormerCommuneFactory()
    FormerCommuneFactory(insee_code="09286", name="Sem", successor=former.successor)
    lizier = CommuneFactory(
        insee_code="09268", name="Saint-Lizier", sort_name="Saint-Lizier", postcodes=["09190"]
    )
    HostVillageFactory(territory=territory, commune=former.successor)
    TelecentreFactory(territory=territory, name="Cap Couserans", commune=lizier)
    SoloFactory(
        territory=territory,
        published=True,
        last_name="Peyronnet",
        trade=TradeFactory(slug="poterie", name="Poterie"),
        commune=lizier,
    )
    return territory


def found(results: SearchResults) -> dict[str, list[str]]:
    groups = {
        "communes": results.communes,
        "villages": results.villages,
        "telecentres": results.telecentres,
        "solos": results.solos,
    }
    for group in groups.values():
        assert group.count == len(group.rows)
    return {name: [str(row) for row in group.rows] for name, group in groups.items() if group.rows}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vicdessos", {"communes": ["Val-de-Sos (09)"], "villages": ["Val-de-Sos"]}),
        ("vicdesos", {"communes": ["Val-de-Sos (09)"], "villages": ["Val-de-Sos"]}),
        ("val de sos", {"communes": ["Val-de-Sos (09)"], "villages": ["Val-de-Sos"]}),
        (
            "saint lizier",
            {
                "communes": ["Saint-Lizier (09)"],
                "telecentres": ["Cap Couserans"],
                "solos": ["Claude Peyronnet"],
            },
        ),
        ("couserans", {"telecentres": ["Cap Couserans"]}),
        ("potterie", {"solos": ["Claude Peyronnet"]}),
        ("PEYRONNÉT", {"solos": ["Claude Peyronnet"]}),
        ("zzzz", {}),
        ("", {}),
        ("   ", {}),
        ("'\"<>()&|!:*\\%_", {}),
    ],
)
def test_search_forgives_accents_and_typos(land, text, expected):
    assert found(search(territory=land, text=text)) == expected


def test_search_names_the_former_commune_that_was_meant(land):
    [commune] = search(territory=land, text="vicdessos").communes.rows

    assert commune.former_name == "Vicdessos"


def test_search_offers_the_nearest_communes_when_nothing_is_found(land):
    results = search(territory=land, text="vla de sso")

    assert results.count == 0
    assert [commune.name for commune in results.nearest] == ["Val-de-Sos"]


def test_search_cuts_an_endless_text(land):
    assert search(territory=land, text="a" * 10_000).text == "a" * 100


def test_search_stays_in_the_territory(land):
    other = TerritoryFactory(departments=["32"])
    CommuneFactory(
        insee_code="32013",
        name="Saint-Lizier-du-Gers",
        department=DepartmentFactory(code="32", name="Gers", region_code="76"),
        epci=None,
    )
    SoloFactory(territory=other, published=True, last_name="Peyronnet")

    assert found(search(territory=land, text="saint-lizier-du-gers"))["communes"] == [
        "Saint-Lizier (09)"
    ]
    assert len(found(search(territory=land, text="peyronnet"))["solos"]) == 1


def test_search_finds_nobody_by_what_they_keep_private(land):
    SoloFactory(
        territory=land,
        published=True,
        published_fields=[PublicField.NAME],
        presentation="sentinelle",
        skills=["sentinelle"],
        trade_name="sentinelle",
        came_from="sentinelle",
        trade=TradeFactory(slug="sentinelle", name="sentinelle"),
    )
    SoloFactory(territory=land, last_name="sentinelle")

    assert found(search(territory=land, text="sentinelle")) == {}


def test_search_shows_six_and_counts_all(land):
    SoloFactory.create_batch(8, territory=land, published=True, trade_name="Tressage")

    solos = search(territory=land, text="tressage").solos

    assert (len(solos.rows), solos.count, solos.has_more) == (6, 8, True)


def test_search_finds_what_the_agency_writes(territory):
    page = PageFactory(territory=territory, title="L’école et la crèche", body="Où inscrire.")
    PageFactory(territory=territory, title="École en brouillon", state="draft")
    news = NewsItemFactory(territory=territory, body="Une nouvelle ecole ouvre.")
    event = EventFactory(territory=territory, title="Session découverte", presentation="L’école")
    EventFactory(territory=territory, title="École secrète", state="draft")
    EventFactory(title="École d’ailleurs")

    results = search(territory=territory, text="école")

    assert (results.pages.rows, results.news.rows, results.events.rows) == ([page], [news], [event])
    assert results.count == 3


def test_search_puts_first_the_text_that_says_it_most(territory):
    once, often = (
        PageFactory(territory=territory, title="Venir", body=body)
        for body in (
            "Un logement, une place à l’école.",
            "Logement : logements, louer un logement.",
        )
    )

    assert search(territory=territory, text="logement").pages.rows == [often, once]


def test_search_of_two_words_wants_both(territory):
    EventFactory(territory=territory, title="Session découverte")
    PageFactory(territory=territory, title="Session")

    results = search(territory=territory, text="session découverte")

    assert (results.events.count, results.pages.count) == (1, 0)
