"""The lists of the back-office, by the labels of their models."""

from django.contrib import admin
from django.http import HttpRequest

from territoires.admin.base import OwnTerritories

LISTS = {model._meta.label_lower: options for model, options in admin.site._registry.items()}


def list_of(label: str) -> str:
    return f"/gestion/{label.replace('.', '/')}/"


def everywhere(label: str) -> str:
    """Its list, whole: where one sees several territories it opens on the rows of the site's."""
    filters = LISTS[label].get_list_filter(HttpRequest())
    is_narrowed = any(isinstance(one, tuple) and one[1] is OwnTerritories for one in filters)
    return list_of(label) + f"?{OwnTerritories.ALL}=1" * is_narrowed
