import re
from datetime import date
from html import unescape

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
    ExtraFactory,
    OpeningHoursFactory,
    OrganisationFactory,
    SpaceFactory,
    TelecentreFactory,
    TerritoryFactory,
)

NBSP = "\N{NO-BREAK SPACE}"
PAGE_QUERIES = 13


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


def test_telecentre_says_what_may_be_added_to_a_booking(territory, client):
    place = TelecentreFactory(territory=territory, takes_bookings=True)
    ExtraFactory(telecentre=place, lunch=True, kinds=[SpaceKind.MEETING_ROOM], description="Bio.")
    ExtraFactory(telecentre=place, name="Caméra", price=0)
    ExtraFactory(telecentre=place, name="Retiré", is_offered=False)

    page = unescape(client.get(f"/telecentres/{place.slug}/").content.decode())

    listed = page.partition('id="extras">')[2].partition("</section>")[0]
    words = re.sub(r"<[^>]+>", " ", listed).replace("\N{NO-BREAK SPACE}", " ").split()
    assert " ".join(words) == (
        "En plus de l’espace"
        " Plateau-repas restauration 12 € par personne, à demander 48 heures avant. Bio."
        " Avec : salle de réunion."
        " Caméra matériel compris."
        " Cela s’ajoute en réservant, avec un compte."
    )


def test_place_without_extras_says_nothing_of_them(territory, client):
    place = TelecentreFactory(territory=territory)

    assert "En plus de l’espace" not in client.get(f"/telecentres/{place.slug}/").content.decode()


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


def test_telecentre_of_neighbours_is_not_booked(territory, client):
    auch = CommuneFactory(insee_code="32013", name="Auch")
    place = TelecentreFactory(
        territory=territory, name="Là-bas", slug="la-bas", commune=auch, is_neighbour=True
    )
    SpaceFactory(telecentre=place)

    page = client.get("/telecentres/la-bas/").content.decode()

    assert f"Ce lieu n’est pas du territoire{NBSP}: il se réserve chez lui." in page
    assert "/communes/32013/" not in page
    assert "Réserver une place" not in page


def test_telecentre_tells_the_equipment_of_each_kind(territory, client):
    place = TelecentreFactory(territory=territory)
    for equipment in ("Visio\nÉcran", "écran", ""):
        SpaceFactory(telecentre=place, equipment=equipment)

    page = client.get(f"/telecentres/{place.slug}/").content.decode()

    assert 'Poste en open-space<ul class="tags"><li>Écran</li><li>Visio</li></ul></th>' in page


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
