import pytest

from solos.domain.cards import describe_person, vcard_of
from solos.enums import PublicField
from tests.factories import CommuneFactory, SoloFactory, TradeFactory

ADDRESS = "https://solos.example/annuaire/camille-roux/"


@pytest.fixture
def solo(territory):
    return SoloFactory(
        territory=territory,
        first_name="Camille",
        last_name="Roux; Vidal",
        trade_name="Cartes, plans & Cie",
        trade=TradeFactory(name="Cartographe"),
        commune=CommuneFactory(foix=True),
        skills=["SIG"],
        languages=["fr", "oc"],
        email="camille@exemple.fr",
        phone="+33561123456",
        website="https://cartes.example/",
        links=["https://social.example/camille"],
        presentation="Je dessine.",
        household_size=7,
        published=True,
    )


def lines(solo) -> list[str]:
    return vcard_of(solo, ADDRESS).decode().splitlines()


def test_vcard_holds_what_everyone_sees(solo):
    assert lines(solo) == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Camille Roux\\; Vidal",
        "N:Roux\\; Vidal;Camille;;;",
        "ORG:Cartes\\, plans & Cie",
        "TITLE:Cartographe",
        "EMAIL:camille@exemple.fr",
        "TEL:tel:+33-5-61-12-34-56",
        "URL:https://cartes.example/",
        f"SOURCE:{ADDRESS}",
        "END:VCARD",
    ]


def test_vcard_of_who_shows_their_name_alone(solo):
    solo.published_fields = [PublicField.NAME]

    assert lines(solo)[2:] == [
        "FN:Camille Roux\\; Vidal", "N:Roux\\; Vidal;Camille;;;", f"SOURCE:{ADDRESS}", "END:VCARD",
    ]  # fmt: skip


def test_line_ends_slip_no_property_in(solo):
    solo.first_name = "Camille\r\nEMAIL:autre@exemple.fr\x0b\x00"

    assert lines(solo)[2] == "FN:Camille EMAIL:autre@exemple.fr Roux\\; Vidal"
    assert [line for line in lines(solo) if line.startswith("EMAIL")] == [
        "EMAIL:camille@exemple.fr"
    ]


def test_person_is_described_by_what_everyone_sees(solo):
    assert describe_person(solo, ADDRESS) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": "Camille Roux; Vidal",
        "givenName": "Camille",
        "familyName": "Roux; Vidal",
        "mainEntityOfPage": ADDRESS,
        "email": "camille@exemple.fr",
        "telephone": "+33561123456",
        "url": "https://cartes.example/",
        "sameAs": ["https://social.example/camille"],
        "jobTitle": "Cartographe",
        "knowsAbout": ["SIG"],
        "knowsLanguage": ["français", "occitan"],
        "worksFor": {"@type": "Organization", "name": "Cartes, plans & Cie"},
        "workLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Foix",
                "addressCountry": "FR",
            },
        },
    }


def test_person_who_shows_their_name_alone(solo):
    solo.published_fields, solo.commune, solo.phone = [PublicField.NAME], None, ""

    assert set(describe_person(solo, ADDRESS)) == {
        "@context", "@type", "name", "givenName", "familyName", "mainEntityOfPage",
    }  # fmt: skip
