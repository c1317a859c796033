from datetime import date, time
from decimal import Decimal

import pytest
from django.contrib.gis.geos import Point

from telecentres.enums import (
    ConnectionKind,
    PointPrecision,
    SpaceKind,
    StepFree,
    TelecentreKind,
    TelecentreState,
    Weekday,
)
from tests.factories import (
    CommuneFactory,
    ExtraFactory,
    OpeningHoursFactory,
    OrganisationFactory,
    PictureFactory,
    RightsGroupFactory,
    SpaceFactory,
    TariffFactory,
    TelecentreFactory,
    TerritoryFactory,
)

TELECENTRES = "/api/v1/telecentres/"

UNITS = ["hour", "half_day", "day"]

CAP_DELTA = {
    "slug": "cap-delta",
    "name": "Cap Delta",
    "kind": "incubator",
    "state": "open",
    "managed_by": "La pépinière",
    "commune": {"insee_code": "09122", "name": "Foix"},
    "address": "1 rue d’essai",
    "position": {"longitude": 1.61, "latitude": 42.97},
    "position_precision": "address",
    "presentation": "Des bureaux.",
    "presentation_en": "Offices.",
    "services": ["télésecrétariat", "visio"],
    "equipment": ["Imprimante", "Écran"],
    "by_train": "Gare de Foix",
    "by_bus": "",
    "parking": "Gratuit",
    "step_free": "partly",
    "access": "À pied",
    "connection": "fibre",
    "download_mbps": 300.0,
    "upload_mbps": None,
    "measured_on": "2024-03-12",
    "office_area_m2": 96,
    "shared_area_m2": None,
    "opened_on": "2005-06-01",
    "is_neighbour": False,
    "takes_bookings": False,
    "takes_visitors": False,
    "email": "accueil@exemple.fr",
    "phone": "05 61 00 00 00",
    "website": "https://exemple.fr/",
    "spaces": [
        {
            "name": "Poste 1",
            "kind": "desk",
            "capacity": 1,
            "equipment": [],
            "units": UNITS,
            "needs_approval": False,
        },
        {
            "name": "Salle",
            "kind": "meeting_room",
            "capacity": 8,
            "equipment": ["Écran", "Visio"],
            "units": UNITS,
            "needs_approval": False,
        },
    ],
    "opening_hours": [
        {"weekday": 1, "opens_at": "09:00", "closes_at": "12:30"},
        {"weekday": 1, "opens_at": "14:00", "closes_at": "18:00"},
    ],
    "tariffs": [
        {"kind": "desk", "unit": "half_day", "price": "4.00", "group": "Nouveaux arrivants"},
        {"kind": "desk", "unit": "half_day", "price": "8.50", "group": ""},
    ],
    "extras": [
        {
            "name": "Plateau-repas",
            "kind": "catering",
            "description": "",
            "price": "12.00",
            "per": "person",
            "notice": 48,
            "kinds": [],
        },
    ],
    "photo": {
        "url": "http://testserver/media/images/aa/" + "a" * 64 + ".jpg",
        "alternative": "La façade",
    },
    "source": "document d’essai",
    "url": "http://testserver/api/v1/telecentres/cap-delta/",
    "page": "http://testserver/telecentres/cap-delta/",
}


