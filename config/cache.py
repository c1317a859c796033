"""Redis, that the site does without when it must."""

from typing import Any

from django_redis.cache import RedisCache


class OptionalRedisCache(RedisCache):  # type: ignore[misc]
    """Without an answer from Redis, `add` says yes.

    « Not there yet » is what an empty cache would answer. Its callers use it to do a thing at most
    once; where once really matters, the database counts (jetons).
    """

    def add(self, *args: Any, **kwargs: Any) -> bool:
        added: bool | None = super().add(*args, **kwargs)
        return True if added is None else added
