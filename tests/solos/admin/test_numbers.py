import json
import re
from html import unescape

import pytest
from django.test import Client

from solos.enums import SoloState
from tests.factories import (
    CommuneFactory,
    ProgrammeFactory,
    ProgrammeGrantFactory,
    SoloFactory,
    TelecentreGrantFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    TradeFactory,
)

NUMBERS, MAP = "/gestion/solos/solo/chiffres/", "/gestion/solos/solo/carte/"


@pytest.fixture
def client(territory) -> Client:
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)
    return client


@pytest.fixture
def others_solo(db):
    other = TerritoryFactory()
    return SoloFactory(
        territory=other, published=True, commune=CommuneFactory(name="Ailleurs-sur-Mer")
    )


def table(response, key: str):
    stacks, tables = response.context["stacks"], response.context["tables"]
    found = next(one for one in [stacks.table, *tables] if one.key == key)
    return [(row.label, *row.numbers) for row in found.rows]


def test_numbers_are_drawn_and_written(client, territory, others_solo):
    SoloFactory(territory=territory, commune=CommuneFactory(foix=True), published=True)

    response = client.get(NUMBERS)

    body = response.content.decode()
    assert table(response, "communes") == [("Foix", 1, 1)]
    assert '<rect class="is-published"' in body
    assert "Ailleurs" not in body
    assert not re.search(r"\sstyle=|<script>", body)


def test_numbers_narrow_to_a_programme(client, territory):
    programme = ProgrammeFactory(territories=[territory])
    SoloFactory(territory=territory, programme=programme)
    SoloFactory(territory=territory)

    response = client.get(f"{NUMBERS}?programme={programme.pk}")

    assert table(response, "secteurs") == [("Numérique", 1, 0)]
    assert f"?csv=secteurs&amp;programme={programme.pk}" in response.content.decode()


def test_file_holds_the_same_numbers_and_no_formula(client, territory):
    trade = TradeFactory(slug="piege", name="Piège", sector__slug="piege", sector__name="=1+1")
    SoloFactory(territory=territory, trade=trade, published=True)

    response = client.get(f"{NUMBERS}?csv=secteurs")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="annuaire-secteurs-\d{4}-\d\d-\d\d\.csv"',
        response["Content-Disposition"],
    )
    assert response.content.decode("utf-8-sig").splitlines() == [
        "Secteur;recensés;dans l’annuaire",
        "'=1+1;1;1",
    ]


@pytest.mark.parametrize("key", ["", "x", "etats\x1b"])
def test_file_that_is_not_there(client, territory, key):
    assert client.get(NUMBERS, {"csv": key}).status_code == 404


def test_largest_groups_alone_are_on_the_page(client, territory):
    for number in range(26):
        SoloFactory(territory=territory, commune=CommuneFactory(name=f"Commune-{number}"))

    body = client.get(NUMBERS).content.decode()

    assert "Les plus grands sont ici" in body
    assert body.count('<th scope="row">Commune-') == 24
    assert len(client.get(f"{NUMBERS}?csv=communes").content.splitlines()) == 27


def test_map_and_its_list_say_the_same(client, territory, others_solo):
    foix, lost = CommuneFactory(foix=True), CommuneFactory(name="Perdue", centre=None)
    SoloFactory(territory=territory, commune=foix, published=True)
    SoloFactory(territory=territory, commune=foix, state=SoloState.HIDDEN)
    SoloFactory(territory=territory, commune=lost)

    response = client.get(MAP)

    body = response.content.decode()
    shapes = json.loads(unescape(re.search(r'data-shapes="([^"]*)"', body)[1]))
    assert [shape["properties"] for shape in shapes] == [{"count": 2, "words": "Foix, 2"}]
    assert shapes[0]["geometry"]["coordinates"] == list(foix.centre.coords)
    assert [
        (place.commune, place.known, place.published) for place, _list in response.context["places"]
    ] == [(foix, 2, 1), (lost, 1, 0)]
    listed = client.get(response.context["places"][0][1])
    assert listed.context["cl"].result_count == 2
    assert "js/admin-map" in body


def test_map_without_anybody(client, territory):
    assert "Aucun solo n’a de commune ici." in client.get(MAP).content.decode()


def test_programme_officer_counts_their_own(territory):
    programme = ProgrammeFactory(territories=[territory])
    SoloFactory(territory=territory, programme=programme)
    SoloFactory(territory=territory)
    client = Client()
    client.force_login(ProgrammeGrantFactory(programme=programme).user)

    assert table(client.get(NUMBERS), "secteurs") == [("Numérique", 1, 0)]
    assert len(client.get(MAP).context["places"]) == 1


@pytest.mark.parametrize("page", [NUMBERS, MAP, "/gestion/solos/solo/tableau/"])
def test_who_sees_no_solo_sees_no_number(territory, page):
    client = Client()
    client.force_login(TelecentreGrantFactory(telecentre__territory=territory).user)

    assert client.get(page).status_code == 403


@pytest.mark.parametrize(("page", "queries"), [(NUMBERS, 21), (MAP, 17)])
def test_pages_cost_the_same_whatever_the_number(
    client, territory, page, queries, django_assert_num_queries
):
    SoloFactory(territory=territory)
    client.get(page)
    for count in (0, 2):
        for _number in range(count):
            SoloFactory(territory=territory)
        with django_assert_num_queries(queries):
            client.get(page)
