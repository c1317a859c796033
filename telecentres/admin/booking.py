"""The bookings of one's places: read, answered, given back; written by their acts alone."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from comptes.models import User
from telecentres.admin.holders import mail_link
from telecentres.admin.moving import MovingPages
from telecentres.admin.place_pages import pay_address
from telecentres.domain.answers import answer_request, cancel_booking
from telecentres.domain.calendar import Slot, day_of, whole_day
from telecentres.domain.errors import NoLongerPossible
from telecentres.enums import BookingState
from telecentres.models import Booking, BookingChange, BookingLine
from telecentres.templatetags.money import euros
from territoires.admin.base import ReadOnlyInline, TodoFilter, badge

TONES = {
    BookingState.OFFERED: "warn",
    BookingState.REQUESTED: "warn",
    BookingState.CONFIRMED: "ok",
    BookingState.BLOCKED: "quiet",
    BookingState.REFUSED: "no",
    BookingState.EXPIRED: "no",
    BookingState.CANCELLED: "quiet",
    BookingState.NO_SHOW: "no",
}
LONGEST_REASON = 300

Act = Callable[[Booking, User, str], Booking]


def accept_request(booking: Booking, author: User, reason: str) -> Booking:
    return answer_request(booking=booking, is_accepted=True, author=author, reason=reason)


def refuse_request(booking: Booking, author: User, reason: str) -> Booking:
    return answer_request(booking=booking, is_accepted=False, author=author, reason=reason)


def give_back(booking: Booking, author: User, reason: str) -> Booking:
    return cancel_booking(booking=booking, author=author, reason=reason)


# What is said of so many once it is done.
DONE: dict[Act, str | Promise] = {
    accept_request: ngettext_lazy(
        "%d réservation est acceptée.", "%d réservations sont acceptées."
    ),
    refuse_request: ngettext_lazy("%d réservation est refusée.", "%d réservations sont refusées."),
    give_back: ngettext_lazy("%d réservation est annulée.", "%d réservations sont annulées."),
}
REOPENED = ngettext_lazy("%d espace est rouvert.", "%d espaces sont rouverts.")
TOLD = ngettext_lazy("Son titulaire est prévenu.", "Leurs titulaires sont prévenus.")


class BookingChangeInline(ReadOnlyInline):
    model = BookingChange
    verbose_name_plural = gettext_lazy("histoire de la réservation")
    fields = ["act", "at", "by", "former_space", "reason"]
    readonly_fields = ["by"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[BookingChange]":
        return super().get_queryset(request).select_related("author", "former_space")

    @admin.display(description=gettext_lazy("par"))
    def by(self, change: BookingChange) -> str:
        """Without the link to an account, that few may open."""
        return str(change.author) if change.author else "–"


class BookingLineInline(ReadOnlyInline):
    model = BookingLine
    fields = ["kind", "said", "each", "total"]
    readonly_fields = ["said", "each", "total"]

    @admin.display(description=gettext_lazy("intitulé"))
    def said(self, line: BookingLine) -> str:
        return str(line)

    @admin.display(description=gettext_lazy("prix unitaire"))
    def each(self, line: BookingLine) -> str:
        return euros(line.unit_price)

    @admin.display(description=gettext_lazy("montant"))
    def total(self, line: BookingLine) -> str:
        return euros(line.amount)


class BookingTodoFilter(TodoFilter):
    todos = {"a-repondre": (gettext_lazy("demandes sans réponse"), "to_answer")}


class WhenFilter(admin.SimpleListFilter):
    title = gettext_lazy("quand")
    parameter_name = "quand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("aujourdhui", gettext_lazy("aujourd’hui")),
            ("a-venir", gettext_lazy("à venir")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Booking]"
    ) -> "QuerySet[Booking] | None":
        now = timezone.now()
        match self.value():
            case None:
                return None
            case "aujourdhui":
                return queryset.filter(period__overlap=whole_day(day_of(now)).period)
            case "a-venir":
                return queryset.filter(period__endswith__gt=now)
        raise IncorrectLookupParameters


@admin.register(Booking)
class BookingAdmin(MovingPages):
    change_form_template = "admin/telecentres/booking/change_form.html"
    list_display = ["reference", "when", "telecentre", "space", "who", "people", "state_badge"]
    list_filter = [BookingTodoFilter, WhenFilter, "state", "space__kind", "territory"]
    list_select_related = ["space__telecentre", "holder", "territory"]
    search_fields = [
        "reference", "holder__email", "holder__last_name__unaccent",
        "space__telecentre__name__unaccent", "note__unaccent",
    ]  # fmt: skip
    search_help_text = gettext_lazy("Référence, nom ou e-mail du titulaire, précision, télécentre.")
    actions = ["accept", "refuse", "cancel"]
    inlines = [BookingLineInline, BookingChangeInline]
    shown = [
        "state_badge", "when", "telecentre", "space", "holder_told", "people", "note", "price",
        "receipts", "answer_before", "origin", "booked_at", "checked_in_at",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A booking is taken on the site, where what is free shows."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Given back, never deleted: the figures of the place are made of them."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is due by nobody who has an account is paid for itself: its receipts stand there."""
        left_out = {"receipts"} if obj is None or obj.holder_id or not obj.price else set()
        return [name for name in self.shown if name not in left_out]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.shown

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Nothing is typed here; an act of a button follows in `response_change`."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The form itself changes nothing: only what an act says is written down."""
        return super().log_change(request, obj, message) if message else None

    def response_change(self, request: HttpRequest, obj: Booking) -> HttpResponse:
        acts = {"_accept": accept_request, "_refuse": refuse_request, "_cancel": give_back}
        reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
        for name, act in acts.items():
            if name in request.POST:
                self.carry_out(request, [obj], act, reason)
                break
        return HttpResponseRedirect(request.path)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["pay"] = pay_address(request, context["original"])
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    # ---- Acts ---------------------------------------------------------------------------------
    @admin.action(description=gettext_lazy("Accepter la demande"), permissions=["change"])
    def accept(self, request: HttpRequest, queryset: "QuerySet[Booking]") -> None:
        self.carry_out(request, list(queryset), accept_request)

    @admin.action(description=gettext_lazy("Refuser la demande"), permissions=["change"])
    def refuse(self, request: HttpRequest, queryset: "QuerySet[Booking]") -> None:
        self.carry_out(request, list(queryset), refuse_request)

    @admin.action(description=gettext_lazy("Annuler et prévenir"), permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: "QuerySet[Booking]") -> None:
        self.carry_out(request, list(queryset), give_back)

    def carry_out(
        self,
        request: HttpRequest,
        bookings: list[Booking],
        act: Act,
        reason: str = "",
    ) -> None:
        # Closed spaces that are open again, apart.
        done: dict[bool, list[Booking]] = {}
        left = []
        for booking in bookings:
            was_closed = booking.state == BookingState.BLOCKED
            try:
                after = act(booking, cast("User", request.user), reason)
            except NoLongerPossible:
                left.append(booking)
            else:
                self.log_change(request, after, capfirst(after.get_state_display()))
                done.setdefault(was_closed, []).append(after)
        for was_closed, some in done.items():
            words = str((REOPENED if was_closed else DONE[act]) % len(some))
            if holders := sum(bool(each.holder) for each in some):
                words = f"{words} {TOLD % holders}"
            messages.success(request, words)
        if left:
            names = ", ".join(map(str, left))
            messages.warning(request, _("N’en est plus là, à voir de nouveau : %s.") % names)

    # ---- Columns ------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("quand"), ordering="period")
    def when(self, booking: Booking) -> str:
        return Slot.of(booking.period).short

    @admin.display(description=gettext_lazy("pour qui"), ordering="holder")
    def who(self, booking: Booking) -> str:
        return booking.who

    @admin.display(description=gettext_lazy("titulaire"))
    def holder_told(self, booking: Booking) -> str | SafeString:
        return mail_link(booking.holder)

    @admin.display(description=gettext_lazy("payé"))
    def receipts(self, booking: Booking) -> SafeString:
        rows = [
            (reverse("admin:telecentres_payment_receipt", args=[each.pk]), each, euros(each.amount))
            for each in booking.payments.all()
        ]
        return format_html_join(", ", '<a href="{}">{}</a> ({})', rows) or SafeString("–")

    @admin.display(description=gettext_lazy("télécentre"), ordering="space__telecentre__name")
    def telecentre(self, booking: Booking) -> str:
        return booking.space.telecentre.name

    @admin.display(description=gettext_lazy("état"), ordering="state")
    def state_badge(self, booking: Booking) -> SafeString:
        state = BookingState(booking.state)
        return badge(TONES[state], state.label)
