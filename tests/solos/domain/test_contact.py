from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from courrier.models import DigestLine, OutgoingMail
from solos.domain.contact import forget_messages, pass_message_on, report_mistake
from solos.domain.errors import NotWrittenTo
from solos.enums import PublicField
from solos.models import ContactMessage
from tests.factories import ContactMessageFactory, SoloFactory, TerritoryGrantFactory


@pytest.fixture
def solo(territory):
    return SoloFactory(
        territory=territory,
        first_name="Camille",
        last_name="Roux",
        email="camille@exemple.fr",
        accepts_messages=True,
        published=True,
        published_fields=[PublicField.NAME],
    )


def write(solo, **changed):
    return pass_message_on(
        solo=solo,
        **{
            "sender_name": "Dominique Sicre",
            "sender_email": "dominique@exemple.fr",
            "text": "Bonjour,\nfaites-vous des cartes ?",
        }
        | changed,
    )


def test_message_leaves_for_the_solo_who_answers_the_sender(solo):
    write(solo)

    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.reply_to) == ("camille@exemple.fr", "dominique@exemple.fr")
    assert mail.subject == "Dominique Sicre vous écrit depuis Solos Ariège"
    assert "faites-vous des cartes ?" in mail.text_body
    assert "/ma-fiche/" in mail.text_body
    kept = ContactMessage.objects.get()
    assert (kept.solo, kept.sender_name) == (solo, "Dominique Sicre")


def test_copy_goes_to_the_sender_without_the_address_of_the_solo(solo):
    write(solo, wants_copy=True)

    copy = OutgoingMail.objects.get(recipient="dominique@exemple.fr")
    assert "faites-vous des cartes ?" in copy.text_body
    for body in (copy.text_body, copy.html_body):
        assert "camille@exemple.fr" not in body
        assert "/ma-fiche/" not in body


@pytest.mark.parametrize(
    "change",
    [{"accepts_messages": False}, {"email": ""}, {"state": "hidden"}],
    ids=["switched off", "without address", "hidden"],
)
def test_who_takes_no_messages_gets_none(solo, change):
    type(solo).objects.filter(pk=solo.pk).update(**change)

    with pytest.raises(NotWrittenTo):
        write(solo)

    assert not ContactMessage.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_line_ends_in_a_name_make_no_header(solo):
    write(solo, sender_name="Dominique\r\nBcc: tous@exemple.fr")

    assert OutgoingMail.objects.get().subject.splitlines() == [
        "Dominique Bcc: tous@exemple.fr vous écrit depuis Solos Ariège"
    ]


@pytest.mark.parametrize(
    "change",
    [{"sender_email": "a@b\r\nBcc: c@d.fr"}, {"text": "x" * 3001}, {"sender_name": "\x00"}],
)
def test_bad_message_is_refused_whole(solo, change):
    with pytest.raises(ValidationError):
        write(solo, **change)

    assert not OutgoingMail.objects.exists()


def test_mistake_is_told_to_the_agency(solo):
    grant = TerritoryGrantFactory(territory=solo.territory)

    assert report_mistake(solo=solo, text="Le téléphone\na changé.") == 1

    line = DigestLine.objects.get()
    assert line.recipient == grant.user.email
    assert (
        line.words == "Erreur signalée sur la fiche de Camille Roux\u00a0: Le téléphone a changé."
    )
    assert line.address == f"/gestion/solos/solo/{solo.pk}/change/"


def test_messages_are_forgotten_after_a_year(solo):
    old, recent = ContactMessageFactory.create_batch(2, solo=solo)
    for message, days in ((old, 366), (recent, 364)):
        sent_at = timezone.now() - timedelta(days=days)
        ContactMessage.objects.filter(pk=message.pk).update(sent_at=sent_at)

    assert forget_messages() == 1

    assert ContactMessage.objects.get() == recent
