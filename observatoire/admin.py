from django.contrib import admin

from observatoire.models import Snapshot
from territoires.admin.base import ReadOnlyAdmin


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """What the figures were: taken every day by the machine."""

    list_display = ["indicator", "day", "value", "territory"]
    list_filter = ["indicator", "territory"]
    list_select_related = ["territory"]
    search_fields = ["indicator"]
    date_hierarchy = "day"
