"""Redis, that the site does without when it must."""

import time
from typing import Any

from django_redis.cache import RedisCache
from redis import ConnectionPool
from redis.exceptions import ConnectionError, TimeoutError  # noqa: A004  (the library's own names)

SILENCE = 5.0  # seconds


class PromptPool(ConnectionPool):
    """After a connection that failed, the next ones fail at once for a while.

    A Redis that hangs costs a second a call, and a page calls five times.
    """

    _silent_until = 0.0

    def get_connection(self, *args: Any, **options: Any) -> Any:
        if time.monotonic() < self._silent_until:
            raise ConnectionError("Redis did not answer a moment ago")
        try:
            return super().get_connection(*args, **options)
        except (ConnectionError, TimeoutError):
            self._silent_until = time.monotonic() + SILENCE
            raise


class OptionalRedisCache(RedisCache):  # type: ignore[misc]
    """Without an answer from Redis, `add` says yes.

    « Not there yet » is what an empty cache would answer. Its callers use it to do a thing at most
    once; where once really matters, the database counts (jetons).
    """

    def add(self, *args: Any, **kwargs: Any) -> bool:
        added: bool | None = super().add(*args, **kwargs)
        return True if added is None else added
