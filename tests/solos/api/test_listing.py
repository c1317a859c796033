"""The list is written by one statement, the map by the serializer: they say the same."""

import pytest

from solos.enums import PublicField, SoloState
from tests.factories import CommuneFactory, PictureFactory, SoloFactory
from tests.solos.api.test_views import SOLOS, ana


@pytest.fixture
def everyone(territory):
    """One who opens all, one who fills nothing in, and for each field one who opens it alone."""
    ana(territory, published=True)
    SoloFactory(territory=territory, published=True, trade=None, commune=None, status="")
    SoloFactory(
        territory=territory,
        published=True,
        phone="+33000",
        photo=PictureFactory(territory=territory, portrait=True, waiting=True),
    )
    for field in PublicField:
        SoloFactory(
            territory=territory,
            state=SoloState.PUBLISHED,
            published_fields=list({PublicField.NAME, field}),
            trade_name="Atelier",
            commune=CommuneFactory(foix=True),
            skills=["cartes"],
            languages=["fr"],
            presentation="Je dessine des cartes.",
            website="https://exemple.fr/",
            links=["https://exemple.fr/lien"],
            phone="+33561000000",
            email="a@exemple.fr",
            offers="Un coup de main",
            seeks="Un bureau",
            takes_clients=True,
            arrived_in=2019,
            came_from="Toulouse",
        )


def whole(client, query: str, key: str) -> list[object]:
    """Every row, page after page, and the same backwards."""
    rows, address, last = [], f"{SOLOS}?page_size=4{query}", ""
    while address:
        page = client.get(address).json()
        rows, last, address = [*rows, *page[key]], address, page["next"]
    back, address = [], last
    while address:
        page = client.get(address).json()
        back, address = [*page[key], *back], page["previous"]
    assert back == rows
    return rows


@pytest.mark.parametrize(
    "query",
    [
        "", "&q=cartes", "&q=développement", "&q=ruiz", "&q=zzz", "&q=-cartes", "&status=founder",
        "&sector=numerique", "&trade=developpement-web", "&commune=09122", "&epci=200067791",
        "&q=cartes&commune=09122&trade=developpement-web",
    ],
)  # fmt: skip
def test_list_and_map_say_the_same(client, everyone, query):
    listed = whole(client, query, "results")

    drawn = whole(client, f"{query}&format=geojson", "features")
    assert listed == [feature["properties"] for feature in drawn]
    assert bool(listed) == ("zzz" not in query)


def test_list_of_very_many_ranks_the_likeliest(client, territory, monkeypatch):
    """And finds, with another filter, those whom it would not have ranked."""
    monkeypatch.setattr("solos.api.listing.MOST_RANKED", 2)
    monkeypatch.setattr("solos.querysets.MOST_RANKED", 2)
    foix, pamiers = CommuneFactory(foix=True), CommuneFactory(insee_code="09225")
    for name in "abcde":
        SoloFactory(
            territory=territory,
            published=True,
            slug=name,
            last_name=name,
            presentation="Du bois",
            trade_name="Le bois" if name == "d" else "",
            commune=pamiers if name == "e" else foix,
        )

    found = whole(client, "&q=bois", "results")
    elsewhere = whole(client, "&q=bois&commune=09225", "results")

    assert found[0]["slug"] == "d"
    assert 2 < len(found) < 5
    assert [row["slug"] for row in elsewhere] == ["e"]
    assert found == [
        row["properties"] for row in whole(client, "&q=bois&format=geojson", "features")
    ]
