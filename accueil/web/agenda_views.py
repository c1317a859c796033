"""The month at a glance, and calendars that a program reads."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accueil.domain.agenda import agenda_to_follow, event_file, month_of
from accueil.models import Event
from comptes.web.access import public_file, public_page
from telecentres.domain.statements import around, asked_month
from territoires.domain.brand import site_address
from territoires.web.request import TerritoryRequest


@require_safe
@public_page
def agenda(request: TerritoryRequest) -> HttpResponse:
    month = asked_month(request.GET.get("mois", ""))
    address = site_address(request.territory) + reverse("agenda-file")
    context = around(month) | {
        "squares": month_of(request.territory, month),
        "today": timezone.localdate(),
        "webcal": "webcal:" + address.partition(":")[2],
        "trail": [(_("Agenda"), "")],
    }
    return render(request, "accueil/agenda.html", context)


@require_safe
@public_file
def agenda_file(request: TerritoryRequest) -> HttpResponse:
    """For programs, which come back: the middleware answers 304 to who has the same already."""
    return _file(agenda_to_follow(request.territory, timezone.now()))


@require_safe
@public_file
def session_file(request: TerritoryRequest, slug: str) -> HttpResponse:
    announced = Event.objects.in_territory(request.territory).announced()
    rows = announced.with_all_told().with_versions()
    return _file(event_file(get_object_or_404(rows, slug=slug)))


def _file(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    patch_cache_control(response, public=True, no_cache=True)
    return response
