"""What a solo keeps private appears on no page, whatever page composes their card."""

import pytest
from django.core.cache import cache
from django.test import Client

from solos.enums import PublicField, SoloStatus, WorkPlace
from solos.models import Solo
from tests.factories import (
    CommuneFactory,
    DepartmentFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    PictureFactory,
    SectorFactory,
    SoloFactory,
    TelecentreFactory,
    TradeFactory,
)

SENTINELS = {
    PublicField.TRADE_NAME: "sentinelle-enseigne",
    PublicField.STATUS: "salarié·e en télétravail",
    PublicField.TRADE: "sentinelle-metier",
    PublicField.COMMUNE: "Sentinelle-Commune",
    PublicField.SKILLS: "sentinelle-competence",
    PublicField.LANGUAGES: "ukrainien",
    PublicField.PRESENTATION: "sentinelle-presentation",
    PublicField.PHOTO: "5e5e5e5e",
    PublicField.WEBSITE: "sentinelle-site",
    PublicField.PHONE: "05 61 12 34 56",
    PublicField.EMAIL: "sentinelle-courriel",
    PublicField.WORK_PLACE: "dans un lieu partagé",
    PublicField.OFFERS: "sentinelle-offre",
    PublicField.SEEKS: "sentinelle-recherche",
    PublicField.ARRIVED_IN: "1987",
    PublicField.CAME_FROM: "sentinelle-origine",
}
PAGES = [
    "/",
    "/annuaire/",
    "/annuaire/?q=clavel",
    "/annuaire/?q=sentinelle",
    "/annuaire/?commune=09122",
    "/annuaire/clavel/",
    "/recherche/?q=clavel",
    "/recherche/?q=sentinelle",
    "/villages/foix/",
    "/communes/09122/",
    "/plan-du-site/",
    "/observatoire/",
    "/en/annuaire/clavel/",
]


def published_solo(territory, shown: list[PublicField]) -> Solo:
    gers = DepartmentFactory(code="32", name="Gers", region_code="76")
    sector = SectorFactory(slug="sentinelle", name="sentinelle-secteur", name_en="")
    return SoloFactory(
        territory=territory,
        published=True,
        published_fields=shown,
        slug="clavel",
        first_name="Camille",
        last_name="Clavel",
        trade_name="sentinelle-enseigne",
        status=SoloStatus.EMPLOYEE,
        trade=TradeFactory(
            slug="sentinelle-metier", name="sentinelle-metier", name_en="", sector=sector
        ),
        # Outside the territory: no page names it for its own sake.
        commune=CommuneFactory(
            insee_code="32777", name="Sentinelle-Commune", department=gers, epci=None
        ),
        skills=["sentinelle-competence"],
        languages=["uk"],
        presentation="sentinelle-presentation",
        photo=PictureFactory(territory=territory, portrait=True, digest="5e" * 32),
        website="https://sentinelle-site.exemple.fr",
        phone="+33561123456",
        email="sentinelle-courriel@exemple.fr",
        work_place=WorkPlace.SHARED,
        offers="sentinelle-offre",
        seeks="sentinelle-recherche",
        arrived_in=1987,
        came_from="sentinelle-origine",
        household_size=7,
    )


def pages(addresses: list[str]) -> dict[str, str]:
    cache.clear()
    client = Client()
    return {address: client.get(address).content.decode() for address in addresses}


@pytest.fixture
def surroundings(territory):
    foix = CommuneFactory(foix=True)
    FormerCommuneFactory(successor=foix)
    HostVillageFactory(territory=territory, commune=foix, slug="foix")
    TelecentreFactory(territory=territory, commune=foix)
    return territory


def leaks(found: dict[str, str], *, sentinel: str) -> list[str]:
    return [address for address, page in found.items() if sentinel.casefold() in page.casefold()]


def test_private_fields_appear_on_no_page(surroundings):
    published_solo(surroundings, [PublicField.NAME])

    found = pages(PAGES)

    assert "Camille Clavel" in found["/annuaire/clavel/"]
    assert {
        field: leaks(found, sentinel=sentinel)
        for field, sentinel in SENTINELS.items()
        if leaks(found, sentinel=sentinel)
    } == {}


def test_each_field_is_shown_once_agreed_to(surroundings):
    """Control: the sentinels would be found, if they were there."""
    published_solo(surroundings, list(PublicField))

    found = pages(["/annuaire/clavel/"])

    assert [
        field for field, sentinel in SENTINELS.items() if not leaks(found, sentinel=sentinel)
    ] == []


@pytest.mark.parametrize("field", list(SENTINELS))
def test_one_private_field_appears_on_no_page(surroundings, field):
    published_solo(surroundings, [each for each in PublicField if each != field])

    found = pages(PAGES)

    assert leaks(found, sentinel=SENTINELS[field]) == []
