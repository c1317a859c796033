"""The day of one place: who comes, printed in the morning; and whoever walks in."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.models import User
from registre.enums import JournalAct
from telecentres.admin.places import place_of
from telecentres.domain.booking import take_walk_in
from telecentres.domain.calendar import FIRST_DAY, LAST_DAY, day_of, opening_moment
from telecentres.domain.day_sheet import day_sheet
from telecentres.domain.errors import BookingRefusal
from telecentres.domain.refusals import explain
from telecentres.models import Booking, Space, Telecentre
from territoires.admin.base import OfficeAdmin

PAGE = "admin:telecentres_telecentre_day"


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


class DayPages(OfficeAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.day_view)
        own = path("<int:telecentre_id>/jour/", view, name="telecentres_telecentre_day")
        return [own, *super().get_urls()]

    def day_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        """Posted, someone walks in: at the page of today, whatever day is shown."""
        place = place_of(request, telecentre_id, "view")
        today = day_of(timezone.now())
        day = _asked_day(request) or today
        form = WalkInForm(request.POST or None, telecentre=place)
        if request.method == "POST" and form.is_valid():
            place_of(request, telecentre_id, "change")
            self._welcome(request, form, today)
            return HttpResponseRedirect(reverse(PAGE, args=[place.pk]))
        sheet = day_sheet(place, day)
        self.journal(request, JournalAct.READ, model=Booking, rows=sheet.count)
        context = {
            **self.admin_site.each_context(request),
            "title": place.name,
            "opts": self.opts,
            "original": place,
            "sheet": sheet,
            "day": day,
            "earlier": day - timedelta(days=1),
            "later": day + timedelta(days=1),
            "form": form if day == today else None,
        }
        return TemplateResponse(request, "admin/telecentres/telecentre/day.html", context)

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


def _asked_day(request: HttpRequest) -> date | None:
    try:
        day = date.fromisoformat(request.GET.get("jour", ""))
    except ValueError:
        return None
    return day if FIRST_DAY < day < LAST_DAY else None
