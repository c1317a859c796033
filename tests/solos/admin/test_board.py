import pytest
from django.contrib.messages import get_messages
from django.test import Client

from solos.domain.board import TOP
from solos.enums import SoloState
from solos.models import Solo
from tests.factories import (
    CommuneFactory,
    HostVillageFactory,
    ProgrammeFactory,
    ProgrammeGrantFactory,
    SoloFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
)

PAGE = "/gestion/solos/solo/tableau/"


@pytest.fixture
def client(territory) -> Client:
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)
    return client


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def counts(response):
    return [column.count for column, _list in response.context["columns"]]


def test_board_shows_each_state_and_what_may_be_done(client, territory):
    solo = SoloFactory(territory=territory, published=True)
    SoloFactory(territory=TerritoryFactory())

    response = client.get(PAGE)

    body = response.content.decode()
    assert counts(response) == [0, 0, 1, 0, 0]
    assert f'value="masquer:{solo.pk}"' in body
    assert "1er janvier 2026" in body


def test_button_moves_one_and_stays_on_the_same_board(client, territory):
    programme = ProgrammeFactory(territories=[territory])
    solo = SoloFactory(territory=territory, programme=programme, published=True)

    response = client.post(
        f"{PAGE}?programme={programme.pk}&village=x", {"move": f"masquer:{solo.pk}"}
    )

    assert said(response) == [f"Masquer un temps : {solo}."]
    assert response["Location"] == f"{PAGE}?programme={programme.pk}"
    assert Solo.objects.get().state == SoloState.HIDDEN


def test_move_that_came_too_late_is_said(client, territory):
    solo = SoloFactory(territory=territory, first_name="Ada", last_name="Lo")

    response = client.post(PAGE, {"move": f"masquer:{solo.pk}"})

    assert said(response) == ["N’en est plus là, à voir de nouveau\u00a0: Ada Lo."]


@pytest.mark.parametrize("move", ["", "masquer", "masquer:²", f"masquer:{'9' * 30}", "x:1"])
def test_move_that_no_button_sends(client, territory, move):
    SoloFactory(territory=territory, published=True)

    assert said(client.post(PAGE, {"move": move})) == [
        "Cet envoi est incomplet\u00a0: recommencez."
    ]
    assert Solo.objects.get().state == SoloState.PUBLISHED


def test_another_territory_is_not_moved(client, territory):
    other = SoloFactory(territory=TerritoryFactory(), published=True)

    assert said(client.post(PAGE, {"move": f"masquer:{other.pk}"})) == []
    assert Solo.objects.get().state == SoloState.PUBLISHED


def test_programme_officer_sees_their_programme_and_moves_nobody(territory):
    programme = ProgrammeFactory(territories=[territory])
    solo = SoloFactory(territory=territory, programme=programme, published=True)
    SoloFactory(territory=territory)
    client = Client()
    client.force_login(ProgrammeGrantFactory(programme=programme).user)

    response = client.get(PAGE)

    assert counts(response) == [0, 0, 1, 0, 0]
    assert 'name="move"' not in response.content.decode()
    assert client.post(PAGE, {"move": f"masquer:{solo.pk}"}).status_code == 403


def test_board_narrows_to_a_programme_and_to_a_village(client, territory):
    village = HostVillageFactory(territory=territory, commune=CommuneFactory(foix=True))
    programme = ProgrammeFactory(territories=[territory])
    SoloFactory(territory=territory, commune=village.commune)
    SoloFactory(territory=territory, programme=programme)
    elsewhere = HostVillageFactory(territory=TerritoryFactory())

    assert counts(client.get(PAGE)) == [2, 0, 0, 0, 0]
    assert counts(client.get(f"{PAGE}?village={village.pk}")) == [1, 0, 0, 0, 0]
    assert counts(client.get(f"{PAGE}?programme={programme.pk}")) == [1, 0, 0, 0, 0]
    both = f"{PAGE}?programme={programme.pk}&village={village.pk}"
    assert counts(client.get(both)) == [0, 0, 0, 0, 0]
    assert counts(client.get(f"{PAGE}?village={elsewhere.pk}")) == [2, 0, 0, 0, 0]


def test_rest_of_a_column_is_a_list_of_the_same_people(client, territory):
    village = HostVillageFactory(territory=territory, commune=CommuneFactory(foix=True))
    programme = ProgrammeFactory(territories=[territory])
    for _number in range(TOP + 1):
        SoloFactory(territory=territory, commune=village.commune, programme=programme)
    SoloFactory(territory=territory, commune=village.commune)

    response = client.get(f"{PAGE}?programme={programme.pk}&village={village.pk}")

    assert f"Voir les {TOP + 1}" in response.content.decode()
    rest = client.get(response.context["columns"][0][1])
    assert rest.context["cl"].result_count == TOP + 1


def test_board_costs_the_same_whatever_the_number(client, territory, django_assert_num_queries):
    SoloFactory(territory=territory)
    client.get(PAGE)
    for count in (0, 2):
        for _number in range(count):
            SoloFactory(territory=territory, email="a@exemple.fr")
        with django_assert_num_queries(18):
            client.get(PAGE)
