"""The directory in numbers and on a map: counted within one's perimeters, nobody named."""

from typing import Any

import tablib
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from solos.admin.pages import DirectoryPages
from solos.admin.perimeter import Perimeter
from solos.domain.places import Place, places_of
from solos.domain.stacks import draw_stacks
from solos.domain.statistics import Table, compose_statistics
from territoires.admin.maps import Circle, MapMedia, map_of_circles
from territoires.admin.spreadsheets import csv_file

# The page shows the largest; the file has them all.
MOST_ROWS = 24


class NumberPages(DirectoryPages):
    def get_urls(self) -> list[URLPattern]:
        own = self.page_urls(
            [
                ("chiffres/", self.statistics_view, "statistics"),
                ("carte/", self.map_view, "map"),
            ]
        )
        return [*own, *super().get_urls()]

    def statistics_view(self, request: HttpRequest) -> HttpResponse:
        self.check_reader(request)
        perimeter = Perimeter.asked(request)
        tables = compose_statistics(perimeter.narrow(self.readable(request)))
        if "csv" in request.GET:
            return _csv(tables, request.GET["csv"])
        return self.page(
            request,
            "statistics",
            _("L’annuaire en chiffres"),
            perimeter=perimeter,
            stacks=draw_stacks(tables[0]),
            tables=tables[1:],
            most_rows=f":{MOST_ROWS}",
            day=timezone.localdate(),
        )

    def map_view(self, request: HttpRequest) -> HttpResponse:
        self.check_reader(request)
        perimeter = Perimeter.asked(request)
        places = places_of(perimeter.narrow(self.readable(request)))
        return self.page(
            request,
            "map",
            _("Où vivent les solos"),
            perimeter=perimeter,
            places=[(place, _list_of(place, perimeter)) for place in places],
            drawn=_drawn(places),
            media=forms.Media(MapMedia),
        )


def _csv(tables: list[Table], key: str) -> HttpResponse:
    table = next((table for table in tables if table.key == key), None)
    if table is None:
        raise Http404
    headers = [str(table.first_head), *(str(head) for head in table.heads)]
    data = tablib.Dataset(*((row.label, *row.numbers) for row in table.rows), headers=headers)
    return csv_file(data, f"annuaire-{table.key}-{timezone.localdate():%Y-%m-%d}")


def _drawn(places: list[Place]) -> Any:
    circles = [
        Circle(place.commune.centre, place.known, f"{place.commune.name}, {place.known}")
        for place in places
        if place.commune.centre
    ]
    return map_of_circles(_("Solos par commune"), circles)


def _list_of(place: Place, perimeter: Perimeter) -> str:
    filters = {**perimeter.list_filters, "commune__exact": place.commune.pk}
    return reverse("admin:solos_solo_changelist", query=filters)
