"""Figures for everyone: counted, dated, with their definition."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from observatoire.domain.chart import draw_chart
from observatoire.domain.indicators import current_figures
from observatoire.domain.programme_page import compose_programme
from observatoire.domain.series import monthly_series
from territoires.models import Programme
from territoires.web.request import TerritoryRequest


@require_safe
@public_page
def observatory(request: TerritoryRequest) -> HttpResponse:
    territory = request.territory
    context = {
        "figures": current_figures(territory),
        "charts": [draw_chart(series) for series in monthly_series(territory)],
        "programmes": Programme.objects.in_territory(territory).select_related("lead"),
        "trail": [(_("Observatoire"), "")],
    }
    return render(request, "observatoire/observatory.html", context)


@require_safe
@public_page
def programme(request: TerritoryRequest, slug: str) -> HttpResponse:
    programmes = Programme.objects.in_territory(request.territory).select_related("lead")
    shown = get_object_or_404(programmes, slug=slug)
    context = {
        "programme": shown,
        "composed": compose_programme(shown, asked=_day(request.GET.get("date", ""))),
        "trail": [(_("Observatoire"), reverse("observatory")), (shown.name, "")],
    }
    return render(request, "observatoire/programme.html", context)


def _day(text: str) -> date | None:
    """What a date field sends; anything else is passed over."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
