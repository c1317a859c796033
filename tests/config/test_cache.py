import time

import pytest
from django.core.cache import cache
from django_redis.exceptions import ConnectionInterrupted
from redis import ConnectionPool
from redis.exceptions import ConnectionError  # noqa: A004  (the library's own name)

from config.cache import OptionalRedisCache, PromptPool
from config.settings import base


class Client:
    def __init__(self, answer):
        self.answer = answer

    def add(self, *_args, **_kwargs):
        if self.answer is None:
            raise ConnectionInterrupted(connection=None)
        return self.answer


@pytest.mark.parametrize(("answer", "added"), [(True, True), (False, False), (None, True)])
def test_add_says_yes_while_redis_is_away(answer, added):
    cache = OptionalRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"IGNORE_EXCEPTIONS": True}})
    cache._client = Client(answer)

    assert cache.add("once", 1) is added


def ten_pages() -> float:
    """How long ten pages wait for what a cache would have given them."""
    started = time.monotonic()
    assert [cache.get("page") for _turn in range(10)] == [None] * 10
    return time.monotonic() - started


@pytest.fixture
def use_cache(settings):
    def use(address, *, seconds=1.0):
        options = base.CACHES["default"]["OPTIONS"] | {"SOCKET_TIMEOUT": seconds}
        kept = base.CACHES["default"] | {"LOCATION": address, "OPTIONS": options}
        settings.CACHES = {"default": kept}

    return use


@pytest.mark.parametrize("away", ["nobody", "silence"])
def test_redis_away_is_waited_for_once(request, use_cache, away):
    use_cache(request.getfixturevalue(away))

    assert ten_pages() < 1.5


def test_redis_is_called_again_after_a_while(use_cache, nobody, monkeypatch):
    use_cache(nobody)
    cache.get("page")
    called = []
    monkeypatch.setattr(
        "redis.ConnectionPool.get_connection", lambda *_args, **_how: called.append(1)
    )
    pool = cache.client.get_client().connection_pool

    with pytest.raises(ConnectionError):
        pool.get_connection()
    assert called == []

    pool._silent_until = 0.0
    pool.get_connection()
    assert called == [1]


def test_each_page_would_have_waited(use_cache, silence, monkeypatch):
    """Control: without our pool, ten pages wait ten times."""
    monkeypatch.setattr(PromptPool, "get_connection", ConnectionPool.get_connection)
    use_cache(silence, seconds=0.1)

    assert ten_pages() > 0.9
