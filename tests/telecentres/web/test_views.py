import pytest
from django.contrib.gis.geos import Point

from telecentres.enums import PointPrecision, SpaceKind, TelecentreState
from tests.factories import (
    CommuneFactory,
    OpeningHoursFactory,
    OrganisationFactory,
    SpaceFactory,
    TelecentreFactory,
    TerritoryFactory,
)

PAGE_QUERIES = 10


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
