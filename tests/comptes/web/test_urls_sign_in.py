"""The way in, as whoever comes with a password, a code, a second code, or a bad intent."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from comptes.models import User
from comptes.web.limits import SIGN_IN_ACCOUNT
from courrier.models import OutgoingMail
from tests.factories import UserFactory
from tests.factories.comptes import SECRET

PASSWORD = "une longue phrase de passe"
LOGIN = "/compte/connexion/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **meta: str):
    return client.post(LOGIN, {"login": email, "password": password}, **meta)


def is_in(client: Client) -> bool:
    return client.get("/espace/").status_code == 200


def last_code() -> str:
    mail = OutgoingMail.objects.latest("pk")
    return re.search(r"^[A-Z0-9-]{6,12}$", mail.text_body.replace("*", ""), re.MULTILINE)[0]


def totp(at: int = 1) -> str:
    return format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[at]))


@pytest.fixture
def member(territory) -> User:
    return UserFactory(email="ana@exemple.fr")


@pytest.mark.parametrize("typed", ["ana@exemple.fr", " ANA@Exemple.FR ", "Ana@exemple.fr"])
def test_password_opens_however_the_address_is_typed(member, client, typed):
    answer = sign_in(client, typed)

    assert (answer.status_code, answer["Location"]) == (302, "/espace/")
    assert is_in(client)


def test_staff_comes_to_the_office_and_a_page_asked_for_comes_first(officer, territory, client):
    assert sign_in(client, officer.email)["Location"] == "/gestion/"
    other = Client()
    data = {"login": officer.email, "password": PASSWORD, "next": "/carte/"}
    assert other.post(LOGIN, data)["Location"] == "/carte/"


def test_next_page_stays_on_the_site(member, client):
    data = {"login": member.email, "password": PASSWORD, "next": "https://evil.example/"}

    assert client.post(LOGIN, data)["Location"] == "/espace/"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ana@exemple.fr", "une autre phrase de passe"),
        ("inconnue@exemple.fr", PASSWORD),
        ("аna@exemple.fr", PASSWORD),  # a Cyrillic а
        ("ana@exemple.fr\r\nBcc: x@y.fr", PASSWORD),
        ("", ""),
    ],
)
def test_wrong_words_open_nothing(member, client, email, password):
    answer = sign_in(client, email, password)

    assert answer.status_code == 200
    assert not is_in(client)


def test_unknown_account_is_answered_as_a_wrong_password(member, client):
    known = sign_in(client, member.email, "une autre phrase de passe").content.decode()
    unknown = sign_in(client, "inconnue@exemple.fr", "une autre phrase de passe").content.decode()

    def plain(page: str) -> str:
        return re.sub(r'value="[^"]*"', "", page)

    assert plain(known) == plain(unknown)


def test_account_suspended_opens_nothing(member, client):
    User.objects.update(is_active=False)

    sign_in(client, member.email)

    assert not is_in(client)


# ---- Limits -----------------------------------------------------------------------------------
def test_account_is_locked_after_ten_failures_from_ten_networks(member):
    for number in range(SIGN_IN_ACCOUNT.most):
        assert (
            sign_in(Client(), member.email, "x", REMOTE_ADDR=f"1.2.3.{number}").status_code == 200
        )

    answer = sign_in(Client(), "ANA@exemple.fr", PASSWORD, REMOTE_ADDR="9.9.9.9")

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= SIGN_IN_ACCOUNT.seconds


def test_account_that_does_not_exist_is_locked_the_same(territory):
    for number in range(SIGN_IN_ACCOUNT.most):
        sign_in(Client(), "inconnue@exemple.fr", "x", REMOTE_ADDR=f"1.2.3.{number}")

    assert sign_in(Client(), "inconnue@exemple.fr", "x").status_code == 429


def test_without_the_limit_guessing_never_ends(member, monkeypatch):
    """Control: the eleventh try would go through."""
    monkeypatch.setattr("comptes.web.adapter.spend", lambda *_: None)
    for _turn in range(SIGN_IN_ACCOUNT.most):
        sign_in(Client(), member.email, "x")

    assert sign_in(Client(), member.email)["Location"] == "/espace/"


def test_success_forgets_the_failures_before_it(member, client):
    for _turn in range(SIGN_IN_ACCOUNT.most - 1):
        sign_in(Client(), member.email, "x")
    sign_in(client, member.email)

    assert sign_in(Client(), member.email, "x").status_code == 200


def test_network_is_stopped_whatever_accounts_it_tries_and_says_of_itself(territory, settings):
    answers = [
        sign_in(
            Client(),
            f"personne{number}@exemple.fr",
            "x",
            REMOTE_ADDR=f"2001:db8::{number:x}",
            HTTP_X_FORWARDED_FOR=f"8.8.{number}.8",
        ).status_code
        for number in range(101)
    ]

    assert answers == [200] * 100 + [429]


# ---- Codes ------------------------------------------------------------------------------------
def test_code_opens_without_password(member, client):
    client.post("/compte/connexion/code/", {"email": member.email})
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message, mail.is_secret) == (
        member.email,
        "comptes.code-connexion",
        True,
    )

    answer = client.post("/compte/connexion/code/saisie/", {"code": last_code()})

    assert answer["Location"] == "/espace/"
    assert is_in(client)


def test_code_guessed_three_times_is_over(member, client):
    client.post("/compte/connexion/code/", {"email": member.email})
    code = last_code()
    for _turn in range(3):
        client.post("/compte/connexion/code/saisie/", {"code": "AAAA-AAAA"})

    client.post("/compte/connexion/code/saisie/", {"code": code})

    assert not is_in(client)


def test_code_of_another_browser_opens_nothing(member, client):
    client.post("/compte/connexion/code/", {"email": member.email})

    Client().post("/compte/connexion/code/saisie/", {"code": last_code()})

    assert not is_in(client)


def test_code_for_an_unknown_address_is_answered_the_same_and_told_by_mail(member, client):
    known = client.post("/compte/connexion/code/", {"email": member.email})
    unknown = Client().post("/compte/connexion/code/", {"email": "inconnue@exemple.fr"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert OutgoingMail.objects.latest("pk").message == "comptes.sans-compte"


def test_codes_are_sent_five_times_an_hour_to_one_address(member):
    answers = [
        Client()
        .post("/compte/connexion/code/", {"email": member.email}, REMOTE_ADDR=f"1.2.3.{number}")
        .status_code
        for number in range(6)
    ]

    assert answers == [302] * 5 + [429]
    assert OutgoingMail.objects.count() == 5


# ---- Sign-up ----------------------------------------------------------------------------------
def test_sign_up_asks_an_address_then_its_code(territory, client):
    client.post("/compte/inscription/", {"email": "Bob@Exemple.fr"})
    assert not is_in(client)

    client.post("/compte/inscription/code/", {"code": last_code()})

    user = User.objects.get()
    assert (user.email, user.is_staff, user.has_usable_password()) == (
        "bob@exemple.fr",
        False,
        False,
    )
    assert is_in(client)


def test_sign_up_with_an_address_taken_is_answered_the_same(member, client):
    taken = client.post("/compte/inscription/", {"email": member.email})
    free = Client().post("/compte/inscription/", {"email": "bob@exemple.fr"})

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert [mail.message for mail in OutgoingMail.objects.order_by("pk")] == [
        "comptes.deja-un-compte",
        "comptes.code-adresse",
    ]


# ---- A password forgotten -----------------------------------------------------------------------
def test_reset_replaces_the_password_and_ends_every_session(member, client):
    elsewhere = Client()
    sign_in(elsewhere, member.email)
    client.post("/compte/mot-de-passe/oublie/", {"email": member.email})
    client.post("/compte/mot-de-passe/oublie/code/", {"code": last_code()})
    new = "une toute nouvelle phrase"

    client.post("/compte/mot-de-passe/oublie/nouveau/", {"password1": new, "password2": new})

    assert not is_in(elsewhere)
    assert sign_in(Client(), member.email, new)["Location"] == "/espace/"
    assert OutgoingMail.objects.latest("pk").message == "comptes.securite"


def test_reset_for_an_unknown_address_is_answered_the_same(member, client):
    known = client.post("/compte/mot-de-passe/oublie/", {"email": member.email})
    unknown = Client().post("/compte/mot-de-passe/oublie/", {"email": "inconnue@exemple.fr"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize("new", ["court", "123456789123456789"])
def test_password_too_weak_is_refused(member, client, new):
    client.force_login(member)
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    assert client.post("/compte/mot-de-passe/", data).status_code == 200
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_password_changed_ends_the_other_sessions_alone(member, client):
    elsewhere = Client()
    sign_in(client, member.email)
    sign_in(elsewhere, member.email)
    new = "une toute nouvelle phrase"

    client.post(
        "/compte/mot-de-passe/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert (is_in(client), is_in(elsewhere)) == (True, False)


# ---- The second code ----------------------------------------------------------------------------
@pytest.fixture
def guarded(territory, settings) -> User:
    settings.STAFF_SECOND_FACTOR = True
    return UserFactory(officer=True, second_factor=True)


def test_second_code_is_asked_after_the_password(guarded, client):
    answer = sign_in(client, guarded.email)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)

    client.post(reverse("mfa_authenticate"), {"code": totp()})

    assert client.get("/gestion/").status_code == 200


def test_second_code_serves_once(guarded, client):
    code = totp()
    sign_in(client, guarded.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = Client()
    sign_in(other, guarded.email)

    other.post(reverse("mfa_authenticate"), {"code": code})

    assert not is_in(other)


def test_second_code_serves_once_while_the_cache_is_away(guarded, client, monkeypatch):
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.cache.add", lambda *_args, **_kwargs: True)
    code = totp()
    sign_in(client, guarded.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = Client()
    sign_in(other, guarded.email)

    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 429
    assert not is_in(other)


def test_second_code_is_guessed_ten_times_at_most(guarded, client):
    sign_in(client, guarded.email)
    answers = [
        client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code
        for _turn in range(11)
    ]

    assert answers == [200] * 10 + [429]


def test_second_code_is_asked_after_a_mailed_code_too(guarded, client):
    client.post("/compte/connexion/code/", {"email": guarded.email})

    client.post("/compte/connexion/code/saisie/", {"code": last_code()})

    assert not is_in(client)


def test_staff_without_second_code_is_led_to_it(territory, settings, client):
    settings.STAFF_SECOND_FACTOR = True
    officer = UserFactory(officer=True)
    sign_in(client, officer.email)

    answer = client.get("/gestion/solos/solo/", follow=True)

    assert answer.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    assert "L’espace de gestion demande un second code." in answer.content.decode()


def test_second_code_is_set_up_from_the_page(territory, settings, client):
    settings.STAFF_SECOND_FACTOR = True
    officer = UserFactory(officer=True)
    sign_in(client, officer.email)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    answer = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert client.get("/gestion/").status_code == 200


def test_recovery_code_opens_once(guarded, client):
    sign_in(client, guarded.email)
    client.post(reverse("mfa_authenticate"), {"code": totp()})
    client.post(reverse("mfa_generate_recovery_codes"))
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]

    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser, guarded.email)
        browser.post(reverse("mfa_authenticate"), {"code": code})

    assert (is_in(first), is_in(second)) == (True, False)


# ---- The way out --------------------------------------------------------------------------------
def test_sign_out_ends_the_session(member, client):
    client.force_login(member)

    answer = client.post("/compte/deconnexion/")

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert not is_in(client)


def test_sign_out_takes_no_link(member, client):
    client.force_login(member)

    assert client.get("/compte/deconnexion/").status_code == 405
    assert is_in(client)


def test_sign_out_asks_for_its_token(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)

    assert client.post("/compte/deconnexion/").status_code == 403
    assert is_in(client)


def test_sign_out_everywhere_ends_every_session(member, client):
    elsewhere = Client()
    client.force_login(member)
    elsewhere.force_login(member)

    client.post("/compte/deconnexion/partout/")

    assert (is_in(client), is_in(elsewhere)) == (False, False)


# ---- Every page ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        LOGIN,
        "/compte/connexion/code/",
        "/compte/inscription/",
        "/compte/mot-de-passe/oublie/",
        "/compte/mot-de-passe/oublie/fait/",
        "/compte/suspendu/",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_at_the_door_is_never_kept(territory, client, path, prefix):
    answer = client.get(prefix + path)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/compte/connexion/", "/compte/mot-de-passe/oublie/"])
def test_door_opens_before_the_first_territory(db, client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/compte/mot-de-passe/", "/compte/adresse/", "/compte/second-facteur/"],
)
def test_page_of_the_account_asks_to_sign_in(territory, client, member, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"{LOGIN}?next={path}")

    client.force_login(member)
    assert client.get(path).status_code == 200
