import pytest
from django_redis.exceptions import ConnectionInterrupted

from config.cache import OptionalRedisCache


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
