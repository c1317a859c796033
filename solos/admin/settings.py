from django.contrib import admin

from solos.models import DirectorySettings
from territoires.admin.base import OfficeAdmin


@admin.register(DirectorySettings)
class DirectorySettingsAdmin(OfficeAdmin):
    list_display = ["territory", "review_months", "moderates_edits"]
    list_select_related = ["territory"]
    search_fields = ["territory__name__unaccent"]
    fields = ["territory", "review_months", "moderates_edits"]
