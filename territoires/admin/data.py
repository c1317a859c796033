"""What was loaded, and the versions that caches carry: read by whoever wonders why."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from territoires.admin.base import ReadOnlyAdmin, badge
from territoires.enums import ImportOutcome
from territoires.models import DataVersion, ImportRun

TONES = {ImportOutcome.DONE: "ok", ImportOutcome.REFUSED: "no"}
COUNTS = ["rows_read", "rows_created", "rows_changed", "rows_unchanged", "rows_ended"]


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["file_name", "importer", "outcome_badge", "started_at", *COUNTS, "rows_refused"]
    list_filter = ["outcome", "importer"]
    search_fields = ["file_name", "importer"]
    date_hierarchy = "started_at"
    fieldsets = [
        (None, {"fields": ["file_name", "importer", "layout", "outcome_badge"]}),
        (_("Durée"), {"fields": ["started_at", "finished_at"]}),
        (_("Lignes"), {"fields": [*COUNTS, "rows_refused"]}),
        (_("Compte rendu"), {"fields": ["report_text"]}),
    ]
    readonly_fields = ["outcome_badge", "report_text"]

    @admin.display(description=_("résultat"), ordering="outcome")
    def outcome_badge(self, run: ImportRun) -> SafeString:
        return badge(TONES[ImportOutcome(run.outcome)], run.get_outcome_display())

    @admin.display(description=_("compte rendu"))
    def report_text(self, run: ImportRun) -> SafeString:
        return format_html("<pre>{}</pre>", json.dumps(run.report, ensure_ascii=False, indent=2))


@admin.register(DataVersion)
class DataVersionAdmin(ReadOnlyAdmin):
    list_display = ["name", "number", "changed_at"]
