from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class SolosAdminConfig(SimpleAdminConfig):
    """Django's admin, with our own front page and order of things.

    The addresses find the admin of each app, not the start: a Celery worker, which answers no
    request, then holds a quarter less in memory.
    """

    default_site = "config.admin_site.SolosAdminSite"

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_whole_admin, checks.Tags.admin)


def check_whole_admin(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    admin.autodiscover()
    return check_admin_app(app_configs, **kwargs)
