"""Figures for everyone: counted, dated, with their definition."""

from datetime import date
from decimal import Decimal
from typing import Any

import tablib
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from observatoire.domain.chart import draw_chart
from observatoire.domain.indicators import Indicator, current_figures
from observatoire.domain.programme_page import compose_programme
from observatoire.domain.series import monthly_series
from territoires.admin.spreadsheets import csv_file
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
def figures_csv(request: TerritoryRequest) -> HttpResponse:
    """The figures of the page, today's then those of its charts: one value of one day a line."""
    headers = [_("Indicateur"), _("Jour"), _("Valeur"), _("Unité"), _("Année des données"),
               _("Définition"), _("Source")]  # fmt: skip
    lines = tablib.Dataset(headers=headers)
    for one in current_figures(request.territory):
        lines.append(_line(one.indicator, one.day, one.value, one.vintage))
    for series in monthly_series(request.territory):
        for point in series.points:
            lines.append(_line(series.indicator, point.day, point.value))
    return csv_file(lines, f"observatoire-{request.territory.slug}-{timezone.localdate()}")


@require_safe
@public_page
def programmes(request: TerritoryRequest) -> HttpResponse:
    context = {
        "programmes": Programme.objects.in_territory(request.territory).select_related("lead"),
        "trail": [(_("Observatoire"), reverse("observatory")), (_("Programmes"), "")],
    }
    return render(request, "observatoire/programmes.html", context)


@require_safe
@public_page
def programme(request: TerritoryRequest, slug: str) -> HttpResponse:
    programmes = Programme.objects.in_territory(request.territory).select_related("lead")
    shown = get_object_or_404(programmes, slug=slug)
    context = {
        "programme": shown,
        "composed": compose_programme(shown, asked=_day(request.GET.get("date", ""))),
        "trail": [(_("Programmes"), reverse("programmes")), (shown.name, "")],
    }
    return render(request, "observatoire/programme.html", context)


def _line(
    indicator: Indicator, day: date, value: Decimal | None, vintage: int | None = None
) -> list[Any]:
    """`value` is empty where nobody knows; every figure of ours counts whole things."""
    counted = "" if value is None else int(value)
    words = [str(indicator.definition), str(indicator.source)]
    return [str(indicator.label), day, counted, str(indicator.unit), vintage or "", *words]


def _day(text: str) -> date | None:
    """What a date field sends; anything else is passed over."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
