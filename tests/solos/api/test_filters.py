import pytest

from solos.api.filters import SoloFilters
from solos.enums import PublicField, SoloState, SoloStatus
from tests.factories import CommuneFactory, SectorFactory, SoloFactory, TradeFactory

SOLOS = "/api/v1/solos/"


def found(client, query: str) -> list[str]:
    answer = client.get(f"{SOLOS}?{query}")
    assert answer.status_code == 200, answer.json()
    return [row["slug"] for row in answer.json()["results"]]


@pytest.fixture
def solos(territory):
    """Ana shows everything; Luc is her twin in all, and shows only his name."""
    foix = CommuneFactory(foix=True)
    for slug, fields in [("ana", list(PublicField)), ("luc", [PublicField.NAME])]:
        SoloFactory(
            territory=territory,
            slug=slug,
            first_name=slug.capitalize(),
            last_name="Vidal",
            commune=foix,
            trade_name="Clavecins",
            skills=["lutherie"],
            presentation="Je restaure des clavecins à Foix.",
            status=SoloStatus.FOUNDER,
            state=SoloState.PUBLISHED,
            published_fields=fields,
        )
    photo = SectorFactory(name="Image", slug="image")
    SoloFactory(
        territory=territory,
        slug="zoe",
        last_name="Zola",
        trade=TradeFactory(sector=photo, name="Photographie", slug="photographie"),
        commune=CommuneFactory(insee_code="09030", epci=None),
        published=True,
    )


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["ana", "luc", "zoe"]),
        ("q=vidal", ["ana", "luc"]),
        ("q=luthérie", ["ana"]),
        ("q=CLAVECIN", ["ana"]),
        ("q=%22restaure+des+clavecins%22", ["ana"]),
        ("q=photographe", ["zoe"]),
        ("q=développement", ["ana"]),
        ("q=%26%7C%21%28%29%3A*%27%5C", []),
        ("sector=numerique", ["ana"]),
        ("sector=image", ["zoe"]),
        ("trade=developpement-web", ["ana"]),
        ("commune=09122", ["ana"]),
        ("epci=200067791", ["ana"]),
        ("status=founder", ["ana"]),
        ("status=independent", ["zoe"]),
        ("commune=09122&q=vidal&sector=numerique", ["ana"]),
    ],
)
def test_solos_found_only_by_what_they_show(client, solos, query, slugs):
    assert found(client, query) == slugs


def test_every_filter_on_a_field_has_its_consent():
    """A filter added without naming whose consent it needs fails here."""
    filters = {name: one for name, one in SoloFilters.base_filters.items() if name != "q"}

    fields = {PublicField(one.field_name.partition("__")[0]) for one in filters.values()}
    assert fields == {PublicField.TRADE, PublicField.COMMUNE, PublicField.STATUS}
    assert {one.method for one in filters.values()} == {"opened"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("commune=foix", "Un code INSEE a cinq signes, par exemple 09122 ou 2A004."),
        ("epci=1", "Un SIREN a neuf chiffres."),
        ("sector=nimp", "Choisissez parmi\u00a0: image, numerique."),
        ("trade=nimp", "Choisissez parmi\u00a0: developpement-web, photographie."),
        ("status=rentier", "Choisissez parmi\u00a0: independent, employee, founder, seeking."),
    ],
)
def test_solos_mistaken(client, solos, query, sentence):
    name = query.partition("=")[0]

    answer = client.get(f"{SOLOS}?{query}")

    assert answer.status_code == 400
    assert answer.json() == {"detail": f"{name}\u00a0: {sentence}", "errors": {name: [sentence]}}


def test_slug_that_is_none_is_400(client, solos):
    assert client.get(f"{SOLOS}?sector=a'b").status_code == 400


def test_search_pages_are_those_of_the_whole_list(client, territory):
    """The rank is a float: it must find itself again from the cursor."""
    for number in range(12):
        SoloFactory(territory=territory, presentation="bois " * (number % 4 + 1), published=True)
    whole = found(client, "q=bois&page_size=100")

    pages, address = [], f"{SOLOS}?q=bois&page_size=5"
    while address:
        page = client.get(address).json()
        pages.append([row["slug"] for row in page["results"]])
        address = page["next"]

    assert [len(page) for page in pages] == [5, 5, 2]
    assert [slug for page in pages for slug in page] == whole
