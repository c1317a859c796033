"""Who waits for a place at one's own telecentres: read, never typed."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from telecentres.admin.holders import mail_link
from telecentres.domain.calendar import Slot
from telecentres.enums import WaitState
from telecentres.models import Wait
from territoires.admin.base import ReadOnlyAdmin, TodoFilter, badge

TONES = {
    WaitState.WAITING: "warn",
    WaitState.OFFERED: "warn",
    WaitState.TAKEN: "ok",
    WaitState.LEFT: "quiet",
    WaitState.LAPSED: "no",
}


class LineFilter(TodoFilter):
    """What has begun is out of the line, whatever its state says."""

    title = _("la file")
    parameter_name = "file"
    todos = {"a-venir": (_("attendent encore"), "in_line")}


@admin.register(Wait)
class WaitAdmin(ReadOnlyAdmin):
    list_display = ["holder", "when", "telecentre", "kind", "people", "asked_at", "state_badge"]
    list_filter = [LineFilter, "state", "kind", "territory"]
    list_select_related = ["telecentre", "holder", "territory"]
    search_fields = [
        "holder__email", "holder__last_name__unaccent", "telecentre__name__unaccent",
    ]  # fmt: skip
    search_help_text = _("Nom ou e-mail de qui attend, télécentre.")
    fields = [
        "state_badge", "when", "telecentre", "kind", "people", "holder_told", "asked_at", "booking",
    ]  # fmt: skip

    @admin.display(description=_("quand"), ordering="period")
    def when(self, wait: Wait) -> str:
        return Slot.of(wait.period).short

    @admin.display(description=_("titulaire"))
    def holder_told(self, wait: Wait) -> str | SafeString:
        return mail_link(wait.holder)

    @admin.display(description=_("état"), ordering="state")
    def state_badge(self, wait: Wait) -> SafeString:
        state = WaitState(wait.state)
        return badge(TONES[state], state.label)
