"""The bookings of one's places: read, answered, given back; written by their acts alone."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptes.models import User
from telecentres.admin.moving import MovingPages
from telecentres.domain.answers import answer_request, cancel_booking
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import NoLongerPossible
from telecentres.enums import BookingState
from telecentres.models import Booking, BookingChange, BookingLine
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


def accept_request(booking: Booking, author: User, reason: str) -> Booking:
    return answer_request(booking=booking, is_accepted=True, author=author, reason=reason)


def refuse_request(booking: Booking, author: User, reason: str) -> Booking:
    return answer_request(booking=booking, is_accepted=False, author=author, reason=reason)


def give_back(booking: Booking, author: User, reason: str) -> Booking:
    return cancel_booking(booking=booking, author=author, reason=reason)


class BookingChangeInline(ReadOnlyInline):
    model = BookingChange
    fields = ["act", "at", "author", "former_space", "reason"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[BookingChange]":
        return super().get_queryset(request).select_related("author", "former_space")


class BookingLineInline(ReadOnlyInline):
    model = BookingLine
    fields = ["kind", "said", "unit_price"]
    readonly_fields = ["said"]

    @admin.display(description=gettext_lazy("intitulé"))
    def said(self, line: BookingLine) -> str:
        return str(line)


class BookingTodoFilter(TodoFilter):
    todos = {"a-repondre": (gettext_lazy("demandes sans réponse"), "to_answer")}


@admin.register(Booking)
class BookingAdmin(MovingPages):
    change_form_template = "admin/telecentres/booking/change_form.html"
    list_display = ["reference", "when", "telecentre", "space", "holder", "people", "state_badge"]
    list_filter = [BookingTodoFilter, "state", "space__kind", "territory"]
    list_select_related = ["space__telecentre", "holder", "territory"]
    search_fields = [
        "reference", "holder__email", "holder__last_name__unaccent",
        "space__telecentre__name__unaccent",
    ]  # fmt: skip
    search_help_text = gettext_lazy("Référence, nom ou e-mail du titulaire, télécentre.")
    actions = ["accept", "refuse", "cancel"]
    inlines = [BookingLineInline, BookingChangeInline]
    shown = [
        "state_badge", "when", "telecentre", "space", "holder", "people", "note", "price",
        "answer_before", "origin", "booked_at", "checked_in_at",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A booking is taken on the site, where what is free shows."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Given back, never deleted: the figures of the place are made of them."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.shown

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
        act: Callable[[Booking, User, str], Booking],
        reason: str = "",
    ) -> None:
        refused = []
        for booking in bookings:
            try:
                done = act(booking, cast("User", request.user), reason)
            except NoLongerPossible:
                refused.append(booking)
            else:
                self.log_change(request, done, capfirst(done.get_state_display()))
        count = len(bookings) - len(refused)
        if count:
            told = ngettext(
                "C’est fait pour %d réservation : son titulaire est prévenu.",
                "C’est fait pour %d réservations : leurs titulaires sont prévenus.",
                count,
            )
            messages.success(request, told % count)
        if refused:
            names = ", ".join(map(str, refused))
            messages.warning(request, _("N’en est plus là, à voir de nouveau : %s.") % names)

    # ---- Columns ------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("quand"), ordering="period")
    def when(self, booking: Booking) -> str:
        return Slot.of(booking.period).short

    @admin.display(description=gettext_lazy("télécentre"), ordering="space__telecentre__name")
    def telecentre(self, booking: Booking) -> str:
        return booking.space.telecentre.name

    @admin.display(description=gettext_lazy("état"), ordering="state")
    def state_badge(self, booking: Booking) -> SafeString:
        state = BookingState(booking.state)
        return badge(TONES[state], state.label)
