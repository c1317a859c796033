import pytest
from django.urls import reverse

from comptes.domain.invitations import accept_invitation, invite
from comptes.models import User
from tests.factories import TerritoryGrantFactory

PASSWORD = "une longue phrase de passe"


def page_of(token: str) -> str:
    return reverse("invitation", args=[token])


@pytest.fixture
def token(territory) -> str:
    user, token = invite(email="ana@exemple.fr", first_name="Ana", is_staff=True)
    TerritoryGrantFactory(user=user, territory=territory)
    return token


def test_link_that_is_only_looked_at_is_not_spent(client, token):
    for _turn in range(2):
        page = client.get(page_of(token))

        assert page.status_code == 200
        assert "Bienvenue, Ana" in page.content.decode()
        assert "no-store" in page["Cache-Control"]


def test_password_chosen_leads_in(client, token):
    answer = client.post(page_of(token), {"password": PASSWORD})

    assert answer["Location"] == "/gestion/"
    assert client.get("/gestion/").status_code == 200


def test_invited_staff_goes_on_to_the_second_code(client, token, settings):
    settings.STAFF_SECOND_FACTOR = True

    answer = client.post(page_of(token), {"password": PASSWORD}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    assert answer.status_code == 200


def test_weak_password_says_why(client, token):
    answer = client.post(page_of(token), {"password": "court"})

    assert answer.status_code == 200
    assert "trop court" in answer.content.decode()
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda _token: "x"])
def test_forged_link_says_what_to_do(client, token, spoil):
    answer = client.post(page_of(spoil(token)), {"password": PASSWORD})

    assert answer.status_code == 410
    assert "Ce lien ne fonctionne plus" in answer.content.decode()
    assert not User.objects.get().has_usable_password()


def test_link_replayed_says_to_sign_in(client, token):
    accept_invitation(token=token, password=PASSWORD)

    answer = client.post(page_of(token), {"password": "une tout autre phrase"})

    assert answer.status_code == 410
    assert User.objects.get().check_password(PASSWORD)
