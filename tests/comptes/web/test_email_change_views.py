import re

import pytest
from django.test import Client

from comptes.models import User
from courrier.models import OutgoingMail
from tests.factories import UserFactory


@pytest.fixture
def user(territory) -> User:
    return UserFactory(email="ana@exemple.fr")


@pytest.fixture
def member(user, client) -> Client:
    client.force_login(user)
    return client


def ask(client: Client, email: str):
    return client.post("/compte/adresse/", {"email": email})


def link_to(recipient: str) -> str:
    text = OutgoingMail.objects.get(recipient=recipient).text_body
    return re.search(r"https?://[^/\s]+(/compte/adresse/\S+/)", text)[1]


def test_both_mailboxes_say_yes_and_the_address_changes(user, member):
    assert ask(member, "nouvelle@exemple.fr").status_code == 302
    visitor = Client()

    for recipient in ("ana@exemple.fr", "nouvelle@exemple.fr"):
        page = link_to(recipient)
        assert "Accepter ce changement" in visitor.get(page).content.decode()
        assert visitor.post(page).status_code == 200

    user.refresh_from_db()
    assert user.email == "nouvelle@exemple.fr"
    assert member.get("/espace/").status_code == 302  # signed out


def test_mails_are_secret_and_say_the_new_address_to_the_old(user, member):
    ask(member, "nouvelle@exemple.fr")

    mails = dict(OutgoingMail.objects.values_list("recipient", "message"))
    assert mails == {
        "ana@exemple.fr": "comptes.quitter-adresse",
        "nouvelle@exemple.fr": "comptes.prendre-adresse",
    }
    assert set(OutgoingMail.objects.values_list("is_secret", flat=True)) == {True}
    assert "nouvelle@exemple.fr" in OutgoingMail.objects.get(recipient=user.email).text_body


def test_address_of_another_account_is_answered_the_same(user, member):
    UserFactory(email="bob@exemple.fr")

    taken, free = ask(member, "bob@exemple.fr"), ask(member, "libre@exemple.fr")

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert OutgoingMail.objects.get(recipient="bob@exemple.fr").message == (
        "comptes.deja-un-compte"
    )


@pytest.mark.parametrize("typed", ["ana@exemple.fr", "ana", "a\r\nBcc: b@exemple.fr", ""])
def test_wrong_address_is_refused_with_a_sentence(user, member, typed):
    answer = ask(member, typed)

    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert OutgoingMail.objects.count() == 0


def test_link_spoilt_changes_nothing(user, member):
    ask(member, "nouvelle@exemple.fr")
    page = link_to("ana@exemple.fr")

    assert Client().post(page[:-2] + "/").status_code == 410
    assert Client().post(page.replace("/old/", "/ailleurs/")).status_code == 404
    assert Client().post(page).status_code == 200
    assert Client().post(page).status_code == 410
    user.refresh_from_db()
    assert user.email == "ana@exemple.fr"


def test_visitor_asks_for_nothing(territory, client):
    assert ask(client, "nouvelle@exemple.fr").status_code == 302
    assert OutgoingMail.objects.count() == 0
