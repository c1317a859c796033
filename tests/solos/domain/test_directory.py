import pytest
from django.contrib.gis.geos import Point

from solos.domain.directory import (
    Directory,
    DirectoryFilters,
    browse_directory,
    communes_around,
    search_directory,
)
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
        (PublicField.COMMUNE, {"commune": "09122", "radius": "20"}),
        (PublicField.STATUS, {"status": "independent"}),
        (PublicField.SKILLS, {"skill": "cartes"}),
        (PublicField.LANGUAGES, {"language": "oc"}),
        (PublicField.TAKES_CLIENTS, {"clients": "oui"}),
    ],
)
def test_filter_never_finds_by_a_field_kept_private(territory, field, filters):
    SoloFactory(
        territory=territory,
        published=True,
        published_fields=[each for each in PublicField if each != field],
        commune=CommuneFactory(foix=True),
        skills=["cartes"],
        languages=["oc"],
        takes_clients=True,
    )
    name, *_others = filters

    assert list(browse(territory, **filters).solos) == []
    assert choices(browse(territory), name) == []


@pytest.fixture
def skilled(territory) -> list[Solo]:
    return [
        SoloFactory(
            territory=territory,
            published=True,
            skills=skills,
            languages=languages,
            takes_clients=takes,
        )
        for skills, languages, takes in (
            (["cartes", "dessin"], ["fr", "oc"], True),
            (["cartes"], ["fr", "xx"], False),
        )
    ]


def test_lists_are_filtered_by_each_of_their_values(territory, skilled):
    everything = browse(territory)
    assert choices(everything, "skill") == [("cartes", "cartes", 2), ("dessin", "dessin", 1)]
    assert choices(everything, "language") == [
        ("fr", "français", 2),
        ("oc", "occitan", 1),
        ("xx", "xx", 1),
    ]
    assert choices(everything, "clients") == [("oui", "Prend de nouveaux clients", 1)]

    assert list(browse(territory, skill="dessin").solos) == skilled[:1]
    assert list(browse(territory, language="xx").solos) == skilled[1:]
    assert list(browse(territory, clients="oui").solos) == skilled[:1]
    assert list(browse(territory, clients="non").solos) == []
    assert choices(browse(territory, language="oc"), "skill") == [
        ("cartes", "cartes", 1),
        ("dessin", "dessin", 1),
    ]
    assert choices(browse(territory, skill="rien"), "skill")[-1] == ("rien", "rien", 0)
    assert choices(browse(territory, language="de"), "language")[-1] == ("de", "allemand", 0)
    assert choices(browse(territory, clients="non"), "clients")[-1] == ("non", "non", 0)


@pytest.mark.parametrize(
    ("radius", "found"),
    [("", 1), ("5", 1), ("10", 2), ("40", 3), ("7", 1), ("-5", 1), ("x", 1)],
)
def test_radius_goes_around_the_commune_as_the_crow_flies(territory, radius, found):
    """A tenth of a degree of latitude is 11.1 km."""
    for insee, latitude in (("09122", 42.96), ("09001", 43.04), ("09002", 43.2)):
        commune = CommuneFactory(insee_code=insee, centre=Point(1.6, latitude, srid=4326))
        SoloFactory(territory=territory, published=True, commune=commune)

    assert browse(territory, commune="09122", radius=radius).solos.count() == found


def test_radius_needs_a_commune_with_a_centre(territory, people):
    assert browse(territory, radius="10").solos.count() == 3
    CommuneFactory(insee_code="09003", centre=None)
    assert communes_around("09003", 10) == ["09003"]
    assert communes_around("99999", 10) == ["99999"]


def test_search_finds_the_same_without_counting(territory, people):
    for filters in ({}, {"sector": "artisanat"}, {"text": "web"}, {"text": "potterie"}):
        asked = DirectoryFilters(**filters)
        found = search_directory(territory=territory, filters=asked)
        assert list(found) == list(browse_directory(territory=territory, filters=asked).solos)


def test_lists_of_ours_are_offered_whole_and_free_ones_cut(territory, monkeypatch):
    """A commune left out could not be chosen; a rare skill can be typed."""
    monkeypatch.setattr("solos.domain.facets.MOST_CHOICES", 1)
    for insee in ("09001", "09002", "09003"):
        commune = CommuneFactory(insee_code=insee)
        skills = [insee, "cartes"]
        SoloFactory(territory=territory, published=True, commune=commune, skills=skills)

    directory = browse(territory)

    assert len(choices(directory, "commune")) == 3
    assert choices(directory, "skill") == [("cartes", "cartes", 3)]


@pytest.fixture
def woodworkers(territory, monkeypatch) -> list[Solo]:
    """Five who say the same word, where a search puts two in order."""
    for module in ("solos.querysets", "solos.domain.directory"):
        monkeypatch.setattr(f"{module}.MOST_RANKED", 2)
    foix, pamiers = CommuneFactory(foix=True), CommuneFactory(insee_code="09225", name="Pamiers")
    return [
        SoloFactory(
            territory=territory,
            published=True,
            last_name=f"Dupond-{letter}",
            trade_name="Atelier du bois" if letter == "d" else "",
            presentation="Je travaille le bois",
            commune=pamiers if letter == "e" else foix,
        )
        for letter in "abcde"
    ]


def test_search_of_very_many_ranks_the_likeliest(territory, woodworkers):
    directory = browse(territory, text="bois")

    found = list(directory.solos)
    assert found[0] == woodworkers[3]
    assert 2 < len(found) < 5
    assert directory.has_more
    assert not directory.is_approximate


def test_filters_find_those_whom_a_search_did_not_rank(territory, woodworkers):
    directory = browse(territory, text="bois", commune="09225")

    assert list(directory.solos) == [woodworkers[4]]
    assert directory.has_more
    assert choices(directory, "status") == [("independent", "indépendant·e", 1)]
    assert choices(directory, "commune")[0][0] == "09122"


def test_filters_find_those_who_resemble_beyond_the_ranked(territory, woodworkers):
    directory = browse(territory, text="dupont", commune="09225")

    assert list(directory.solos) == [woodworkers[4]]
    assert (directory.has_more, directory.is_approximate) == (True, True)


@pytest.mark.parametrize("text", ["bois", "dupont"])
def test_list_without_counts_leaves_nobody_out(territory, woodworkers, text):
    found = search_directory(territory=territory, filters=DirectoryFilters(text=text))

    assert set(found) == set(woodworkers)


def test_what_is_found_in_the_trade_ranks_as_in_the_name(territory):
    said, traded, named = (
        SoloFactory(territory=territory, published=True, last_name=name, **words)
        for name, words in (
            ("Abadie", {"presentation": "Je fais de la reliure"}),
            ("Bonnet", {"trade": TradeFactory(slug="reliure", name="Reliure")}),
            ("Comte", {"trade_name": "Reliure de Foix"}),
        )
    )

    assert list(browse(territory, text="reliure").solos) == [named, traded, said]
