"""Move somebody's booking, with them on the telephone."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from comptes.models import User
from jetons.web.once import once
from registre.enums import JournalAct
from telecentres.admin.counter import PlaceForm, explain_at_counter
from telecentres.domain.calendar import PARIS, Slot
from telecentres.domain.counter import move_for_somebody
from telecentres.domain.errors import BookingRefusal
from telecentres.models import Booking
from territoires.admin.base import OfficeAdmin


class MovingPages(OfficeAdmin):
    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view(once(self.moving_view))
        own = path("<int:booking_id>/deplacer/", guarded, name="telecentres_booking_move")
        return [own, *super().get_urls()]

    def moving_view(self, request: HttpRequest, booking_id: int) -> HttpResponse:
        booking = self._changeable(request, booking_id)
        sent = request.POST if request.method == "POST" else None
        form = PlaceForm(sent, initial=_typed(booking), telecentre=booking.space.telecentre)
        status = 400 if sent is not None else 200
        if sent is not None and form.is_valid():
            try:
                return self._move(request, booking, form)
            except BookingRefusal as refusal:
                form.add_error(None, explain_at_counter(refusal))
                status = 409 if refusal.is_conflict else 400
        self.journal(request, JournalAct.READ, booking)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Déplacer la réservation %s") % booking,
            "opts": self.opts,
            "original": booking,
            "slot": Slot.of(booking.period),
            "form": form,
        }
        template = "admin/telecentres/booking/move.html"
        return TemplateResponse(request, template, context, status=status)

    def _changeable(self, request: HttpRequest, key: int) -> Booking:
        """One of those that one may change; as if it never was otherwise."""
        rows = Booking.objects.for_user(request.user, "telecentres.change_booking")
        if booking := rows.with_all_told().filter(pk=key).first():
            return booking
        raise Http404

    def _move(self, request: HttpRequest, booking: Booking, form: PlaceForm) -> HttpResponse:
        moved = move_for_somebody(
            booking=booking,
            space=form.cleaned_data["espace"],
            slot=form.slot,
            author=cast("User", request.user),
            is_outside_hours=form.cleaned_data["hors_horaires"],
        )
        self.log_change(request, moved, _("Déplacée"))
        messages.success(request, _("C’est déplacé : %s.") % Slot.of(moved.period).words)
        address = reverse("admin:telecentres_booking_change", args=[booking.pk])
        return HttpResponseRedirect(address)


def _typed(booking: Booking) -> dict[str, object]:
    """What it holds, as the form reads it."""
    slot = Slot.of(booking.period)
    starts, ends = slot.start.astimezone(PARIS), slot.end.astimezone(PARIS)
    typed = {"espace": booking.space_id, "jour": starts.date(), "de": starts.time()}
    return typed | {"a": ends.time(), "au": None if slot.is_one_day else ends.date()}
