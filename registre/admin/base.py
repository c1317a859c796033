"""What every list of the back-office shares, whatever it shows."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest


class ScopedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_per_page = 50
    # "12 results out of 340" costs a second count of the whole table.
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """The rows of one's perimeters: lists, pages, choices, actions and exports start here."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.for_user(request.user) if hasattr(rows, "for_user") else rows

    def get_ordering(self, request: HttpRequest) -> Any:
        """The model's own: Django drops it where rows are counted, and choices come unsorted."""
        return super().get_ordering(request) or self.opts.ordering


class ReadOnly(BaseModelAdmin):  # type: ignore[type-arg]
    """What comes from official files or from the machine: read, searched, never typed."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
