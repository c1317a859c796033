import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from courrier.models import OutgoingMail
from telecentres.enums import BookingState
from telecentres.models import Booking
from tests.factories import BookingFactory, TelecentreFactory, TelecentreGrantFactory

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
    assert "C’est fait pour 1 réservation" in text
    assert f"à voir de nouveau\u00a0: {done.reference}." in text
    asked.refresh_from_db()
    assert asked.state == BookingState.CONFIRMED


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
