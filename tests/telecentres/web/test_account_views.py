from datetime import date

import pytest
import time_machine
from django.test import Client

from tests.factories import PaymentFactory, SpaceFactory, TelecentreFactory, UserFactory
from tests.telecentres.march import hold, march

PAGE = "/espace/comptes/"
QUERIES = 13


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
