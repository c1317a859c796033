import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail

from courrier.domain.errors import BadAddress
from courrier.enums import MailState
from courrier.models import OutgoingMail

OUTBOX = "courrier.backend.OutboxEmailBackend"


def test_send_mail_writes_one_row_per_recipient_and_sends_nothing(db):
    count = send_mail(
        "Bienvenue",
        "Bonjour.",
        "Solos <agence@example.org>",
        ["ana@example.org", "bo@example.org"],
        html_message="<p>Bonjour.</p>",
        connection=get_connection(OUTBOX),
    )

    assert count == 1
    assert django_mail.outbox == []
    rows = OutgoingMail.objects.order_by("recipient")
    assert list(
        rows.values_list("recipient", "sender", "subject", "text_body", "html_body", "state")
    ) == [
        (
            f"{who}@example.org",
            "Solos <agence@example.org>",
            "Bienvenue",
            "Bonjour.",
            "<p>Bonjour.</p>",
            MailState.QUEUED,
        )
        for who in ("ana", "bo")
    ]


def test_send_messages_reaches_hidden_recipients_apart(db):
    message = EmailMultiAlternatives(
        "Bienvenue", "Bonjour.", to=["ana@example.org"], bcc=["bo@example.org"],
        reply_to=["agence@example.org"],
    )  # fmt: skip
    message.attach_alternative("BEGIN:VCALENDAR", "text/calendar")

    get_connection(OUTBOX).send_messages([message])

    assert sorted(OutgoingMail.objects.values_list("recipient", "reply_to", "html_body")) == [
        ("ana@example.org", "agence@example.org", ""),
        ("bo@example.org", "agence@example.org", ""),
    ]


def test_send_messages_keeps_what_it_cannot_read_from_every_eye(db):
    send_mail("Code", "123456", None, ["ana@example.org"], connection=get_connection(OUTBOX))

    assert OutgoingMail.objects.get().is_secret


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Ana Bé <ana@example.org>", "ana@example.org"),
        ('"Bé, Ana" <ana@example.org>', "ana@example.org"),
    ],
)
def test_send_messages_writes_to_the_address_alone(db, written, address):
    message = EmailMultiAlternatives("Bienvenue", "Bonjour.", to=[written], reply_to=[written])

    get_connection(OUTBOX).send_messages([message])

    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.reply_to) == (address, address)


@pytest.mark.parametrize(
    "written",
    ["ana@example.org\r\nBcc: tous@example.org", "Ana\x08 <ana@example.org>", "rien", "<>"],
)
def test_send_messages_to_a_bad_address_is_refused(db, written):
    message = EmailMultiAlternatives("Bienvenue", "Bonjour.", to=[written])

    with pytest.raises(BadAddress):
        get_connection(OUTBOX).send_messages([message])

    assert OutgoingMail.objects.count() == 0


def test_send_messages_without_html_writes_none(db):
    get_connection(OUTBOX).send_messages(
        [EmailMessage("Bienvenue", "Bonjour.", to=["ana@example.org"])]
    )

    assert OutgoingMail.objects.get().html_body == ""


def test_site_writes_its_mail_into_the_outbox():
    from config.settings import base

    assert base.EMAIL_BACKEND == OUTBOX


def test_send_messages_with_attachment_is_refused_whole(db):
    message = EmailMultiAlternatives("Bienvenue", "Bonjour.", to=["ana@example.org"])
    message.attach("plan.txt", "le plan")

    with pytest.raises(ValueError, match="carries no attachment"):
        get_connection(OUTBOX).send_messages([message])

    assert OutgoingMail.objects.count() == 0
