"""One search across the places: what it finds, says and refuses; then every place."""

import re
from datetime import time
from html import unescape

import pytest
import time_machine
from django.contrib.gis.geos import Point
from django.test import Client

from telecentres.enums import SpaceKind, TelecentreState
from telecentres.models import Booking
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    OpeningHoursFactory,
    SpaceFactory,
    TelecentreFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.telecentres.march import NOW, hold, march

LIST_QUERIES = 4
FIND_QUERIES = 10
ASKED = "/telecentres/?jour=2027-03-01"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def open_place(territory, name="Cap Delta", **values):
    """Takes bookings, on Mondays and Tuesdays from 9:00 to 18:00."""
    place = TelecentreFactory(territory=territory, name=name, takes_bookings=True, **values)
    for weekday in (1, 2):
        OpeningHoursFactory(telecentre=place, weekday=weekday, closes_at=time(18))
    return place


# ---- Every place --------------------------------------------------------------------------------
def names(page: str) -> list[str]:
    return re.findall(r'class="card-link" href="/(?:en/)?telecentres/[^"]+/">([^<]+)<', page)


@pytest.mark.parametrize("number", [1, 3])
def test_telecentres_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    for place in TelecentreFactory.create_batch(number, territory=territory):
        SpaceFactory.create_batch(number, telecentre=place)

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/telecentres/").content.decode()

    assert len(names(page)) == number


def test_telecentres_open_first_then_planned(territory, client):
    TelecentreFactory(territory=territory, name="Autrefois", state=TelecentreState.CLOSED)
    TelecentreFactory(territory=territory, name="Bientôt", state=TelecentreState.PLANNED)
    TelecentreFactory(territory=territory, name="Maintenant")
    TelecentreFactory(territory=TerritoryFactory(), name="Ailleurs")

    page = client.get("/telecentres/").content.decode()

    assert names(page) == ["Maintenant", "Bientôt"]
    assert page.count("badge-planned") == 1


def test_telecentres_of_neighbours_are_shown_apart(territory, client):
    TelecentreFactory(territory=territory, name="Ici")
    TelecentreFactory(territory=territory, name="Là-bas", is_neighbour=True)

    page = client.get("/telecentres/").content.decode()

    assert names(page) == ["Ici", "Là-bas"]
    assert "1 lieu où venir travailler" in page
    assert "Chez nos voisins" in page


def test_telecentres_empty_says_what_to_do(territory, client):
    page = client.get("/telecentres/").content.decode()

    assert names(page) == []
    assert "Aucun lieu n’est encore ouvert" in page


# ---- A search -----------------------------------------------------------------------------------
def found(page: str) -> list[tuple[str, ...]]:
    """Number, name, then each kind and what is left of it."""
    articles = re.findall(r'<li id="lieu-(\d+)"[^>]*>(.*?)</article>', page, re.DOTALL)
    return [
        (
            number,
            *re.findall(r'<a href="/telecentres/[^"]*">([^<]+)</a></h3>', text),
            *re.findall(r"<strong>([^<]+)</strong> <span>([^<]+)</span>", text),
        )
        for number, text in articles
    ]


