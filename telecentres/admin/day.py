"""The day of one place: who comes, printed in the morning; and whoever walks in."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.models import User
from registre.enums import JournalAct
from telecentres.admin.place_pages import PlacePages, asked_day, page_address
from telecentres.domain.booking import take_walk_in
from telecentres.domain.calendar import day_of, opening_moment
from telecentres.domain.day_sheet import day_sheet
from telecentres.domain.errors import BookingRefusal
from telecentres.domain.refusals import explain
from telecentres.models import Booking, Space, Telecentre


class WalkInForm(forms.Form):
    space = forms.ModelChoiceField(Space.objects.none(), label=gettext_lazy("Espace"))
    until = forms.TimeField(
        label=gettext_lazy("Jusqu’à"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    note = forms.CharField(label=gettext_lazy("Précision"), required=False, max_length=300)

    def __init__(self, *args: Any, telecentre: Telecentre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Space]", self.fields["space"])
        field.queryset = telecentre.spaces.select_related("telecentre").order_by("kind", "name")


class DayPages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("jour", self.day_view, "day"), *super().get_urls()]

    def day_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        """Posted, someone walks in: at the page of today, whatever day is shown."""
        place = self.place_of(request, telecentre_id, "view")
        today = day_of(timezone.now())
        day = asked_day(request) or today
        form = WalkInForm(request.POST or None, telecentre=place)
        if request.method == "POST" and form.is_valid():
            self.place_of(request, telecentre_id, "change")
            self._welcome(request, form, today)
            return HttpResponseRedirect(page_address("day", place))
        sheet = day_sheet(place, day)
        return self.place_page(
            request,
            place,
            "day",
            rows=sheet.count,
            sheet=sheet,
            day=day,
            earlier=day - timedelta(days=1),
            later=day + timedelta(days=1),
            form=form if day == today else None,
        )

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
        messages.success(request, _("%s est pris, référence %s.") % (given["space"], booking))
