from collections import Counter

import pytest
from django.test import Client

from courrier.models import DigestLine, OutgoingMail
from solos.domain.publication import hide_solo
from solos.enums import PublicField
from solos.models import ContactMessage
from solos.web.limits import MISTAKE_NETWORK, WRITING_NETWORK, WRITING_SENDER, WRITING_SOLO
from tests.factories import (
    ContactMessageFactory,
    SoloFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    UserFactory,
)

WRITTEN = {
    "sender_name": "Dominique Sicre",
    "sender_email": "dominique@exemple.fr",
    "text": "Bonjour, faites-vous des cartes ?",
    "sujet": "",
}
PAGE = "/annuaire/camille-roux/"


@pytest.fixture
def solo(territory):
    return SoloFactory(
        territory=territory,
        slug="camille-roux",
        first_name="Camille",
        last_name="Roux",
        email="camille@exemple.fr",
        accepts_messages=True,
        published=True,
        published_fields=[PublicField.NAME],
    )


def write(client, **changed):
    return client.post(f"{PAGE}ecrire/", WRITTEN | changed)


def test_visitor_writes_without_seeing_the_address(client, solo):
    shown = client.get(PAGE).content.decode() + client.get(f"{PAGE}ecrire/").content.decode()
    assert f'href="{PAGE}ecrire/"' in shown
    assert "camille@exemple.fr" not in shown

    answer = write(client)

    assert (answer.status_code, answer.url) == (302, f"{PAGE}ecrire/?envoye")
    assert "Votre message est parti" in client.get(answer.url).content.decode()
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.reply_to) == ("camille@exemple.fr", "dominique@exemple.fr")


def test_copy_is_sent_to_who_asks_for_one(client, solo):
    write(client, wants_copy="on")

    recipients = set(OutgoingMail.objects.values_list("recipient", flat=True))
    assert recipients == {"camille@exemple.fr", "dominique@exemple.fr"}


def test_same_message_sent_twice_leaves_once(client, solo):
    for _turn in range(2):
        assert write(client, **{"clef-de-demande": "une-clef-de-page"}).status_code == 302

    assert OutgoingMail.objects.count() == 1


def test_trap_throws_the_message_away_and_says_nothing(client, solo):
    answer = write(client, sujet="Référencement")

    assert answer.url == f"{PAGE}ecrire/?envoye"
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sender_name", ""),
        ("sender_email", "pas une adresse"),
        ("sender_email", "a@b.fr\r\nBcc: c@d.fr"),
        ("text", ""),
        ("text", "x" * 3001),
    ],
)
def test_bad_message_is_shown_again_with_what_was_typed(client, solo, name, value):
    answer = write(client, **{name: value})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "has-error" in page
    assert "Dominique" in page or "dominique@exemple.fr" in page
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("state", ["off", "no address"])
def test_who_takes_no_messages_has_no_page_to_write(client, solo, state):
    solo.accepts_messages, solo.email = state != "off", "" if state == "no address" else "a@b.fr"
    solo.save()

    assert "ecrire" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}ecrire/").url == PAGE
    assert write(client).url == PAGE
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("page", ["ecrire", "signaler"])
def test_hidden_solo_and_that_of_another_territory_are_not_found(client, solo, page):
    SoloFactory(territory=TerritoryFactory(), slug="ailleurs", published=True)
    hide_solo(solo=solo)

    for slug in ("camille-roux", "ailleurs", "personne"):
        assert client.get(f"/annuaire/{slug}/{page}/").status_code == 404
        assert client.post(f"/annuaire/{slug}/{page}/", WRITTEN).status_code == 404


def test_network_writes_so_many_times(client, solo):
    for number in range(WRITING_NETWORK.most):
        assert write(client, sender_email=f"d{number}@exemple.fr").status_code == 302

    assert write(client, sender_email="autre@exemple.fr").status_code == 429
    assert OutgoingMail.objects.count() == WRITING_NETWORK.most


def test_many_networks_do_not_drown_a_solo(solo):
    answers = [
        write(Client(REMOTE_ADDR=f"198.51.100.{number}"), sender_email=f"d{number}@exemple.fr")
        for number in range(WRITING_SOLO.most + 5)
    ]

    statuses = [answer.status_code for answer in answers]
    assert statuses == [302] * WRITING_SOLO.most + [429] * 5
    assert ContactMessage.objects.count() == WRITING_SOLO.most


def test_sender_writes_so_many_times_however_their_address_is_spelt(solo):
    answers = [
        write(Client(REMOTE_ADDR=f"198.51.100.{number}"), sender_email=address).status_code
        for number, address in enumerate(
            ["dominique@exemple.fr", "Dominique@EXEMPLE.fr"] * (WRITING_SENDER.most // 2 + 1)
        )
    ]

    assert answers == [302] * WRITING_SENDER.most + [429] * 2


def test_mistake_reaches_the_agency(client, solo):
    TerritoryGrantFactory(territory=solo.territory)
    assert "Camille Roux" in client.get(f"{PAGE}signaler/").content.decode()

    answer = client.post(f"{PAGE}signaler/", {"text": "Le métier a changé.", "sujet": ""})

    assert "Merci, c’est noté" in client.get(answer.url).content.decode()
    assert DigestLine.objects.get().words.endswith(": Le métier a changé.")


def test_mistake_in_the_trap_or_too_often_is_not_told(client, solo):
    TerritoryGrantFactory(territory=solo.territory)
    trapped = {"text": "Achetez", "sujet": "x"}

    answers = [
        client.post(f"{PAGE}signaler/", trapped).status_code
        for _turn in range(MISTAKE_NETWORK.most + 1)
    ]

    assert answers == [302] * MISTAKE_NETWORK.most + [429]
    assert not DigestLine.objects.exists()


def test_solo_reads_who_wrote_and_nobody_else_does(client, solo, officer_client):
    ContactMessageFactory(solo=solo, text="sentinelle-message")
    solo.user = UserFactory()
    solo.save()
    client.force_login(solo.user)

    assert "sentinelle-message" in client.get("/espace/ma-fiche/").content.decode()

    office = officer_client.get(f"/gestion/solos/solo/{solo.pk}/change/").content.decode()
    assert "sentinelle-message" not in office


def attempts(count: int) -> Counter[int]:
    """From ever other networks and addresses, as who hires them would."""
    return Counter(
        write(
            Client(REMOTE_ADDR=f"2001:db8:{n // 7:x}::1"), sender_email=f"a{n // 3}@exemple.fr"
        ).status_code
        for n in range(count)
    )


@pytest.mark.parametrize("count", [100, pytest.param(10_000, marks=pytest.mark.trust)])
def test_crowd_of_strangers_cannot_drown_a_solo(solo, count):
    """Whatever networks they come from: the day's messages, then a refusal that says when."""
    assert attempts(count) == {302: WRITING_SOLO.most, 429: count - WRITING_SOLO.most}
    assert ContactMessage.objects.count() == OutgoingMail.objects.count() == WRITING_SOLO.most
