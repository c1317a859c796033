import re
from datetime import date

import pytest
from django.contrib.gis.geos import Point

from telecentres.enums import (
    ConnectionKind,
    PointPrecision,
    SpaceKind,
    StepFree,
    TelecentreState,
)
from tests.factories import (
    CommuneFactory,
    OpeningHoursFactory,
    OrganisationFactory,
    SpaceFactory,
    TelecentreFactory,
    TerritoryFactory,
)

NBSP = "\N{NO-BREAK SPACE}"
LIST_QUERIES = 3
PAGE_QUERIES = 12


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


def test_telecentres_empty_says_what_to_do(territory, client):
    page = client.get("/telecentres/").content.decode()

    assert names(page) == []
    assert "Aucun lieu n’est encore ouvert" in page


@pytest.mark.parametrize("number", [1, 3])
def test_telecentre_costs_the_same_whatever_its_spaces(
    territory, client, django_assert_num_queries, number
):
    place = TelecentreFactory(territory=territory)
    SpaceFactory.create_batch(number, telecentre=place)
    OpeningHoursFactory.create_batch(number, telecentre=place)

    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get(f"/telecentres/{place.slug}/").content.decode()

    assert f'<td class="number">{number}</td>' in page


def test_telecentre_tells_everything_known(territory, client):
    place = TelecentreFactory(
        territory=territory,
        name="Cap Delta",
        commune=CommuneFactory(insee_code="09332", name="Verniolle"),
        managing_organisation=OrganisationFactory(territory=territory, name="Pépinière Delta"),
        address="1 rue d’essai",
        point_precision=PointPrecision.COMMUNE,
        presentation="Au **calme**.",
        services="Télésecrétariat\n\nVisio",
        access="Parking sur place",
        email="delta@exemple.fr",
        phone="05 61 00 00 00",
        website="https://exemple.fr",
        source="document d’essai",
    )
    SpaceFactory(telecentre=place, kind=SpaceKind.MEETING_ROOM, capacity=8)
    OpeningHoursFactory(telecentre=place)

    page = client.get(f"/telecentres/{place.slug}/").content.decode()

    for shown in [
        "<h1>Cap Delta</h1>", 'href="/communes/09332/"', "Géré par Pépinière Delta",
        "1 rue d’essai", "au centre de la commune", "<strong>calme</strong>",
        "<li>Télésecrétariat</li><li>Visio</li>", "Parking sur place", "delta@exemple.fr",
        'href="tel:0561000000"', "https://exemple.fr", "document d’essai", "Salle de réunion",
        '<td class="number">8</td>', "<time>09:00</time>–<time>12:30</time>",
    ]:  # fmt: skip
        assert shown in page, shown
    assert page.count("<td>Fermé</td>") == 6


def test_telecentre_says_what_one_finds_and_how_one_comes(territory, client):
    place = TelecentreFactory(
        territory=territory,
        equipment="Imprimante\nÉcran",
        connection=ConnectionKind.DSL,
        download_mbps=18,
        upload_mbps="0.9",
        measured_on=date(2024, 3, 12),
        office_area_m2=96,
        shared_area_m2=1400,
        by_train="Gare de Foix",
        by_bus="Un arrêt devant",
        parking="Gratuit",
        step_free=StepFree.NO,
    )

    page = client.get(f"/telecentres/{place.slug}/").content.decode()

    for shown in [
        "<li>Imprimante</li><li>Écran</li>", "<dd>ADSL ou VDSL</dd>",
        f'<dd>18{NBSP}Mbit/s <span class="source">mars 2024</span></dd>', f"<dd>0,9{NBSP}Mbit/s",
        f"<dd>96{NBSP}m²</dd>", f"<dd>1{NBSP}400{NBSP}m²</dd>", "<dd>Gare de Foix</dd>",
        "<dd>Un arrêt devant</dd>", "<dd>Gratuit</dd>", "<dt>De plain-pied</dt><dd>Non</dd>",
    ]:  # fmt: skip
        assert shown in page, shown


def test_telecentre_says_nothing_of_what_nobody_wrote(territory, client):
    place = TelecentreFactory(territory=territory)

    page = client.get(f"/telecentres/{place.slug}/").content.decode()

    for absent in ("En chiffres", "Équipement", "De plain-pied", "Mbit/s"):
        assert absent not in page, absent


def test_telecentre_of_neighbours_is_shown_apart_and_not_booked(territory, client):
    auch = CommuneFactory(insee_code="32013", name="Auch")
    TelecentreFactory(territory=territory, name="Ici")
    place = TelecentreFactory(
        territory=territory, name="Là-bas", slug="la-bas", commune=auch, is_neighbour=True
    )
    SpaceFactory(telecentre=place)

    listed = client.get("/telecentres/").content.decode()
    page = client.get("/telecentres/la-bas/").content.decode()

    assert names(listed) == ["Ici", "Là-bas"]
    assert "1 lieu où venir travailler" in listed
    assert "Chez nos voisins" in listed
    assert f"Ce lieu n’est pas du territoire{NBSP}: il se réserve chez lui." in page
    assert "/communes/32013/" not in page
    assert "Réserver une place" not in page


def test_telecentre_planned_says_so(territory, client):
    place = TelecentreFactory(territory=territory, state=TelecentreState.PLANNED)

    page = client.get(f"/telecentres/{place.slug}/").content.decode()

    assert "il n’est pas encore ouvert" in page
    assert "Horaires" not in page


def test_telecentre_out_of_reach_is_unknown(territory, client):
    closed = TelecentreFactory(territory=territory, state=TelecentreState.CLOSED)
    elsewhere = TelecentreFactory(territory=TerritoryFactory())

    for slug in (closed.slug, elsewhere.slug, "inconnu"):
        assert client.get(f"/telecentres/{slug}/").status_code == 404


def test_telecentre_in_english_falls_back_on_french(territory, client):
    place = TelecentreFactory(
        territory=territory, presentation="Au calme.", point=Point(1.6, 42.9, srid=4326)
    )

    assert '<div lang="fr"><p>Au calme.</p>' in (
        client.get(f"/en/telecentres/{place.slug}/").content.decode()
    )
