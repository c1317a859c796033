from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from territoires.admin.base import HistoryAdmin, OfficeFields, OfficeInline, badge
from territoires.models import Funding, Programme, ProgrammePhase, SteeringMeeting


class PhaseInline(OfficeInline):
    model = ProgrammePhase


class FundingInline(OfficeInline):
    model = Funding
    autocomplete_fields = ["organisation"]


class MeetingInline(OfficeFields, admin.StackedInline):  # type: ignore[type-arg]
    model = SteeringMeeting
    extra = 0
    fields = [("held_on", "subject"), "minutes"]


@admin.register(Programme)
class ProgrammeAdmin(HistoryAdmin):
    list_display = ["name", "progress", "starts_on", "ends_on", "lead", "budget_in_euros"]
    list_filter = ["territories"]
    list_select_related = ["lead"]
    search_fields = ["name__unaccent"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["lead", "territories"]
    date_hierarchy = "starts_on"
    inlines = [PhaseInline, FundingInline, MeetingInline]
    fieldsets = [
        (None, {"fields": ["name", "territories", "lead"]}),
        (_("Durée et moyens"), {"fields": [("starts_on", "ends_on"), "budget", "source"]}),
        (_("Sur le site public"), {"fields": ["slug", "description", "description_en"]}),
    ]

    @admin.display(description=_("avancement"))
    def progress(self, programme: Programme) -> SafeString:
        today = timezone.localdate()
        if programme.starts_on > today:
            return badge("quiet", _("à venir"))
        if programme.ends_on and programme.ends_on < today:
            return badge("quiet", _("terminé"))
        return badge("ok", _("en cours"))

    @admin.display(description=_("budget"), ordering="budget")
    def budget_in_euros(self, programme: Programme) -> SafeString | None:
        if programme.budget is None:
            return None
        amount = f"{programme.budget:,.0f}".replace(",", "\u202f")
        return format_html('<span class="amount">{}\u00a0€</span>', amount)
