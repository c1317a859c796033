import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from courrier.models import OutgoingMail
from telecentres.enums import BookingState
from telecentres.models import Booking, Payment
from tests.factories import (
    BookingChangeFactory,
    BookingFactory,
    BookingLineFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    UserFactory,
)

LIST = reverse("admin:telecentres_booking_changelist")
NO_INLINES = {
    f"{name}-{what}_FORMS": 0 for name in ("changes", "lines") for what in ("TOTAL", "INITIAL")
}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-02-28T10:00:00Z", tick=False):
        yield


@pytest.fixture
def asked(territory) -> Booking:
    return BookingFactory(
        space__telecentre__territory=territory,
        state=BookingState.REQUESTED,
        answer_before="2027-03-01T08:00Z",
    )


@pytest.fixture
def manager_client(asked) -> Client:
    client = Client()
    user = TelecentreGrantFactory(telecentre=asked.space.telecentre, user__second_factor=True).user
    client.force_login(user)
    return client


def page(booking: Booking) -> str:
    return reverse("admin:telecentres_booking_change", args=[booking.pk])


@pytest.mark.parametrize(
    ("button", "state", "subject"),
    [
        ("_accept", BookingState.CONFIRMED, "c’est réservé"),
        ("_refuse", BookingState.REFUSED, "n’a pas abouti"),
        ("_cancel", BookingState.CANCELLED, "réservation annulée"),
    ],
)
def test_manager_answers_from_the_page(asked, manager_client, button, state, subject):
    sent = {button: "1", "reason": "La salle est en travaux."} | NO_INLINES

    response = manager_client.post(page(asked), sent)

    assert response["Location"] == page(asked)
    asked.refresh_from_db()
    assert asked.state == state
    [change] = asked.changes.all()
    assert (change.reason, change.author.is_staff) == ("La salle est en travaux.", True)
    [mail] = OutgoingMail.objects.all()
    assert (mail.recipient, subject in mail.subject) == (asked.holder.email, True)
    assert LogEntry.objects.filter(object_id=asked.pk).count() == 1


def test_page_sent_without_a_button_changes_nothing(asked, manager_client):
    manager_client.post(page(asked), NO_INLINES)

    asked.refresh_from_db()
    assert asked.state == BookingState.REQUESTED
    assert not OutgoingMail.objects.exists()


def test_list_answers_several_and_names_those_it_cannot(asked, officer_client):
    done = BookingFactory(space__telecentre__territory=asked.territory)
    sent = {"action": "accept", "_selected_action": [asked.pk, done.pk]}

    response = officer_client.post(LIST, sent, follow=True)

    text = response.content.decode()
    assert "1 réservation est acceptée. Son titulaire est prévenu." in text
    assert f"à voir de nouveau\u00a0: {done.reference}." in text
    asked.refresh_from_db()
    assert asked.state == BookingState.CONFIRMED


@pytest.mark.parametrize(
    ("state", "button", "said"),
    [
        (BookingState.CONFIRMED, "Annuler la réservation", "1 réservation est annulée."),
        (BookingState.BLOCKED, "Rouvrir l’espace", "1 espace est rouvert."),
    ],
)
def test_booking_of_nobody_is_given_back_in_its_own_words(
    asked, manager_client, state, button, said
):
    held = BookingFactory(space__telecentre=asked.space.telecentre, holder=None, state=state)

    text = manager_client.get(page(held)).content.decode()
    told = manager_client.post(page(held), {"_cancel": "1"} | NO_INLINES, follow=True)

    assert f'value="{button}"' in text
    assert "Pourquoi, pour l’équipe" in text
    assert "titulaire est prévenu" not in told.content.decode()
    assert said in told.content.decode()


def test_who_has_no_account_is_listed_and_found_by_what_was_typed(asked, manager_client):
    place = asked.space.telecentre
    dupuy = BookingFactory(space__telecentre=place, holder=None, note="Mme Dupuy")

    response = manager_client.get(LIST, {"q": "dupuy"})

    assert list(response.context["cl"].result_list) == [dupuy]
    assert '<td class="field-who">Mme Dupuy</td>' in response.content.decode()


