from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from registre.models import JournalEntry
from telecentres.models import Payment
from tests.factories import (
    EnrolmentFactory,
    PaymentFactory,
    SpaceFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    UserFactory,
)
from tests.papier.reading import lines
from tests.telecentres.march import hold, march

MONTH_QUERIES = 24


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-03-20T10:00Z", tick=False):
        yield


@pytest.fixture
def place(territory):
    return TelecentreFactory(territory=territory, slug="cap", name="Cap Delta")


@pytest.fixture
def manager_client(place) -> Client:
    client = Client()
    client.force_login(TelecentreGrantFactory(telecentre=place, user__second_factor=True).user)
    return client


@pytest.fixture
def camille(place):
    camille = UserFactory(first_name="Camille", last_name="Roux", email="camille@exemple.fr")
    desk = SpaceFactory(telecentre=place, name="=Poste")
    hold(desk, march(1, "09:00", "12:30"), holder=camille, price="8.50")
    return camille


def month(place) -> str:
    return reverse("admin:telecentres_telecentre_accounts", args=[place.pk])


def nobody(place) -> str:
    return reverse("admin:telecentres_telecentre_nobody", args=[place.pk])


def statement(place, holder) -> str:
    return reverse("admin:telecentres_telecentre_statement", args=[place.pk, holder.pk])


def test_month_shows_who_owes_what(place, manager_client, camille):
    page = manager_client.get(month(place)).content.decode()

    assert "Mars 2027" in page
    assert f'href="{statement(place, camille)}?mois=2027-03">Camille Roux</a>' in page
    assert page.count('<td class="number">8,50\xa0€</td>') == 4
    assert "Rien n’est dû" in manager_client.get(f"{month(place)}?mois=2027-02").content.decode()


def test_month_costs_the_same_for_one_and_three(
    place, manager_client, camille, django_assert_num_queries
):
    for _other in range(2):
        with django_assert_num_queries(MONTH_QUERIES):
            manager_client.get(month(place))
        PaymentFactory(telecentre=place)


def test_those_without_account_are_counted_together_and_last(place, manager_client, camille):
    desk = place.spaces.get()
    hold(desk, march(2, "09:00", "12:30"), holder=None, price=12, note="Mme Dupuy")
    PaymentFactory(telecentre=place, holder=None, payer="Un passant", amount=20, number=9)
    last = UserFactory(first_name="Zoé", last_name="Vidal")
    PaymentFactory(telecentre=place, holder=last, amount=1)

    response = manager_client.get(month(place))

    assert [each.name for each in response.context["accounts"]] == [
        "Camille Roux", "Zoé Vidal", "Sans compte",
    ]  # fmt: skip
    text = response.content.decode()
    assert f'href="{nobody(place)}?mois=2027-03">Sans compte</a>' in text
    total = [f'<td class="number">{amount}\xa0€</td>' for amount in ("0,00", "20,50", "21,00")]
    assert f'{"".join(total)}<td class="number">\N{MINUS SIGN}0,50\xa0€</td></tr></tfoot>' in text


def test_month_of_those_without_account_names_each_booking_and_payment(place, manager_client):
    desk = SpaceFactory(telecentre=place, name="Bureau 3")
    held = hold(desk, march(2, "09:00", "12:30"), holder=None, price=12, note="Mme Dupuy")
    paid = PaymentFactory(telecentre=place, holder=None, booking=held, payer="P. Dupuy", amount=12)

    text = manager_client.get(f"{nobody(place)}?mois=2027-03").content.decode()
    lines = manager_client.get(f"{month(place)}?csv").content.decode("utf-8-sig").splitlines()

    due = f"Bureau 3, mar 2 mars 2027 09:00–12:30 – Mme Dupuy – {held}"
    receipt = f"Paiement, reçu {paid} – P. Dupuy – {held}"
    assert due in text
    assert f">{receipt}</a>" in text
    assert lines[1:] == [
        f"Sans compte;;;02/03/2027;{due};12,00",
        f"Sans compte;;;05/03/2027;{receipt};-12,00",
    ]


def test_whoever_has_no_account_pays_for_what_was_not_booked(place, manager_client):
    typed = {"payer": "Un passant", "amount": "2", "means": "cash", "paid_on": "2027-03-20"}
    assert 'name="amount"' in manager_client.get(nobody(place)).content.decode()

    manager_client.post(f"{nobody(place)}?reservation=AILLEURS", typed)

    payment = Payment.objects.get()
    assert (payment.holder, payment.booking, payment.payer) == (None, None, "Un passant")


@pytest.mark.parametrize("reference", ["", "AB-CD", "A" * 300, "'", "ÉTÉ"])
def test_words_that_are_no_reference_pay_for_no_booking(place, manager_client, reference):
    response = manager_client.get(nobody(place), {"reservation": reference})

    assert (response.status_code, response.context["booking"]) == (200, None)


