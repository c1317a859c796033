"""The week of one place: who holds what, requests answered in one tap, free hours to give."""

from datetime import timedelta
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _

from telecentres.admin.booking import BookingAdmin, accept_request, refuse_request
from telecentres.admin.place_pages import CHANGES, SEES, PlacePages, asked_day, page_address
from telecentres.domain.calendar import day_of, monday_of
from telecentres.domain.week_grid import DAYS, week_grid
from telecentres.models import Booking, Telecentre

ANSWERS = {"accepter": accept_request, "refuser": refuse_request}


class AnswerForm(forms.Form):
    """What one button sends: a word, and the reference of a booking."""

    reponse = forms.RegexField(rf"^({'|'.join(ANSWERS)}):\w{{1,20}}$")


class WeekPages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("semaine", self.week_view, "week"), *super().get_urls()]

    def week_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        """Posted, a request is answered; the week stays where it was."""
        place = self.place_of(request, telecentre_id, SEES)
        now = timezone.now()
        today = day_of(now)
        first = monday_of(asked_day(request) or today)
        if request.method == "POST":
            self._answer(request, self.place_of(request, telecentre_id, CHANGES))
            return HttpResponseRedirect(page_address("week", place, jour=first))
        grid = week_grid(place, first, now)
        return self.place_page(
            request,
            place,
            "week",
            read=len(grid.bookings),
            grid=grid,
            today=today,
            earlier=first - timedelta(days=DAYS),
            later=first + timedelta(days=DAYS),
        )

    def _answer(self, request: HttpRequest, place: Telecentre) -> None:
        form = AnswerForm(request.POST)
        word, _colon, reference = form.data.get("reponse", "").partition(":")
        here = Booking.objects.filter(space__telecentre=place)
        booking = here.filter(reference=reference).first() if form.is_valid() else None
        if booking is None:
            messages.warning(request, _("Cet envoi est incomplet : recommencez."))
            return
        bookings = cast("BookingAdmin", self.admin_site.get_model_admin(Booking))
        bookings.carry_out(request, [booking], ANSWERS[word])
