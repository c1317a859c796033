from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courrier.domain.outbox import try_again
from courrier.enums import MailState
from courrier.models import OutgoingMail

TONES = {MailState.QUEUED: "warn", MailState.SENT: "ok", MailState.DEAD: "no"}


class LateFilter(admin.SimpleListFilter):
    title = _("à traiter")
    parameter_name = "a_traiter"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, Any]]:
        return [("en-retard", _("en retard"))]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[OutgoingMail] | None":
        return queryset.late() if self.value() == "en-retard" else None  # type: ignore[attr-defined]


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What left and what did not: read, never rewritten."""

    list_display = ["subject", "recipient", "state_badge", "created_at", "attempts", "sent_at"]
    list_filter = ["state", LateFilter]
    search_fields = ["recipient", "subject__unaccent"]
    date_hierarchy = "created_at"
    list_per_page = 50
    show_full_result_count = False
    actions = ["send_again"]
    fieldsets = [
        (None, {"fields": ["subject", "recipient", "sender", "reply_to"]}),
        (
            _("Envoi"),
            {
                "fields": [
                    "state_badge", "created_at", "sent_at", "attempts", "next_attempt_at",
                    "last_error",
                ]
            },
        ),
        (_("Texte"), {"fields": ["text_body"]}),
    ]  # fmt: skip
    readonly_fields = ["state_badge"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.action(description=_("Réessayer d’envoyer"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: "QuerySet[OutgoingMail]") -> None:
        count = try_again(mails=queryset)
        if not count:
            messages.warning(request, _("Seuls les e-mails abandonnés se renvoient."))
            return
        told = ngettext("%d e-mail va repartir.", "%d e-mails vont repartir.", count)
        messages.success(request, told % count)

    @admin.display(description=_("état"), ordering="state")
    def state_badge(self, mail: OutgoingMail) -> SafeString:
        state = MailState(mail.state)
        return format_html('<span class="badge badge-{}">{}</span>', TONES[state], state.label)
