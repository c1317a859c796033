from datetime import UTC, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.enums import BookingState, SpaceKind, WaitState
from telecentres.models import Booking, Telecentre, Wait
from tests.factories import (
    BookingFactory,
    CommuneFactory,
    SpaceFactory,
    TelecentreFactory,
    WaitFactory,
)


@pytest.mark.parametrize(
    "text", ["cap mirabo", "lavelanet", "lavelannet", "secretariat", "télésecrétariat Lavelanet"]
)
def test_resembling_finds_by_name_commune_and_sheet(territory, text):
    commune = CommuneFactory(insee_code="09160", name="Lavelanet")
    place = TelecentreFactory(
        territory=territory,
        commune=commune,
        name="Cap Mirabeau",
        services="Télésecrétariat et secrétariat",
    )
    TelecentreFactory(territory=territory, name="Autre lieu")

    assert list(Telecentre.objects.resembling(text)) == [place]


@pytest.mark.parametrize("text", ["", "à", "foix", "lavelanet piscine"])
def test_resembling_finds_nothing(territory, text):
    TelecentreFactory(territory=territory, commune=CommuneFactory(name="Lavelanet"))

    assert list(Telecentre.objects.resembling(text)) == []


def test_offers_come_before_what_one_has_accepted(db):
    noon = datetime(2027, 3, 1, 11, tzinfo=UTC)
    later, evening = (
        DateTimeTZRange(noon.replace(hour=hour), noon.replace(hour=hour + 1)) for hour in (14, 18)
    )
    second = BookingFactory(period=later)
    first = BookingFactory()
    offered = BookingFactory(period=evening, state=BookingState.OFFERED, answer_before=noon)

    assert list(Booking.objects.offers_first()) == [offered, first, second]


def test_place_in_line_counts_those_before_who_want_the_same_time(db):
    noon = datetime(2027, 3, 1, 11, tzinfo=UTC)
    first = WaitFactory()
    here = {"telecentre": first.telecentre}
    WaitFactory()
    WaitFactory(**here, kind=SpaceKind.OFFICE)
    WaitFactory(**here, state=WaitState.LEFT)
    WaitFactory(**here, holder__is_active=False)
    later = WaitFactory(**here, period=DateTimeTZRange(noon, noon.replace(hour=12)))
    whole = WaitFactory(**here, period=DateTimeTZRange(noon.replace(hour=8), noon.replace(hour=12)))
    last = WaitFactory(**here)

    line = Wait.objects.filter(**here, kind=SpaceKind.DESK).in_line(noon.replace(hour=7))

    assert [(wait, wait.place) for wait in line.with_place(noon.replace(hour=7))] == [
        (first, 1),
        (later, 1),
        (whole, 3),
        (last, 3),
    ]


def test_spaces_are_read_by_kind_then_by_number(territory):
    place = TelecentreFactory(territory=territory)
    for name in ("Poste 10", "Poste 9", "Atelier", "Poste 9 bis"):
        SpaceFactory(telecentre=place, name=name, kind=SpaceKind.DESK)
    SpaceFactory(telecentre=place, name="3", kind=SpaceKind.WORKSHOP)
    SpaceFactory(telecentre=place, name="Zoé", kind=SpaceKind.OFFICE)

    names = [space.name for space in place.spaces.in_reading_order()]

    assert names == ["Zoé", "Atelier", "Poste 9", "Poste 9 bis", "Poste 10", "3"]
