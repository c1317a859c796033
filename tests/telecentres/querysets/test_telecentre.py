import pytest

from telecentres.enums import SpaceKind
from telecentres.models import Telecentre
from tests.factories import CommuneFactory, SpaceFactory, TelecentreFactory


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


def test_spaces_are_read_by_kind_then_by_number(territory):
    place = TelecentreFactory(territory=territory)
    for name in ("Poste 10", "Poste 9", "Atelier", "Poste 9 bis"):
        SpaceFactory(telecentre=place, name=name, kind=SpaceKind.DESK)
    SpaceFactory(telecentre=place, name="3", kind=SpaceKind.WORKSHOP)
    SpaceFactory(telecentre=place, name="Zoé", kind=SpaceKind.OFFICE)

    names = [space.name for space in place.spaces.in_reading_order()]

    assert names == ["Zoé", "Atelier", "Poste 9", "Poste 9 bis", "Poste 10", "3"]
