from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.messages import get_messages
from django.urls import reverse

from courrier.enums import MailState
from courrier.models import OutgoingMail
from tests.factories import OutgoingMailFactory

LIST = reverse("admin:courrier_outgoingmail_changelist")


def send_again(client, *mails):
    data = {"action": "send_again", ACTION_CHECKBOX_NAME: [mail.pk for mail in mails]}
    response = client.post(LIST, data)
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_send_again_gives_dead_mails_new_tries(territory, officer_client):
    dead = OutgoingMailFactory(state=MailState.DEAD, attempts=12)
    waiting = OutgoingMailFactory(attempts=3)

    assert send_again(officer_client, dead, waiting) == ["1 e-mail va repartir."]
    assert dict(OutgoingMail.objects.values_list("pk", "attempts")) == {dead.pk: 0, waiting.pk: 3}
    assert OutgoingMail.objects.filter(state=MailState.QUEUED).count() == 2


def test_send_again_leaves_the_others_alone(territory, officer_client):
    waiting = OutgoingMailFactory(attempts=3)

    assert send_again(officer_client, waiting) == ["Seuls les e-mails abandonnés se renvoient."]
    waiting.refresh_from_db()
    assert waiting.attempts == 3


def test_filter_shows_what_should_have_left(territory, officer_client):
    late = OutgoingMailFactory(attempts=1)
    OutgoingMailFactory()
    OutgoingMailFactory(state=MailState.DEAD, attempts=12)

    assert list(officer_client.get(LIST, {"a_traiter": "en-retard"}).context["cl"].result_list) == [
        late
    ]


def test_mail_is_read_never_written(territory, officer_client):
    mail = OutgoingMailFactory()

    address = reverse("admin:courrier_outgoingmail_change", args=[mail.pk])
    assert officer_client.post(address, {"subject": "Autre"}).status_code == 403
