import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.messages import get_messages
from django.urls import reverse

from courrier.enums import MailState
from courrier.models import OutgoingMail
from tests.factories import (
    OutgoingMailFactory,
    TelecentreGrantFactory,
    TerritoryGrantFactory,
)

LIST = reverse("admin:courrier_outgoingmail_changelist")


def page_of(mail) -> str:
    return reverse("admin:courrier_outgoingmail_change", args=[mail.pk])


def html_of(mail) -> str:
    return reverse("admin:courrier_outgoingmail_html", args=[mail.pk])


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
    secret = OutgoingMailFactory(state=MailState.DEAD, is_secret=True, text_body="")

    assert send_again(officer_client, waiting, secret) == [
        "Seuls les e-mails abandonnés se renvoient, hors codes et liens personnels."
    ]
    waiting.refresh_from_db()
    assert waiting.attempts == 3


def test_filter_shows_what_should_have_left(territory, officer_client):
    late = OutgoingMailFactory(attempts=1)
    OutgoingMailFactory()
    OutgoingMailFactory(state=MailState.DEAD, attempts=12)

    assert list(officer_client.get(LIST, {"a_traiter": "en-retard"}).context["cl"].result_list) == [
        late
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(
    territory, officer_client, django_assert_num_queries, count
):
    OutgoingMailFactory.create_batch(count, territory=territory)

    with django_assert_num_queries(9):
        assert len(officer_client.get(LIST).context["cl"].result_list) == count


def test_mail_is_read_never_written(territory, officer_client):
    mail = OutgoingMailFactory()

    assert officer_client.post(page_of(mail), {"subject": "Autre"}).status_code == 403


def test_page_shows_the_text_and_frames_the_html(territory, officer_client):
    mail = OutgoingMailFactory(
        text_body="Bonjour <Ana>", html_body="<p>x</p>", message="courrier.digest"
    )

    response = officer_client.get(page_of(mail))

    page = response.content.decode()
    assert '<pre class="mail-text">Bonjour &lt;Ana&gt;</pre>' in page
    assert f'src="{html_of(mail)}"' in page
    assert "Résumé du jour" in page
    assert "frame-src 'self'" in response["Content-Security-Policy"]


def test_page_of_a_mail_without_html_has_no_frame(territory, officer_client):
    page = officer_client.get(page_of(OutgoingMailFactory(message="disparu"))).content.decode()

    assert "<iframe" not in page
    assert "disparu" in page


def test_html_is_shut_in_a_frame_of_ours(territory, officer_client):
    mail = OutgoingMailFactory(html_body="<html><head><title>x</title></head>é</html>")

    response = officer_client.get(html_of(mail))

    assert response.content.decode() == (
        '<html><head><base target="_blank"><title>x</title></head>é</html>'
    )
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    directives = {
        name: values
        for name, *values in (
            part.split() for part in response["Content-Security-Policy"].split(";")
        )
    }
    assert directives == {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'none'"],
        "base-uri": ["'none'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }


def test_secret_is_hidden_but_in_the_demo(territory, officer_client, settings):
    mail = OutgoingMailFactory(is_secret=True, text_body="Code 1234", html_body="<p>1234</p>")

    page = officer_client.get(page_of(mail)).content.decode()
    assert "1234" not in page
    assert "seul son destinataire le lit" in page
    assert officer_client.get(html_of(mail)).status_code == 404

    settings.DEMO = True
    assert "Code 1234" in officer_client.get(page_of(mail)).content.decode()
    assert officer_client.get(html_of(mail)).content == b"<p>1234</p>"


def test_html_of_nothing_is_404(territory, officer_client):
    assert officer_client.get(html_of(OutgoingMailFactory())).status_code == 404
    assert officer_client.get(f"{LIST}999/html/").status_code == 404


def test_staff_without_territory_sees_no_mail(territory, client):
    """Whoever may read mails reads those of their territories: here, of another."""
    client.force_login(TerritoryGrantFactory().user)
    mail = OutgoingMailFactory(territory=territory, html_body="<p>x</p>")

    assert list(client.get(LIST).context["cl"].result_list) == []
    assert client.get(html_of(mail)).status_code == 404
    assert client.get(page_of(mail)).status_code == 302


def test_staff_without_the_right_is_kept_out(territory, client):
    client.force_login(TelecentreGrantFactory().user)
    mail = OutgoingMailFactory(territory=territory, html_body="<p>x</p>")

    assert client.get(LIST).status_code == 403
    assert client.get(html_of(mail)).status_code == 404


def test_stranger_is_sent_to_the_door(territory, client):
    mail = OutgoingMailFactory(html_body="<p>x</p>")

    assert client.get(html_of(mail)).status_code == 302
