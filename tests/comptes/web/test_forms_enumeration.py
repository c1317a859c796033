"""Who has an account is not told by the time that an answer takes.

Requests never wait for the mail server: whether it is up or away, mails stay rows of the outbox
until the worker comes, and the same two columns are compared.
"""

import statistics
import time
from collections.abc import Callable

import pytest
from django.contrib.auth import hashers
from django.test import Client

from courrier.enums import MailState
from courrier.models import OutgoingMail
from tests.factories import UserFactory

WAYS_IN = {
    "connexion": ("/compte/connexion/", "login", {"password": "une autre phrase de passe"}),
    "code": ("/compte/connexion/code/", "email", {}),
    "inscription": ("/compte/inscription/", "email", {}),
    "oubli": ("/compte/mot-de-passe/oublie/", "email", {}),
}
MAIL_SERVERS = {
    "up": "django.core.mail.backends.locmem.EmailBackend",
    "away": "django.core.mail.backends.smtp.EmailBackend",
}
WARM_UP, ROUNDS = 10, 120
# The medians may differ by so much.
WITHIN = 0.10


def knock(way: str, email: str, number: int) -> int:
    """From a network and a browser of its own each time: no limit is met."""
    path, field, more = WAYS_IN[way]
    network = f"10.{number // 60000}.{number // 250 % 240}.{number % 250}"
    return Client().post(path, {field: email, **more}, REMOTE_ADDR=network).status_code


def seconds(work: Callable[[], int]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@pytest.fixture
def real_hasher(settings):
    """Argon2, as in production: the tests' own hasher is too quick to betray anything."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    hashers.get_hashers.cache_clear()
    yield
    hashers.get_hashers.cache_clear()


@pytest.mark.trust
@pytest.mark.parametrize("server", MAIL_SERVERS)
@pytest.mark.parametrize("way", WAYS_IN)
def test_enumeration_drill(territory, real_hasher, settings, way, server):
    settings.DELIVERY_EMAIL_BACKEND = MAIL_SERVERS[server]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    known, unknown = [], []
    for number in range(WARM_UP + ROUNDS):
        email = UserFactory(email=f"connue{number}@exemple.fr").email
        known.append(seconds(lambda: knock(way, email, 2 * number)))  # noqa: B023 - called at once
        unknown.append(
            seconds(lambda: knock(way, f"autre{number}@exemple.fr", 2 * number + 1))  # noqa: B023
        )

    here, nowhere = (statistics.median(times[WARM_UP:]) * 1000 for times in (known, unknown))
    print(f"{way}, mail server {server}: {here:.1f} ms known, {nowhere:.1f} ms unknown")  # noqa: T201 - the drill's figures
    assert set(OutgoingMail.objects.values_list("state", flat=True)) <= {MailState.QUEUED}
    assert abs(here / nowhere - 1) <= WITHIN


@pytest.mark.parametrize("way", WAYS_IN)
def test_known_and_unknown_addresses_cost_as_much(territory, monkeypatch, way):
    """The cheap half of the drill: as many password hashes."""
    member = UserFactory(email="connue@exemple.fr")
    hashed = count_hashes(monkeypatch)

    costs = []
    for number, email in enumerate([member.email, "inconnue@exemple.fr"]):
        hashed.clear()
        status = knock(way, email, number)
        costs.append((status, len(hashed)))

    assert costs[0] == costs[1]


def count_hashes(monkeypatch) -> list[str]:
    hashed: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self, password: str, salt: str) -> str:
        hashed.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    return hashed
