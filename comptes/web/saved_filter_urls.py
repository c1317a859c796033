from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.urls import path

from comptes.web import saved_filter_views


def _at(route: str, view: Callable[..., Any], name: str) -> Any:
    return path(route, admin.site.admin_view(view), name=name)


urlpatterns = [
    _at("enregistrer/", saved_filter_views.save, "saved-filter-save"),
    _at("<int:pk>/renommer/", saved_filter_views.rename, "saved-filter-rename"),
    _at("<int:pk>/supprimer/", saved_filter_views.delete, "saved-filter-delete"),
]
