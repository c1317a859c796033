"""Tests: the owner's role (it creates the test database), no Redis, nothing slow."""

from typing import NoReturn

from config.settings.base import *


class UndefinedVariable(str):
    """What Django puts where a variable is undefined: here it stops the test instead."""

    __slots__ = ()

    def __mod__(self, variable: object) -> NoReturn:
        raise AssertionError(f"undefined template variable: {variable}")

    def __contains__(self, _text: object) -> bool:
        return True


SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", ".localhost", "127.0.0.1"]
DATABASES["default"] |= {
    **database("DATABASE_OWNER_URL" if "DATABASE_OWNER_URL" in env.ENVIRON else "DATABASE_URL"),
    "CONN_MAX_AGE": 0,
    # Two runs at once on one server take two names.
    "TEST": {"NAME": env.str("TEST_DATABASE", default=None)},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "originals": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ERASURE_LEDGER = ""
# Nothing is collected for tests: WhiteNoise has nothing to look for.
STATIC_ROOT = None  # type: ignore[assignment]
DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The second factor of the team has its own tests; the others are about what comes after it.
STAFF_SECOND_FACTOR = False
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
LOGGING["root"] = {"handlers": ["console"], "level": "WARNING"}
# An undefined variable in a template is a mistake, shown by the test that meets it.
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
