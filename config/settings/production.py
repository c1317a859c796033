"""Production: everything that must be decided comes from the environment, or the start fails."""

from importlib.util import find_spec

import sentry_sdk
from django.core.exceptions import ImproperlyConfigured

from config.logs import DISCREET
from config.settings.base import *

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env.str("SITE_URL")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# The probes of an orchestrator speak plain HTTP to the process itself.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# A provider instead of an SMTP server; its keys are the variables ANYMAIL_….
if MAIL_PROVIDER := env.str("MAIL_PROVIDER", default=""):
    if not MAIL_PROVIDER.isidentifier() or not find_spec(f"anymail.backends.{MAIL_PROVIDER}"):
        raise ImproperlyConfigured(f"MAIL_PROVIDER: django-anymail knows no {MAIL_PROVIDER}")
    INSTALLED_APPS.append("anymail")
    DELIVERY_EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
    ANYMAIL = {
        "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
        **{
            name.removeprefix("ANYMAIL_"): value
            for name, value in env.ENVIRON.items()
            if name.startswith("ANYMAIL_")
        },
    }

if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    sentry_sdk.init(dsn=SENTRY_DSN, traces_sample_rate=0.0, **DISCREET)
