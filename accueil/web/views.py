"""The calendar: what is to come, then what took place."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accueil.domain.portrait import portrait
from accueil.enums import EventKind
from accueil.models import Event
from accueil.querysets import EventQuerySet
from comptes.web.access import public_page
from territoires.domain.languages import localized_text
from territoires.models import Territory
from territoires.web.request import TerritoryRequest

PAST_PER_PAGE = 12


@require_safe
@public_page
def sessions(request: TerritoryRequest) -> HttpResponse:
    announced = _announced(request.territory)
    upcoming = list(announced.upcoming())
    past = Paginator(announced.past(), PAST_PER_PAGE)
    context = {
        "discoveries": [one for one in upcoming if one.kind == EventKind.DISCOVERY_SESSION],
        "others": [one for one in upcoming if one.kind != EventKind.DISCOVERY_SESSION],
        "page": past.get_page(request.GET.get("page")),
        "trail": [(_("Sessions découverte"), "")],
    }
    return render(request, "accueil/sessions.html", context)


@require_safe
@public_page
def session(request: TerritoryRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(_announced(request.territory), slug=slug)
    title = localized_text(event, "title")[0]
    context = {
        "event": event,
        "described": portrait(event),
        "trail": [(_("Sessions découverte"), reverse("sessions")), (title, "")],
    }
    return render(request, "accueil/session.html", context)


def _announced(territory: Territory) -> EventQuerySet:
    return Event.objects.in_territory(territory).announced().with_all_told()
