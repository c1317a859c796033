"""`make dev`: reload, error pages, static files straight from their folders."""

from config.settings.demo import *

DEBUG = True
SECRET_KEY = SECRET_KEY or "only-for-development"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