def test_booking_of_another_place_is_not_paid_here(territory, place, manager_client):
    elsewhere = SpaceFactory(telecentre__territory=territory)
    held = hold(elsewhere, march(2, "09:00", "12:30"), holder=None, price=12)

    response = manager_client.get(f"{nobody(place)}?reservation={held}")

    assert response.context["booking"] is None
    assert manager_client.get(nobody(elsewhere.telecentre)).status_code == 404


def test_month_of_an_employer_is_its_people_alone(territory, place, manager_client, camille):
    PaymentFactory(telecentre=place, holder__last_name="Autrui")
    EnrolmentFactory(territory=territory, user=camille, status="employee", employer="Mairie")

    page = manager_client.get(f"{month(place)}?employeur=Mairie").content.decode()

    assert "Camille Roux" in page
    assert "Autrui" not in page


def test_month_as_a_file_has_no_formula(place, manager_client, camille):
    PaymentFactory(telecentre=place, holder=camille, amount=20, paid_on=date(2027, 2, 5))

    response = manager_client.get(f"{month(place)}?csv")

    assert response["Content-Disposition"] == 'attachment; filename="comptes-cap-2027-03.csv"'
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines == [
        "Nom;E-mail;Employeur;Date;Libellé;Montant (€)",
        "Camille Roux;camille@exemple.fr;;01/03/2027;Report du mois d’avant;-20,00",
        "Camille Roux;camille@exemple.fr;;01/03/2027;'=Poste, lun 1 mars 2027 09:00–12:30;8,50",
    ]


def test_statement_of_an_employer_is_a_file(territory, place, manager_client, camille):
    EnrolmentFactory(territory=territory, user=camille, status="employee", employer="Mairie & Cie")
    page = f"{month(place)}?mois=2027-03&employeur=Mairie%20%26%20Cie"

    assert f'href="{page.removeprefix(month(place)).replace("&", "&amp;")}&amp;pdf"' in (
        manager_client.get(page).content.decode()
    )
    response = manager_client.get(f"{page}&pdf")

    assert response["Content-Disposition"] == (
        'attachment; filename="releve-cap-2027-03-mairie-cie.pdf"'
    )
    assert "Relevé de Mairie & Cie, mars 2027" in lines(response.content)
    assert "Reste à payer en tout : 8,50 €" in lines(response.content)


@pytest.mark.parametrize("asked", ["pdf", "employeur=Personne&pdf"])
def test_month_of_nobody_or_everybody_is_a_page(place, manager_client, camille, asked):
    response = manager_client.get(f"{month(place)}?{asked}")

    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_statement_is_a_file_and_its_reading_is_noted(place, manager_client, camille):
    page = f"{statement(place, camille)}?mois=2027-03"
    assert 'href="?mois=2027-03&amp;pdf"' in manager_client.get(page).content.decode()
    before = JournalEntry.objects.count()

    response = manager_client.get(f"{page}&pdf")

    assert response["Content-Disposition"] == (
        'attachment; filename="releve-cap-2027-03-camille-roux.pdf"'
    )
    assert "1 mars =Poste, lun 1 mars 2027 09:00–12:30 8,50 €" in lines(response.content)
    assert JournalEntry.objects.count() == before + 1


def test_statement_proposes_what_is_left_then_notes_it(place, manager_client, camille):
    page = statement(place, camille)
    seen = manager_client.get(page).content.decode()

    assert 'name="amount" value="8.5' in seen
    assert 'value="Camille Roux"' in seen
    manager_client.post(
        page, {"payer": "Camille Roux", "amount": "8.50", "means": "card", "paid_on": "2027-03-20"}
    )

    payment = Payment.objects.get()
    assert (payment.holder, payment.amount, payment.telecentre) == (camille, Decimal("8.5"), place)
    after = manager_client.get(page).content.decode()
    assert "Paiement, reçu 2027-0001" in after
    assert '<td class="number">0,00\xa0€</td>' in after


@pytest.mark.parametrize(
    "changes", [{"amount": "0"}, {"amount": ""}, {"means": "troc"}, {"payer": ""}]
)
def test_bad_payment_is_refused(place, manager_client, camille, changes):
    typed = {"payer": "Camille", "amount": "8.50", "means": "card", "paid_on": "2027-03-20"}

    response = manager_client.post(statement(place, camille), typed | changes)

    assert response.context["form"].errors
    assert not Payment.objects.exists()


def test_whoever_owes_nothing_has_no_statement(place, manager_client):
    assert manager_client.get(statement(place, UserFactory())).status_code == 404


def test_accounts_of_another_place_do_not_exist(territory, manager_client, camille):
    other = TelecentreFactory(territory=territory)

    assert manager_client.get(month(other)).status_code == 404
    assert manager_client.get(statement(other, camille)).status_code == 404
    assert manager_client.get(f"{statement(other, camille)}?pdf").status_code == 404
    assert manager_client.get(f"{month(other)}?employeur=Mairie&pdf").status_code == 404
