import json
import re

import pytest

from solos.domain.publication import withdraw_solo
from solos.enums import PublicField
from tests.factories import SoloFactory

PAGE = "/annuaire/camille-roux/"


@pytest.fixture
def solo(territory, settings):
    settings.SITE_URL = "https://solos.example"
    return SoloFactory(
        territory=territory,
        slug="camille-roux",
        first_name="Camille",
        last_name="Roux</script>",
        email="sentinelle@exemple.fr",
        phone="+33561123456",
        published=True,
        published_fields=[PublicField.NAME],
    )


def test_card_is_a_file_of_public_fields(client, solo):
    answer = client.get(f"{PAGE}carte.vcf")

    assert answer["Content-Type"] == "text/vcard"
    assert answer["Content-Disposition"] == 'attachment; filename="camille-roux.vcf"'
    assert "SOURCE:https://ariege.localhost/annuaire/camille-roux/" in answer.content.decode()
    assert "sentinelle" not in answer.content.decode()


def test_code_is_a_picture_of_the_address_of_the_page(client, solo):
    answer = client.get(f"{PAGE}code.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


def test_page_describes_the_person_to_search_engines(client, solo):
    page = client.get(PAGE).content.decode()

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    described = json.loads(block[1])
    assert described["familyName"] == "Roux</script>"
    assert described["mainEntityOfPage"] == "https://ariege.localhost/annuaire/camille-roux/"
    assert "email" not in described


@pytest.mark.parametrize("file", ["carte.vcf", "code.svg"])
def test_who_withdrew_has_neither(client, solo, file):
    withdraw_solo(solo=solo)

    assert client.get(f"{PAGE}{file}").status_code == 404