def test_page_says_how_to_write_and_leads_to_no_closed_page(asked, manager_client, officer_client):
    BookingChangeFactory(booking=asked, author=UserFactory(first_name="Ana", last_name="Roux"))
    mail = f'<a href="mailto:{asked.holder.email}">'

    of_manager, of_officer = (
        client.get(page(asked)).content.decode() for client in (manager_client, officer_client)
    )

    assert mail in of_manager
    assert "Ana Roux" in of_manager
    assert "/gestion/comptes/user/" not in of_manager
    assert f"/gestion/comptes/user/{asked.holder.pk}/change/" in of_officer


def test_page_says_what_each_line_costs_and_all_of_it(asked, manager_client):
    BookingLineFactory(of_extra=True, booking=asked, quantity=3, unit_price="4.50")

    text = manager_client.get(page(asked)).content.decode()

    assert "4,50\xa0€" in text
    assert "13,50\xa0€" in text
    assert "Histoire de la réservation" in text


def test_list_is_of_today_or_of_what_is_to_come(asked, manager_client):
    def listed(when: str, now: str) -> list[Booking]:
        with time_machine.travel(now, tick=False):
            return list(manager_client.get(LIST, {"quand": when}).context["cl"].result_list)

    assert listed("aujourdhui", "2027-03-01T20:00Z") == [asked]
    assert listed("aujourdhui", "2027-02-28T20:00Z") == []
    assert listed("a-venir", "2027-02-28T20:00Z") == [asked]
    assert listed("a-venir", "2027-03-01T20:00Z") == []
    assert manager_client.get(LIST, {"quand": "hier"}).status_code == 302


def test_price_of_nobodys_booking_is_paid_from_its_page(asked, manager_client):
    place = asked.space.telecentre
    held = BookingFactory(space__telecentre=place, holder=None, note="Mme Dupuy", price=12)
    accounts = reverse("admin:telecentres_telecentre_nobody", args=[place.pk])
    pay = f"{accounts}?mois=2027-03&reservation={held}"
    shown = manager_client.get(page(held)).content.decode()
    form = manager_client.get(pay).content.decode()

    typed = {"payer": "Mme Dupuy", "amount": "12", "means": "cash", "paid_on": "2027-03-01"}
    told = manager_client.post(pay, typed, follow=True).content.decode()
    paid = manager_client.get(page(held)).content.decode()

    payment = Payment.objects.get()
    receipt = reverse("admin:telecentres_payment_receipt", args=[payment.pk])
    assert f'href="{pay.replace("&", "&amp;")}#encaisser">Encaisser</a>' in shown
    assert 'value="Mme Dupuy"' in form
    assert 'name="amount" value="12.00"' in form
    assert (payment.booking, payment.holder, payment.amount) == (held, None, 12)
    assert f'C’est noté, reçu {payment}. <a href="{receipt}">Voir le reçu</a>' in told
    assert "Encaisser</a>" not in paid
    assert f'<a href="{receipt}">{payment}</a> (12,00\xa0€)' in paid


def test_manager_sees_only_their_place(asked, manager_client):
    elsewhere = BookingFactory(space__telecentre__territory=asked.territory)

    listed = manager_client.get(LIST).context["cl"].result_list

    assert list(listed) == [asked]
    assert manager_client.get(page(elsewhere)).status_code == 302
    manager_client.post(page(elsewhere), {"_cancel": "1"} | NO_INLINES)
    elsewhere.refresh_from_db()
    assert elsewhere.state == BookingState.CONFIRMED


def test_requests_are_a_line_to_do(asked, officer_client):
    BookingFactory(space__telecentre=TelecentreFactory(territory=asked.territory))

    listed = officer_client.get(LIST, {"a_traiter": "a-repondre"}).context["cl"].result_list

    assert list(listed) == [asked]


def test_booking_is_neither_added_nor_deleted_there(asked, officer_client):
    assert officer_client.get(reverse("admin:telecentres_booking_add")).status_code == 403
    delete = reverse("admin:telecentres_booking_delete", args=[asked.pk])
    assert officer_client.post(delete, {"post": "yes"}).status_code == 403
    assert Booking.objects.count() == 1
