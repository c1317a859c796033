"""Redis is away, queue and cache alike: every address answers, and every act is kept."""

import socket
import time
from threading import Timer

import pytest
from django.test import Client

from comptes.web.limits import SIGN_IN_ACCOUNT
from config import broker
from config.broker import Bell
from config.settings import base
from courrier.models import OutgoingMail
from images.models import Picture
from tests.factories import TerritoryGrantFactory, UserFactory
from tests.factories.images import upload
from tests.project import hostile, matrix

PASSWORD = "une longue phrase de passe"
LONGEST_WAIT = 2.0  # seconds


@pytest.fixture
def no_redis(settings, use_broker, nobody, monkeypatch):
    """As in production, at an address where nobody listens."""
    settings.CACHES = {"default": base.CACHES["default"] | {"LOCATION": nobody}}
    use_broker(nobody)
    monkeypatch.setattr(broker, "bell", Bell())


# ---- Reading ----------------------------------------------------------------------------------
def crawl(world: matrix.World, roles: list[str], methods: list[str]) -> tuple[int, list[str]]:
    """How many answers there were, and which were failures of ours."""
    answers = [
        (matrix.answer(world.clients[role], method, path), role, method, path)
        for one in hostile.addresses(office=True)
        for path in [matrix.address(one.template, world.rows)]
        for role in roles
        for method in methods
    ]
    return len(answers), [" ".join(line) for line in answers if line[0].startswith("5")]


def test_every_address_answers(territory, no_redis):
    count, failures = crawl(matrix.make_world(territory), ["visitor", "super"], ["GET"])

    assert failures == []
    assert count == 2 * len(hostile.addresses(office=True))


@pytest.mark.trust
def test_every_address_answers_whatever_is_sent(territory, no_redis, capsys):
    world = matrix.make_world(territory)
    count, failures = crawl(world, matrix.ROLES, ["GET", "POST", "PUT", "DELETE"])

    with capsys.disabled():
        print(f"\nwithout Redis: {len(failures)} failures in {count} answers")  # noqa: T201
    assert failures == []


def test_stock_cache_would_fail(territory, no_redis, settings):
    """Control: Django's own Redis cache turns the same absence into failures."""
    kept = settings.CACHES["default"]
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": kept["LOCATION"],
        }
    }

    assert matrix.answer(Client(raise_request_exception=False), "GET", "/annuaire/") == "500"


def test_readiness_says_what_is_away(db, no_redis, client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": False})


# ---- Signing in -------------------------------------------------------------------------------
def sign_in(client: Client, password: str):
    data = {"login": "ana@exemple.fr", "password": password}
    return client.post("/compte/connexion/", data)


def test_password_opens_and_guessing_is_stopped(territory, no_redis):
    UserFactory(email="ana@exemple.fr")
    assert sign_in(Client(), PASSWORD)["Location"] == "/espace/"

    tries = [sign_in(Client(), "x") for _turn in range(SIGN_IN_ACCOUNT.most + 1)]

    assert [answer.status_code for answer in tries] == [200] * SIGN_IN_ACCOUNT.most + [429]
    assert 0 < int(tries[-1]["Retry-After"]) <= SIGN_IN_ACCOUNT.seconds
    assert sign_in(Client(), PASSWORD).status_code == 429


# ---- Acts -------------------------------------------------------------------------------------
def timed(client: Client, path: str, data: dict[str, object]) -> tuple[int, bool]:
    """The answer, and whether it came in time: the commit included."""
    started = time.monotonic()
    answer = client.post(path, data)
    return answer.status_code, time.monotonic() - started < LONGEST_WAIT


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("away", ["nobody", "silence"])
def test_acts_are_kept_and_nobody_waits(territory, no_redis, use_broker, request, away):
    use_broker(request.getfixturevalue(away))
    UserFactory(email="ana@exemple.fr")
    officer = TerritoryGrantFactory(territory=territory, role="administrator").user
    team = Client()
    team.force_login(officer)
    grant = {
        "email": "bea@exemple.fr", "territory": territory.pk, "role": "officer",
        "starts_on": "2026-01-01",
    }  # fmt: skip
    picture = {"file": upload(), "alternative": "Le pont", "territory": territory.pk}

    assert [
        timed(Client(), "/compte/inscription/", {"email": "zoe@exemple.fr"}),
        timed(Client(), "/compte/connexion/code/", {"email": "ana@exemple.fr"}),
        timed(Client(), "/compte/mot-de-passe/oublie/", {"email": "ana@exemple.fr"}),
        timed(team, "/gestion/territoires/territorygrant/add/", grant),
        timed(team, "/gestion/images/picture/add/", picture),
    ] == [(302, True)] * 5
    recipients = OutgoingMail.objects.order_by("pk").values_list("recipient", "state")
    assert list(recipients) == [
        ("zoe@exemple.fr", "queued"),
        ("ana@exemple.fr", "queued"),
        ("ana@exemple.fr", "queued"),
        ("bea@exemple.fr", "queued"),
    ]
    assert Picture.objects.get().state == "waiting"


@pytest.mark.trust
@pytest.mark.django_db(transaction=True)
def test_act_would_have_waited_as_long_as_the_broker_hangs(
    territory, no_redis, use_broker, monkeypatch
):
    """Control: with Celery's own patience, whoever sends a picture waits with it."""
    monkeypatch.setattr("config.broker.PromptTask.apply_async", broker.Task.apply_async)
    team = Client()
    team.force_login(UserFactory(officer=True))
    picture = {"file": upload(), "alternative": "Le pont", "territory": territory.pk}
    with socket.socket() as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen()
        use_broker(f"redis://127.0.0.1:{hanging.getsockname()[1]}/0")
        Timer(LONGEST_WAIT + 1, hanging.close).start()

        assert timed(team, "/gestion/images/picture/add/", picture) == (302, False)
