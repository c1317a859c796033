from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.test import Client

from telecentres.web.limits import PAPERS
from tests.factories import PaymentFactory, SpaceFactory, TelecentreFactory, UserFactory
from tests.papier.reading import lines
from tests.telecentres.march import hold, march

PAGE = "/espace/comptes/"
QUERIES = 13
STATEMENT_QUERIES = 14


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-03-20T10:00Z", tick=False):
        yield


@pytest.fixture
def camille(db):
    return UserFactory()


@pytest.fixture
def member(camille) -> Client:
    client = Client()
    client.force_login(camille)
    return client


def test_ones_own_month_by_place(territory, member, camille):
    place = TelecentreFactory(territory=territory, name="Cap Delta")
    desk = SpaceFactory(telecentre=place, name="Poste 1")
    hold(desk, march(1, "09:00", "12:30"), holder=camille, price="8.50")
    hold(desk, march(2, "09:00", "12:30"), holder=UserFactory(), price="77.70")
    PaymentFactory(telecentre=place, holder=camille, amount=5, paid_on=date(2027, 3, 2), number=3)

    page = member.get(PAGE).content.decode()

    assert "Cap Delta</h2>" in page
    assert "Poste 1, lun 1 mars 2027 09:00–12:30" in page
    assert "Paiement, reçu 2027-0003" in page
    assert "3,50\xa0€" in page
    assert "77,70" not in page


def test_ones_own_statement_and_receipt_are_files(territory, member, camille):
    place = TelecentreFactory(territory=territory, slug="cap", name="Cap Delta")
    PaymentFactory(telecentre=place, holder=camille, amount=5, paid_on=date(2027, 3, 2), number=3)
    receipt = f"{PAGE}recus/{camille.telecentre_payments.get().pk}.pdf"
    statement = f"{PAGE}cap/releve.pdf"

    page = member.get(f"{PAGE}?mois=2027-03").content.decode()

    assert f'<a href="{receipt}">Paiement, reçu 2027-0003</a>' in page
    assert f'href="{statement}?mois=2027-03"' in page
    assert "Reçu 2027-0003" in lines(member.get(receipt).content)
    file = member.get(f"{statement}?mois=2027-03")
    assert "2 mars Paiement, reçu 2027-0003 −5,00 €" in lines(file.content)
    assert file["Cache-Control"] == "private, no-store"
    assert member.get(f"{statement}?mois=2026-01").status_code == 404


def test_statement_is_in_the_readers_language(territory, member, camille):
    PaymentFactory(
        telecentre__territory=territory, telecentre__slug="cap", holder=camille, amount="1234.50"
    )

    text = lines(member.get(f"/en{PAGE}cap/releve.pdf?mois=2027-03").content)

    assert "Left to pay −1,234.50 €" in text


def test_papers_of_others_do_not_exist(territory, member):
    payment = PaymentFactory(telecentre__territory=territory, telecentre__slug="cap")

    assert member.get(f"{PAGE}recus/{payment.pk}.pdf").status_code == 404
    assert member.get(f"{PAGE}cap/releve.pdf?mois=2027-03").status_code == 404


def test_papers_are_for_members(territory, client):
    payment = PaymentFactory(telecentre__territory=territory, telecentre__slug="cap")

    assert client.get(f"{PAGE}recus/{payment.pk}.pdf").status_code == 302
    assert client.get(f"{PAGE}cap/releve.pdf?mois=2027-03").status_code == 302


def test_papers_are_drawn_so_many_times(territory, member, camille, monkeypatch):
    monkeypatch.setattr("telecentres.web.account_views.PAPERS", replace(PAPERS, most=1))
    payment = PaymentFactory(telecentre__territory=territory, holder=camille)

    answers = [member.get(f"{PAGE}recus/{payment.pk}.pdf").status_code for _turn in range(2)]

    assert answers == [200, 429]


def test_statement_costs_the_same_for_one_and_three_lines(
    territory, member, camille, django_assert_num_queries
):
    place = TelecentreFactory(territory=territory, slug="cap")
    for _number in range(3):
        PaymentFactory(telecentre=place, holder=camille)
        with django_assert_num_queries(STATEMENT_QUERIES):
            member.get(f"{PAGE}cap/releve.pdf?mois=2027-03")


def test_month_with_nothing_says_so(territory, member):
    assert "Rien à payer ce mois-là" in member.get(f"{PAGE}?mois=2026-01").content.decode()


def test_accounts_are_for_members(territory, client):
    assert client.get(PAGE).status_code == 302


def test_places_cost_the_same_for_one_and_three(
    territory, member, camille, django_assert_num_queries
):
    for _number in range(3):
        PaymentFactory(telecentre__territory=territory, holder=camille)
        with django_assert_num_queries(QUERIES):
            member.get(PAGE)
