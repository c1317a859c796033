import pytest

from territoires.domain.brand import brand_of, sender_of, site_address, site_name
from territoires.domain.colours import contrast
from tests.factories import TerritoryFactory


def test_brand_of_a_territory_is_what_it_shows(settings):
    settings.SITE_URL = "https://solos.example"
    territory = TerritoryFactory.build(
        ariege=True, contact_email="a@example.org", contact_address="Foix", host_name="ariege.fr"
    )

    brand = brand_of(territory)

    assert (brand.name, brand.agency, brand.site) == (
        "Ariège", "Agence d’essai", "https://ariege.fr",
    )  # fmt: skip
    assert (brand.contact, brand.address) == ("a@example.org", "Foix")


def test_sender_is_the_territory_under_its_brand():
    territory = TerritoryFactory.build(ariege=True)

    sender = sender_of(territory)

    assert (sender.territory, sender.brand) == (territory, brand_of(territory))


def test_sender_before_the_first_territory_is_the_platform():
    sender = sender_of(None)

    assert (sender.territory, sender.brand.name, sender.brand.agency) == (None, "Solos", "Solos")


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#000000", "#1f6f54", "#ff00ff"])
def test_brand_is_legible_whatever_the_colour(colour):
    brand = brand_of(TerritoryFactory.build(brand_colour=colour))

    assert contrast(brand.ink, brand.colour) >= 4.5
    assert contrast(brand.link, "#ffffff") >= 4.5
    # The foot of a mail stands on the page itself, by day and by night.
    assert contrast(brand.link, "#f3f2ee") >= 4.5
    assert contrast(brand.night_link, "#101214") >= 4.5
    assert contrast(brand.night_link, "#1b1e21") >= 4.5


@pytest.mark.parametrize(
    ("common", "host_name", "address"),
    [
        ("http://localhost:8000", "ariege.localhost", "http://ariege.localhost:8000"),
        ("http://localhost:8000", "", "http://localhost:8000"),
        ("https://solos.example/", "solos.ariege.fr", "https://solos.ariege.fr"),
        ("https://solos.example", "", "https://solos.example"),
    ],
)
def test_site_address_is_the_territory_s_own_host(settings, common, host_name, address):
    settings.SITE_URL = common

    assert site_address(TerritoryFactory.build(host_name=host_name)) == address


def test_site_name_is_its_host_alone(settings):
    settings.SITE_URL = "https://solos.example:8443"

    assert site_name(TerritoryFactory.build(host_name="ariege.fr")) == "ariege.fr"
    assert site_name(TerritoryFactory.build(host_name="")) == "solos.example"
