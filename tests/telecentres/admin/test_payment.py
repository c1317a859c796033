import pytest
from django.test import Client
from django.urls import reverse

from telecentres.models import Payment
from tests.factories import (
    BookingFactory,
    PaymentFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    UserFactory,
)
from tests.papier.reading import lines

ADD = reverse("admin:telecentres_payment_add")


@pytest.fixture
def place(territory):
    return TelecentreFactory(territory=territory, name="Cap Delta", vat_rate=20)


@pytest.fixture
def manager_client(place) -> Client:
    client = Client()
    client.force_login(TelecentreGrantFactory(telecentre=place, user__second_factor=True).user)
    return client


def typed(place, **changes):
    return {
        "telecentre": place.pk, "payer": "Mairie de Foix", "email": "", "amount": "8.50",
        "means": "transfer", "paid_on": "2027-03-05", **changes,
    }  # fmt: skip


def test_someone_without_account_pays(place, manager_client):
    response = manager_client.post(ADD, typed(place))

    payment = Payment.objects.get()
    assert response.status_code == 302
    assert (payment.holder, payment.payer, str(payment)) == (None, "Mairie de Foix", "2027-0001")


def test_payment_of_an_account_is_its_own(place, manager_client):
    camille = UserFactory(email="camille@exemple.fr")

    manager_client.post(ADD, typed(place, email="camille@exemple.fr"))

    assert Payment.objects.get().holder == camille


def test_payment_once_written_stays(place, manager_client):
    payment = PaymentFactory(telecentre=place, amount=8)
    page = reverse("admin:telecentres_payment_change", args=[payment.pk])

    assert manager_client.get(page).status_code == 200
    assert manager_client.post(page, typed(place, amount="1")).status_code == 403
    delete = reverse("admin:telecentres_payment_delete", args=[payment.pk])
    assert manager_client.post(delete, {"post": "yes"}).status_code == 403
    assert Payment.objects.get().amount == 8


def test_receipt_is_printed(place, manager_client):
    payment = PaymentFactory(telecentre=place, amount="8.50", year=2027, number=12)
    page = reverse("admin:telecentres_payment_receipt", args=[payment.pk])

    text = manager_client.get(page).content.decode()

    assert "Reçu 2027-0012" in text
    assert "<strong>8,50\xa0€</strong>, le 5 mars 2027, par carte." in text
    assert "Hors taxes\xa0: 7,08\xa0€. TVA de 20\xa0%\xa0: 1,42\xa0€." in text


def test_page_of_a_payment_leads_to_its_receipt(place, manager_client):
    camille = UserFactory(email="camille@exemple.fr", first_name="Camille", last_name="Roux")
    booking = BookingFactory(space__telecentre=place, holder=None)
    nobody = PaymentFactory(telecentre=place, holder=None, booking=booking)
    somebody = PaymentFactory(telecentre=place, holder=camille)

    pages = [
        manager_client.get(reverse("admin:telecentres_payment_change", args=[each.pk]))
        for each in (nobody, somebody)
    ]

    of_nobody, of_somebody = (each.content.decode() for each in pages)
    receipt = reverse("admin:telecentres_payment_receipt", args=[nobody.pk])
    assert f'<a href="{receipt}">{nobody}</a>' in of_nobody
    assert "sans compte" in of_nobody
    assert f"/gestion/telecentres/booking/{booking.pk}/change/" in of_nobody
    assert "None" not in of_nobody.partition('id="content"')[2].partition('id="footer"')[0]
    assert 'Camille Roux <a href="mailto:camille@exemple.fr">' in of_somebody


def test_receipt_is_a_file(place, manager_client):
    payment = PaymentFactory(telecentre=place, amount="8.50", year=2027, number=12)
    page = reverse("admin:telecentres_payment_receipt", args=[payment.pk])

    response = manager_client.get(f"{page}?pdf")

    name = f"recu-{place.slug}-2027-0012.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "Reçu de Camille Roux la somme de 8,50 €, le 5 mars 2027, par carte." in (
        lines(response.content)
    )


def test_receipt_of_another_place_does_not_exist(territory, manager_client):
    page = reverse("admin:telecentres_payment_receipt", args=[PaymentFactory().pk])

    assert manager_client.get(page).status_code == 404
    assert manager_client.get(f"{page}?pdf").status_code == 404