@pytest.fixture
def cap_delta(territory):
    manager = OrganisationFactory(
        territory=territory, name="La pépinière", email="sentinelle@exemple.fr", note="sentinelle"
    )
    telecentre = TelecentreFactory(
        territory=territory,
        slug="cap-delta",
        name="Cap Delta",
        kind=TelecentreKind.INCUBATOR,
        managing_organisation=manager,
        commune=CommuneFactory(foix=True),
        address="1 rue d’essai",
        point=Point(1.61, 42.97, srid=4326),
        presentation="Des bureaux.",
        presentation_en="Offices.",
        services="télésecrétariat\n\n visio ",
        equipment="Imprimante\nÉcran",
        by_train="Gare de Foix",
        parking="Gratuit",
        step_free=StepFree.PARTLY,
        access="À pied",
        connection=ConnectionKind.FIBRE,
        download_mbps=300,
        measured_on=date(2024, 3, 12),
        office_area_m2=96,
        investment=Decimal("214000.50"),
        running_cost=38500,
        opened_on=date(2005, 6, 1),
        email="accueil@exemple.fr",
        phone="05 61 00 00 00",
        website="https://exemple.fr/",
        photo=PictureFactory(territory=territory, alternative="La façade", digest="a" * 64),
        source="document d’essai",
    )
    SpaceFactory(
        telecentre=telecentre,
        name="Salle",
        kind=SpaceKind.MEETING_ROOM,
        capacity=8,
        equipment="Écran\nVisio",
    )
    SpaceFactory(telecentre=telecentre, name="Poste 1")
    OpeningHoursFactory(telecentre=telecentre, opens_at=time(14), closes_at=time(18))
    OpeningHoursFactory(telecentre=telecentre, weekday=Weekday.MONDAY)
    TariffFactory(telecentre=telecentre, price="8.50")
    ExtraFactory(telecentre=telecentre, lunch=True)
    ExtraFactory(telecentre=telecentre, is_offered=False)
    group = RightsGroupFactory(name="Nouveaux arrivants")
    TariffFactory(telecentre=telecentre, price=4, group=group)
    return telecentre


def test_telecentres_say_all_there_is(client, cap_delta):
    listed = client.get(TELECENTRES)

    assert listed.json() == {"next": None, "previous": None, "results": [CAP_DELTA]}
    assert client.get(CAP_DELTA["url"]).json() == CAP_DELTA
    assert client.get(f"{CAP_DELTA['url']}?format=geojson").json() == {
        "type": "Feature",
        "id": "cap-delta",
        "geometry": {"type": "Point", "coordinates": [1.61, 42.97]},
        "properties": CAP_DELTA,
    }


def test_what_a_telecentre_costs_is_said_to_nobody(client, cap_delta):
    for address in (CAP_DELTA["url"], CAP_DELTA["page"]):
        answer = client.get(address).content.decode()
        assert "Cap Delta" in answer
        for cost in ("214", "38500", "38 500", "38 500"):
            assert cost not in answer.replace("a" * 64, ""), cost


def test_telecentre_manager_is_only_named(client, cap_delta):
    assert "sentinelle" not in client.get(CAP_DELTA["url"]).content.decode()


def test_telecentre_planned_says_where_it_stands(client, territory):
    TelecentreFactory(
        territory=territory,
        state=TelecentreState.PLANNED,
        point_precision=PointPrecision.COMMUNE,
    )

    row = client.get(TELECENTRES).json()["results"][0]

    assert (row["state"], row["position_precision"], row["managed_by"], row["photo"]) == (
        "planned",
        "commune",
        None,
        None,
    )


def test_telecentre_closed_is_the_same_404_as_an_unknown_one(client, cap_delta):
    cap_delta.state = TelecentreState.CLOSED
    cap_delta.save()

    assert client.get(TELECENTRES).json()["results"] == []
    answer, unknown = client.get(CAP_DELTA["url"]), client.get(f"{TELECENTRES}inconnu/")
    assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content)
    assert answer.status_code == 404


def test_telecentres_are_those_of_the_host_name(client, cap_delta):
    gers = TerritoryFactory(host_name="gers.localhost")
    TelecentreFactory(territory=gers, slug="auch")

    answer = client.get(TELECENTRES, HTTP_HOST="gers.localhost").json()

    assert [row["slug"] for row in answer["results"]] == ["auch"]
    assert client.get(f"{TELECENTRES}auch/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?format=geojson", "?near=1.6,42.9"])
def test_telecentres_query_count(client, territory, django_assert_num_queries, count, query):
    for _ in range(count):
        telecentre = TelecentreFactory(
            territory=territory, managing_organisation=OrganisationFactory(territory=territory)
        )
        SpaceFactory(telecentre=telecentre)
        OpeningHoursFactory(telecentre=telecentre)
        TariffFactory(telecentre=telecentre, group=RightsGroupFactory())
    client.get(f"{TELECENTRES}?near=0,0")  # what a degree is, PostGIS is asked once per process

    # The territory, the places, their spaces, their hours, their prices.
    with django_assert_num_queries(6):
        answer = client.get(TELECENTRES + query).json()

    assert len(answer.get("results") or answer["features"]) == count
