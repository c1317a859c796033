"""Production's settings, read as a process of its own reads them."""

import os
import subprocess
import sys

from django.conf import settings

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "only-for-tests",
    "ALLOWED_HOSTS": "solos.example",
    "SITE_URL": "https://solos.example",
}
TELL = (
    "from django.conf import settings;"
    "print(settings.DELIVERY_EMAIL_BACKEND, getattr(settings, 'ANYMAIL', None))"
)


def read(**variables: str) -> subprocess.CompletedProcess[str]:
    given = os.environ | SETTINGS | variables
    return subprocess.run(
        [sys.executable, "-c", TELL],
        cwd=settings.BASE_DIR,
        env=given,
        check=False,
        capture_output=True,
        text=True,
    )


def test_mail_leaves_by_smtp_unless_a_provider_is_named():
    assert read().stdout == "django.core.mail.backends.smtp.EmailBackend None\n"


def test_provider_gets_the_keys_of_the_environment():
    told = read(MAIL_PROVIDER="brevo", ANYMAIL_BREVO_API_KEY="secret").stdout

    backend, keys = told.split(" ", 1)
    assert backend == "anymail.backends.brevo.EmailBackend"
    assert keys == "{'REQUESTS_TIMEOUT': 20, 'BREVO_API_KEY': 'secret'}\n"


def test_unknown_provider_stops_the_start():
    for name in ("inconnu", "../evil", "brevo.x"):
        refused = read(MAIL_PROVIDER=name)

        assert refused.returncode == 1
        assert f"MAIL_PROVIDER: django-anymail knows no {name}" in refused.stderr


def test_site_without_an_address_stops_the_start():
    refused = read(SITE_URL="")

    assert refused.returncode == 1


def test_empty_variable_is_as_an_absent_one():
    """Compose passes "" for each variable that nobody set."""
    empty = dict.fromkeys(
        ("EMAIL_URL", "LOG_LEVEL", "BASEMAP", "SENTRY_DSN", "TRUSTED_PROXY_COUNT", "MAIL_PROVIDER"),
        "",
    )

    assert read(**empty).stdout == "django.core.mail.backends.smtp.EmailBackend None\n"
