from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courrier.admin.showing import as_page, in_a_frame, with_a_frame
from courrier.domain.messages import known_messages
from courrier.domain.outbox import try_again
from courrier.enums import MailState
from courrier.models import OutgoingMail
from registre.admin.base import ReadOnly
from registre.admin.journaling import JournaledAdmin

TONES = {MailState.QUEUED: "warn", MailState.SENT: "ok", MailState.DEAD: "no"}


class LateFilter(admin.SimpleListFilter):
    title = gettext_lazy("à traiter")
    parameter_name = "a_traiter"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, Any]]:
        return [("en-retard", gettext_lazy("en retard"))]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[OutgoingMail] | None":
        return queryset.late() if self.value() == "en-retard" else None  # type: ignore[attr-defined]


def is_hidden(mail: OutgoingMail) -> bool:
    """A code or a personal link is its recipient's; in the demo, this is where it is read."""
    return mail.is_secret and not settings.DEMO


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnly, JournaledAdmin):
    """What left and what did not: read, never rewritten."""

    change_form_template = "admin/courrier/outgoingmail/change_form.html"
    list_display = ["subject", "recipient", "state_badge", "created_at", "attempts", "sent_at"]
    list_filter = ["state", LateFilter]
    search_fields = ["recipient", "subject__unaccent"]
    date_hierarchy = "created_at"
    actions = ["send_again"]
    fieldsets = [
        (None, {"fields": ["recipient", "sender", "reply_to", "kind", "territory", "language"]}),
        (
            gettext_lazy("Envoi"),
            {
                "fields": [
                    "state_badge", "created_at", "sent_at", "attempts", "next_attempt_at",
                    "last_error",
                ]
            },
        ),
        (gettext_lazy("Texte"), {"fields": ["text"]}),
    ]  # fmt: skip
    readonly_fields = ["kind", "state_badge", "text"]

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<int:mail_id>/html/",
            self.admin_site.admin_view(in_a_frame(self.html_view)),
            name="courrier_outgoingmail_html",
        )
        return [page, *super().get_urls()]

    @method_decorator(with_a_frame)
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        mail = self.get_object(request, object_id)
        frame = ""
        if mail and mail.html_body and not is_hidden(mail):
            frame = reverse("admin:courrier_outgoingmail_html", args=[mail.pk])
        response: HttpResponse = super().change_view(
            request, object_id, form_url, {"frame": frame, **(extra_context or {})}
        )
        return response

    def html_view(self, request: HttpRequest, mail_id: int) -> HttpResponse:
        """The HTML of a mail, for the frame of its page."""
        mail = self.get_queryset(request).filter(pk=mail_id).exclude(html_body="").first()
        if mail is None or is_hidden(mail) or not self.has_view_permission(request, mail):
            raise Http404
        return as_page(mail.html_body)

    @admin.action(description=gettext_lazy("Réessayer d’envoyer"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: "QuerySet[OutgoingMail]") -> None:
        count = try_again(mails=queryset)
        if not count:
            messages.warning(
                request,
                _("Seuls les e-mails abandonnés se renvoient, hors codes et liens personnels."),
            )
            return
        told = ngettext("%d e-mail va repartir.", "%d e-mails vont repartir.", count)
        messages.success(request, told % count)

    @admin.display(description=gettext_lazy("état"), ordering="state")
    def state_badge(self, mail: OutgoingMail) -> SafeString:
        state = MailState(mail.state)
        return format_html('<span class="badge badge-{}">{}</span>', TONES[state], state.label)

    @admin.display(description=gettext_lazy("message"))
    def kind(self, mail: OutgoingMail) -> str:
        known = known_messages().get(mail.message)
        return str(known.label) if known else mail.message or "–"

    @admin.display(description=gettext_lazy("texte"))
    def text(self, mail: OutgoingMail) -> SafeString | str:
        if is_hidden(mail):
            return _("Il porte un code ou un lien personnel : seul son destinataire le lit.")
        return format_html('<pre class="mail-text">{}</pre>', mail.text_body)
