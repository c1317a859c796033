import pytest

from telecentres.models import Telecentre
from tests.factories import CommuneFactory, TelecentreFactory


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
