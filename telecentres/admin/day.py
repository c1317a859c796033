"""The day of one place: who comes, printed in the morning; and whoever walks in."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.models import User
from registre.enums import JournalAct
from telecentres.admin.place_pages import (
    CHANGES,
    SEES,
    PlacePages,
    asked_day,
    page_address,
    pay_address,
)
from telecentres.domain.answers import check_in
from telecentres.domain.booking import take_walk_in
from telecentres.domain.calendar import day_of, opening_moment
from telecentres.domain.day_sheet import DaySheet, day_sheet
from telecentres.domain.errors import BookingRefusal, NoLongerPossible
from telecentres.domain.refusals import explain
from telecentres.enums import BookingState
from telecentres.models import Booking, Space, Telecentre
from telecentres.templatetags.money import euros


class WalkInForm(forms.Form):
    space = forms.ModelChoiceField(Space.objects.none(), label=gettext_lazy("Espace"))
    until = forms.TimeField(
        label=gettext_lazy("Jusqu’à"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    note = forms.CharField(label=gettext_lazy("Nom (facultatif)"), required=False, max_length=300)

    def __init__(self, *args: Any, telecentre: Telecentre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Space]", self.fields["space"])
        field.queryset = telecentre.spaces.select_related("telecentre").in_reading_order()


class ArrivalForm(forms.Form):
    arrived = forms.ModelChoiceField(Booking.objects.none())

    def __init__(self, *args: Any, telecentre: Telecentre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Booking]", self.fields["arrived"])
        field.queryset = Booking.objects.filter(space__telecentre=telecentre)


class DayPages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("jour", self.day_view, "day"), *super().get_urls()]

    def day_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        """Posted, someone who booked is there, or someone walks in: now, whatever day is shown."""
        place = self.place_of(request, telecentre_id, SEES)
        if "arrived" in request.POST:
            return self._arrive(request, self.place_of(request, telecentre_id, CHANGES))
        today = day_of(timezone.now())
        day = asked_day(request) or today
        form = WalkInForm(request.POST or None, telecentre=place)
        if request.method == "POST" and form.is_valid():
            self.place_of(request, telecentre_id, CHANGES)
            self._welcome(request, form, today)
            return HttpResponseRedirect(page_address("day", place))
        sheet = day_sheet(place, day)
        requests = Booking.objects.filter(space__telecentre=place).to_answer()
        return self.place_page(
            request,
            place,
            "day",
            read=sheet.count,
            sheet=sheet,
            arrivals=_arrivals(sheet),
            requests=requests.count(),
            may_book=day >= today and request.user.has_perm(CHANGES),
            day=day,
            today=today,
            earlier=day - timedelta(days=1),
            later=day + timedelta(days=1),
            form=form if day == today else None,
        )

    def _arrive(self, request: HttpRequest, place: Telecentre) -> HttpResponse:
        form = ArrivalForm(request.POST, telecentre=place)
        if not form.is_valid():
            raise Http404
        booking = form.cleaned_data["arrived"]
        try:
            check_in(booking=booking, author=cast("User", request.user))
        except NoLongerPossible:
            messages.error(request, _("%s n’attend plus personne en ce moment.") % booking)
        else:
            self.journal(request, JournalAct.EDITED, booking, model=Booking)
            messages.success(request, _("%s : l’arrivée est notée.") % booking)
        return HttpResponseRedirect(page_address("day", place))

    def _welcome(self, request: HttpRequest, form: WalkInForm, today: date) -> None:
        given = form.cleaned_data
        until: datetime = opening_moment(today, given["until"])
        author = cast("User", request.user)
        try:
            booking = take_walk_in(
                space=given["space"], until=until, author=author, note=given["note"]
            )
        except BookingRefusal as refusal:
            messages.error(request, explain(refusal))
            return
        self.journal(request, JournalAct.CREATED, booking, model=Booking)
        said = {"space": given["space"], "until": time_format(given["until"], "H:i")}
        words = _("C’est fait : %(space)s jusqu’à %(until)s.")
        if booking.price:
            said["price"] = euros(booking.price)
            words = _("C’est fait : %(space)s jusqu’à %(until)s, %(price)s.")
        if pay := pay_address(request, booking):
            link = format_html('<a href="{}">{}</a>', pay, _("Encaisser"))
            messages.success(request, format_html("{} {}", words % said, link))
        else:
            messages.success(request, words % said)


def _arrivals(sheet: DaySheet) -> dict[str, set[int]]:
    """Which bookings one may say the arrival of, right now; which ended before anyone did."""
    now = timezone.now()
    held = [each.booking for row in sheet.spaces for each in row.held]
    silent = [
        each for each in held if each.state == BookingState.CONFIRMED and not each.checked_in_at
    ]
    return {
        "awaited": {each.pk for each in silent if each.is_current(now)},
        "unnoted": {each.pk for each in silent if each.has_ended(now)},
    }
