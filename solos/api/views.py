from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.utils.translation import gettext_lazy as _
from django_filters.utils import translate_validation
from rest_framework.request import Request
from rest_framework.response import Response

from solos.api.filters import SoloFilters
from solos.api.listing import BY_NAME, Asked, read_page
from solos.api.serializers import SoloSerializer, with_addresses
from solos.enums import PublicField
from solos.models import Solo
from territoires.api.geojson import Geometry, point_geometry
from territoires.api.pagination import KeysetPagination
from territoires.api.public import Mapped, MappedDetail, MappedList, described, territory_of


class Solos(Mapped):
    """Who did not agree to open data is not there: the answer is that of an unknown name."""

    queryset = Solo.objects.all()
    serializer_class = SoloSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Solo]:
        hidden = ["public_words", "open_words", "household_size", "siret", "commune__town_hall"]
        if not self.is_map():
            hidden.append("commune__centre")
        return (
            Solo.objects.in_territory(territory_of(self.request))
            .in_open_data()
            .select_related("commune", "trade__sector", "photo")
            .defer(*hidden)
            .order_by(*BY_NAME)
        )

    def geometry(self, row: Solo) -> Geometry | None:
        """The commune's centre, never the door; null for who keeps their commune private."""
        shown = row.commune if row.opens(PublicField.COMMUNE) else None
        return point_geometry(shown.centre) if shown else None


@described(_("Les solos de l’annuaire, avec ce que chacun a choisi d’ouvrir"))
class SoloList(Solos, MappedList):
    filterset_class = SoloFilters

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The map reads models for their communes' centres; the list is written by PostgreSQL."""
        if self.is_map():
            return super().list(request, *args, **kwargs)
        asked = Asked(territory_of(request), _given(request))
        pages = KeysetPagination()
        pages.read(request, asked.order)
        found = read_page(asked, start=pages.start, backwards=pages.backwards, most=pages.size + 1)
        described = with_addresses([row.described for row in pages.keep(found)], request)
        return Response({**pages.links(), "results": described})


def _given(request: Request) -> dict[str, str]:
    form = _form()(request.query_params)
    if not form.is_valid():
        raise translate_validation(form.errors)
    return {name: value for name, value in form.cleaned_data.items() if value}


@cache
def _form() -> type[Form]:
    """What reads the filters: it is the same for all, and longer to make than a page to write."""
    made: type[Form] = SoloFilters().get_form_class()
    return made


@described(_("Un solo de l’annuaire"))
class SoloDetail(Solos, MappedDetail):
    pass
