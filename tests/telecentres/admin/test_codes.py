import pytest
import segno
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from telecentres.admin.codes import qr_drawing
from tests.factories import SpaceFactory, TelecentreFactory, TelecentreGrantFactory

QUERIES = 15


@pytest.fixture
def place(territory):
    return TelecentreFactory(territory=territory, slug="cap", name="Cap Delta")


@pytest.fixture
def manager_client(place) -> Client:
    client = Client()
    client.force_login(TelecentreGrantFactory(telecentre=place, user__second_factor=True).user)
    return client


def page(place, prefix: str = "") -> str:
    return prefix + reverse("admin:telecentres_telecentre_codes", args=[place.pk])


def test_each_space_has_its_label_with_its_own_code(place, manager_client, settings):
    settings.SITE_URL = "https://solos.example"
    desk = SpaceFactory(telecentre=place, name="Poste <3>")
    SpaceFactory(telecentre=place, name="Salle")
    desk.refresh_from_db()

    text = manager_client.get(page(place)).content.decode()

    assert f"<h2>{escape('Poste <3>')}</h2>" in text
    assert text.count('class="qr-label"') == 2
    host = place.territory.host_name
    address = f"https://{host}/telecentres/cap/arrivee/{desk.arrival_secret}/"
    assert qr_drawing(address) in text
    assert f'href="{address}"' in text
    assert f'href="https://{host}/telecentres/cap/ecran/"' in text
    assert "style=" not in text.partition("qr-labels")[2].partition("</ul>")[0]


def test_drawing_is_of_the_text_with_its_margin():
    """Each dark square of the code, four away from the edge, is under one stroke of the drawing."""
    code = segno.make("https://solos.example/", error="m", micro=False)
    side = code.symbol_size()[0]

    assert f'viewBox="0 0 {side} {side}"' in qr_drawing("https://solos.example/")


def test_place_without_spaces_says_what_to_do(place, manager_client):
    assert "Aucun espace : ajoutez-les" in manager_client.get(page(place)).content.decode()


def test_codes_of_another_place_are_as_of_one_that_never_was(place, manager_client):
    elsewhere = TelecentreFactory(territory=place.territory)

    for address in (page(elsewhere), page(place).replace(str(place.pk), "999999")):
        assert manager_client.get(address).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_codes_cost_the_same_for_one_and_three(
    place, manager_client, django_assert_num_queries, number
):
    SpaceFactory.create_batch(number, telecentre=place)

    with django_assert_num_queries(QUERIES):
        manager_client.get(page(place))
