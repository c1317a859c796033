"""The lists of the back-office by their name, as saved filters know them."""

from typing import Any, TypeAlias

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

List: TypeAlias = "admin.ModelAdmin[Any]"


def lists_open_to(request: HttpRequest) -> dict[str, List]:
    """By label (« solos.solo »), those that whoever asks may read."""
    return {
        options.opts.label_lower: options
        for options in admin.site._registry.values()  # noqa: SLF001
        if options.has_view_permission(request)
    }


def list_address(options: List, query: str = "") -> str:
    address = reverse(f"admin:{options.opts.app_label}_{options.opts.model_name}_changelist")
    return f"{address}?{query}" if query else address