def links(page: str, part: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', page) if part in link]


@pytest.mark.parametrize("number", [1, 3])
def test_search_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    for _each in range(number):
        SpaceFactory.create_batch(number, telecentre=open_place(territory))

    with django_assert_num_queries(FIND_QUERIES):
        page = client.get(ASKED).content.decode()

    assert len(found(page)) == number


def test_search_tells_where_and_how_many(territory, client):
    foix = CommuneFactory(foix=True)
    CommuneContourFactory(commune=foix)
    near = open_place(territory, "Zénith", point=foix.centre)
    far = open_place(
        territory, "Belvès", point=Point(foix.centre.x, foix.centre.y + 0.1, srid=4326)
    )
    desks = SpaceFactory.create_batch(2, telecentre=far)
    SpaceFactory(telecentre=near, kind=SpaceKind.MEETING_ROOM, needs_approval=True)
    hold(desks[0], march(1, "09:00", "10:00"))

    page = client.get(f"{ASKED}&pres=foi").content.decode()

    assert found(page) == [
        ("1", "Zénith", ("Salle de réunion", "1 libre, sur accord")),
        ("2", "Belvès", ("Poste en open-space", "1 libre")),
    ]
    assert re.findall(r"· (\d+) km ·", page) == ["0", "11"]
    assert "en ligne droite depuis le centre de Foix" in page
    assert re.findall(r"<text[^>]*>(\d)</text>", page) == ["1", "2"]
    # What the script reads, with points whatever the language.
    assert re.findall(r'data-at="([^"]+)"', page) == [
        f"{place.point.y},{place.point.x}" for place in (near, far)
    ]
    assert f'data-origin="{foix.centre.y},{foix.centre.x}"' in page
    assert "Lundi 1er mars, la journée, près de Foix" in page


def test_search_leads_to_the_confirmation_in_one_click(territory):
    place = open_place(territory, slug="cap")
    SpaceFactory(telecentre=place, capacity=4)
    room = SpaceFactory(telecentre=place, capacity=4, equipment="Écran")
    member = Client()
    member.force_login(UserFactory())

    page = member.get(f"{ASKED}&moment=matin&personnes=3&equipement=%C3%89cran").content.decode()
    (address,) = links(page, "confirmer")
    confirmation = member.get(address)
    answer = member.post(
        address, {"jour": "2027-03-01", "de": "09:00", "a": "13:00", "personnes": "3"}
    )

    assert address == (
        "/telecentres/cap/reserver/poste/confirmer/"
        "?jour=2027-03-01&de=09%3A00&a=13%3A00&personnes=3&equipement=%C3%89cran"
    )
    assert "Réserver ce créneau" in confirmation.content.decode()
    assert (answer.status_code, Booking.objects.get().space) == (302, room)
    (week,) = links(page, "semaine")
    assert member.get(week).status_code == 200


def test_search_without_a_day_is_about_today(territory, client):
    """22 February 2027, a Monday, at eight in the morning."""
    SpaceFactory(telecentre=open_place(territory))

    page = client.get("/telecentres/?nature=poste").content.decode()

    assert len(found(page)) == 1
    assert "Lundi 22 février, la journée, poste en open-space" in page


def test_search_that_finds_nothing_proposes_what_comes_near(territory, client):
    hold(SpaceFactory(telecentre=open_place(territory)), march(1, "09:00", "10:00"))

    page = client.get(ASKED).content.decode()

    assert "Rien de libre à ce moment-là" in page
    assert links(page, "#trouves")[:2] == [
        "/telecentres/?jour=2027-03-01&moment=apres-midi#trouves",
        "/telecentres/?jour=2027-03-02#trouves",
    ]


def test_search_keeps_all_that_was_asked_in_what_it_proposes(territory, client):
    CommuneFactory(foix=True)
    desk = SpaceFactory(telecentre=open_place(territory), capacity=2, equipment="Écran")
    hold(desk, march(1, "09:00", "10:00"))
    asked = f"{ASKED}&moment=heures&de=09:00&a=11:00&pres=foix&nature=poste&personnes=2"

    page = client.get(f"{asked}&equipement=%C3%89cran").content.decode()

    (tuesday,) = links(page, "jour=2027-03-02")
    assert tuesday == (
        "/telecentres/?jour=2027-03-02&moment=heures&de=09%3A00&a=11%3A00"
        "&pres=foix&nature=poste&personnes=2&equipement=%C3%89cran#trouves"
    )


def test_search_of_a_week_without_anything_says_what_to_do(territory, client):
    page = client.get(ASKED).content.decode()

    assert "Rien non plus dans la semaine qui suit" in page
    assert 'href="#ouverts"' in page


def test_search_names_the_other_communes_that_one_may_mean(territory, client):
    for number, name in enumerate(["Foix", "Saint-Jean-de-Foix"]):
        CommuneFactory(insee_code=f"0912{number}", name=name)

    page = client.get(f"{ASKED}&pres=foix").content.decode()

    assert links(page, "#trouves") == [
        "/telecentres/?jour=2027-03-01&pres=Saint-Jean-de-Foix#trouves"
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("jour=2027-02-21", "Ce jour est déjà passé"),
        ("jour=2027-02-30", "Saisissez une date valide"),
        ("moment=heures", "Dites de quelle heure à quelle heure"),
        ("moment=heures&a=10:00", "Dites de quelle heure à quelle heure"),
        ("de=09:00", "Dites de quelle heure à quelle heure"),
        ("de=10:00&a=10:00", "La fin doit venir après le début"),
        ("de=25:00&a=10:00", "Saisissez une heure valide"),
        ("jour=2027-03-28&de=02:30&a=10:00", "cette heure n’existe pas"),
        ("pres=zzzz", "essayez un nom voisin"),
        ("personnes=0", "supérieure ou égale à 1"),
        ("nature=piscine", "Sélectionnez un choix valide"),
        ("equipement=sauna", "Sélectionnez un choix valide"),
    ],
)
def test_search_that_makes_no_sense_says_why(territory, client, asked, said):
    SpaceFactory(telecentre=open_place(territory))

    answer = client.get(f"/telecentres/?{asked}")

    assert answer.status_code == 400
    assert said in answer.content.decode().partition('id="trouves"')[2]


def test_hours_count_when_they_are_the_moment_alone(territory, client):
    SpaceFactory(telecentre=open_place(territory))

    page = client.get(f"{ASKED}&moment=matin&de=19:00&a=20:00").content.decode()

    assert len(found(page)) == 1


def test_search_by_htmx_changes_its_part_alone_and_the_address(territory, client):
    answer = client.get(f"{ASKED}&pres=", headers={"HX-Request": "true"})

    assert answer.content.decode().strip().startswith('<div id="recherche"')
    assert answer["HX-Push-Url"] == f"{ASKED}&pres="
