import pytest

from solos.domain.directory import Directory, DirectoryFilters, browse_directory
from solos.enums import PublicField, SoloStatus
from solos.models import Solo
from territoires.models import Territory
from tests.factories import (
    CommuneFactory,
    EpciFactory,
    SectorFactory,
    SoloFactory,
    TerritoryFactory,
    TradeFactory,
)


def browse(territory: Territory, **filters: str) -> Directory:
    return browse_directory(territory=territory, filters=DirectoryFilters(**filters))


def choices(directory: Directory, name: str) -> list[tuple[str, str, int]]:
    [facet] = [facet for facet in directory.facets if facet.name == name]
    return [(choice.value, str(choice.label), choice.count) for choice in facet.choices]


@pytest.fixture
def people(territory) -> list[Solo]:
    """Two of the web in Foix, one potter elsewhere."""
    foix = CommuneFactory(foix=True)
    craft = SectorFactory(slug="artisanat", name="Artisanat", name_en="Crafts", position=1)
    pottery = TradeFactory(slug="poterie", name="Poterie", name_en="Pottery", sector=craft)
    elsewhere = CommuneFactory(
        insee_code="09225",
        name="Pamiers",
        sort_name="Pamiers",
        epci=EpciFactory(siren="200066231", name="CC Portes d’Ariège"),
    )
    return [
        SoloFactory(territory=territory, published=True, commune=foix),
        SoloFactory(territory=territory, published=True, commune=foix),
        SoloFactory(
            territory=territory,
            published=True,
            commune=elsewhere,
            trade=pottery,
            status=SoloStatus.EMPLOYEE,
        ),
    ]


def test_browse_without_filter_shows_the_published(territory, people):
    SoloFactory(territory=territory)
    SoloFactory(territory=TerritoryFactory(), published=True)

    directory = browse(territory)

    assert list(directory.solos) == people
    assert choices(directory, "sector") == [
        ("numerique", "Numérique", 2),
        ("artisanat", "Artisanat", 1),
    ]
    assert choices(directory, "trade") == [
        ("developpement-web", "Développement web", 2),
        ("poterie", "Poterie", 1),
    ]
    assert choices(directory, "commune") == [("09122", "Foix", 2), ("09225", "Pamiers", 1)]
    assert choices(directory, "epci") == [
        ("200067791", "CA Pays Foix-Varilhes", 2),
        ("200066231", "CC Portes d’Ariège", 1),
    ]
    assert choices(directory, "status") == [
        ("employee", "salarié·e en télétravail", 1),
        ("independent", "indépendant·e", 2),
    ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"sector": "artisanat"}, [2]),
        ({"trade": "developpement-web"}, [0, 1]),
        ({"commune": "09122"}, [0, 1]),
        ({"epci": "200066231"}, [2]),
        ({"status": "employee"}, [2]),
        ({"commune": "09122", "sector": "artisanat"}, []),
        ({"sector": "inconnu"}, []),
        ({"text": "poterie"}, [2]),
        ({"text": "poteri", "commune": "09225"}, [2]),
    ],
)
def test_browse_passes_every_filter(territory, people, filters, found):
    assert list(browse(territory, **filters).solos) == [people[number] for number in found]


def test_facets_count_what_the_other_filters_leave(territory, people):
    directory = browse(territory, commune="09225")

    assert choices(directory, "sector") == [("artisanat", "Artisanat", 1)]
    assert choices(directory, "commune") == [("09122", "Foix", 2), ("09225", "Pamiers", 1)]


def test_facets_keep_a_choice_that_finds_nobody(territory, people):
    directory = browse(territory, commune="09225", sector="numerique")

    assert choices(directory, "sector") == [
        ("artisanat", "Artisanat", 1),
        ("numerique", "Numérique", 0),
    ]
    assert choices(browse(territory, sector="inconnu"), "sector")[-1] == ("inconnu", "inconnu", 0)


def test_facets_count_among_the_text_found(territory, people):
    directory = browse(territory, text="poterie")

    assert choices(directory, "commune") == [("09225", "Pamiers", 1)]
    assert not directory.is_approximate


def test_text_not_found_falls_back_on_likeness(territory, people):
    directory = browse(territory, text="potterie pamier")

    assert list(directory.solos) == [people[2]]
    assert directory.is_approximate


@pytest.mark.parametrize(
    ("field", "filters"),
    [
        (PublicField.TRADE, {"sector": "numerique"}),
        (PublicField.TRADE, {"trade": "developpement-web"}),
        (PublicField.COMMUNE, {"commune": "09122"}),
        (PublicField.COMMUNE, {"epci": "200067791"}),
        (PublicField.STATUS, {"status": "independent"}),
    ],
)
def test_filter_never_finds_by_a_field_kept_private(territory, field, filters):
    SoloFactory(
        territory=territory,
        published=True,
        published_fields=[each for each in PublicField if each != field],
        commune=CommuneFactory(foix=True),
    )
    [name] = filters

    assert list(browse(territory, **filters).solos) == []
    assert choices(browse(territory), name) == []
