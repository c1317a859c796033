from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from papier.domain.sheets import draw_sheet
from telecentres.domain.papers import receipt_of, statement_of
from telecentres.domain.statements import month_accounts
from tests.factories import (
    CommuneFactory,
    OrganisationFactory,
    PaymentFactory,
    SpaceFactory,
    TelecentreFactory,
    UserFactory,
)
from tests.papier.reading import lines
from tests.telecentres.march import hold, march

MARCH = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-03-20T10:00Z", tick=False):
        yield


@pytest.fixture
def place(territory):
    return TelecentreFactory(
        territory=territory,
        slug="cap",
        name="Cap Delta",
        vat_rate=Decimal("5.5"),
        address="3 rue du Pont",
        commune=CommuneFactory(name="Foix"),
        managing_organisation=OrganisationFactory(territory=territory, name="<b>Agglo</b> & Cie"),
    )


@pytest.fixture
def camille(place):
    camille = UserFactory(first_name="Camille", last_name="Roux")
    desk = SpaceFactory(telecentre=place, name="Poste 1")
    hold(desk, march(1, "09:00", "12:30"), holder=camille, price="8.50")
    PaymentFactory(telecentre=place, holder=camille, amount=20, paid_on=date(2027, 2, 5), number=1)
    PaymentFactory(telecentre=place, holder=camille, amount=3, paid_on=date(2027, 3, 2), number=2)
    return camille


def accounts(place, *holders):
    return month_accounts(MARCH, telecentres=[place], holders=holders)


def test_statement_says_every_line_to_the_cent(place, camille):
    sheet = statement_of(accounts(place, camille), MARCH)

    assert (sheet.title, sheet.name) == (
        "Relevé de Camille Roux, mars 2027",
        "releve-cap-2027-03-Camille Roux",
    )
    assert lines(draw_sheet(sheet)) == [
        "Cap Delta, <b>Agglo</b> & Cie",
        "3 rue du Pont, Foix",
        "Relevé de Camille Roux, mars 2027",
        "Jour Libellé Montant",
        "Report du mois d’avant −20,00 €",
        "1 mars Poste 1, lun 1 mars 2027 09:00–12:30 8,50 €",
        "2 mars Paiement, reçu 2027-0002 −3,00 €",
        "Reste à payer −14,50 €",
        "TVA de 5,50 % comprise.",
        "Établi le 20 mars 2027.",
        "Relevé de Camille Roux, mars 2027 1 / 1",
    ]


def test_statement_of_those_without_account_says_so(place):
    PaymentFactory(telecentre=place, holder=None, payer="Un passant", amount=3, number=4)

    sheet = statement_of(accounts(place, None), MARCH)

    assert sheet.title == "Relevé\N{NO-BREAK SPACE}: Sans compte, mars 2027"
    assert "5 mars Paiement, reçu 2027-0004 – Un passant −3,00 €" in lines(draw_sheet(sheet))


def test_statement_in_english(place, camille):
    with translation.override("en"):
        text = lines(draw_sheet(statement_of(accounts(place, camille), MARCH)))

    assert text[2] == "Statement of Camille Roux, March 2027"
    assert text[5] == "1 March Poste 1, Mon 1 March 2027 09:00–12:30 8.50 €"


def test_statement_of_an_employer_has_its_people_and_their_sum(place, camille):
    other = UserFactory(first_name="Zoé", last_name="Vidal")
    PaymentFactory(telecentre=place, holder=other, amount="0.25", paid_on=date(2027, 3, 4))

    sheet = statement_of(accounts(place, camille, other), MARCH, employer="Mairie de Foix")

    text = lines(draw_sheet(sheet))
    assert sheet.name == "releve-cap-2027-03-Mairie de Foix"
    assert text[2:5] == [
        "Relevé de Mairie de Foix, mars 2027",
        "Reste à payer en tout : −14,75 €",
        "Camille Roux",
    ]
    assert [line for line in text if line.startswith(("Reste à payer ", "Zoé"))][1:] == [
        "Reste à payer −14,50 €",
        "Zoé Vidal",
        "Reste à payer −0,25 €",
    ]


def test_long_statement_names_its_columns_on_each_page_and_ends_once(place, camille):
    desk = SpaceFactory(telecentre=place, name="Poste 2")
    for day in range(1, 29):
        for starts, ends in (("09:00", "10:00"), ("11:00", "12:00")):
            hold(desk, march(day, starts, ends), holder=camille, price=1)

    text = lines(draw_sheet(statement_of(accounts(place, camille), MARCH)))

    assert text.count("Jour Libellé Montant") == 3
    assert [line for line in text if line.startswith("Reste")] == ["Reste à payer 41,50 €"]
    assert text[-1].endswith("3 / 3")


def test_receipt_says_who_paid_what(place):
    payment = PaymentFactory(
        telecentre=place, payer="Mairie <i>de</i> Foix", amount=Decimal("8.50"), number=12
    )

    sheet = receipt_of(payment)

    assert (sheet.title, sheet.name) == ("Reçu 2027-0012", "recu-cap-2027-0012")
    assert lines(draw_sheet(sheet)) == [
        "Cap Delta, <b>Agglo</b> & Cie",
        "3 rue du Pont, Foix",
        "Reçu 2027-0012",
        "Reçu de Mairie <i>de</i> Foix la somme de 8,50 €, le 5 mars 2027, par carte.",
        "Hors taxes : 8,06 €. TVA de 5,50 % : 0,44 €.",
        "Reçu 2027-0012 1 / 1",
    ]
