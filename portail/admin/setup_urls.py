from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.urls import path

from portail.admin import setup


def _at(route: str, view: Callable[..., Any], name: str) -> Any:
    return path(route, admin.site.admin_view(view), name=name)


urlpatterns = [
    _at("", setup.start, "setup"),
    _at("<int:pk>/communes/suivi/", setup.loading, "setup-loading"),
    _at("<int:pk>/couleurs/essai/", setup.colours, "setup-colours"),
    _at("<int:pk>/<slug:step>/", setup.step, "setup-step"),
]
