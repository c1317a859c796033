import json
from typing import Any

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from territoires.api.filters import CommuneFilters, VillageFilters
from territoires.api.geojson import Geometry, point_geometry
from territoires.api.public import Mapped, MappedDetail, MappedList, described, territory_of
from territoires.api.serializers import CommuneSerializer, VillageSerializer
from territoires.models import Commune, HostVillage

GEOMETRY = OpenApiParameter(
    "geometry",
    description=gettext_lazy("En GeoJSON : dessiner le centre ou le contour simplifié."),
    enum=["centre", "contour"],
)


class Communes(Mapped):
    queryset = Commune.objects.all()
    serializer_class = CommuneSerializer
    parameters = frozenset({"geometry"})
    lookup_field = "insee_code"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        geometry = request.query_params.get("geometry", "")
        if geometry not in {"", "centre", "contour"}:
            raise ValidationError({"geometry": _("Choisissez parmi : centre, contour.")})
        if geometry and not self.is_map():
            raise ValidationError({"geometry": _("Ce choix ne vaut que pour format=geojson.")})

    def get_queryset(self) -> QuerySet[Commune]:
        communes = (
            Commune.objects.current()
            .within(territory_of(self.request))
            .select_related("epci")
            .prefetch_related("former_communes")
            .defer("town_hall", "plain_name", "siren", "canton_name")
            .order_by("sort_name", "pk")
        )
        if self.draws_contours():
            communes = communes.annotate(outline=AsGeoJSON("contour__simplified", precision=5))
        return communes

    def draws_contours(self) -> bool:
        return self.request.query_params.get("geometry") == "contour"

    def geometry(self, row: Any) -> Geometry | None:
        if not self.draws_contours():
            return point_geometry(row.centre)
        outline: Geometry | None = json.loads(row.outline) if row.outline else None
        return outline


@described(gettext_lazy("Les communes du territoire"), GEOMETRY)
class CommuneList(Communes, MappedList):
    filterset_class = CommuneFilters


@described(gettext_lazy("Une commune"), GEOMETRY)
class CommuneDetail(Communes, MappedDetail):
    pass


class Villages(Mapped):
    queryset = HostVillage.objects.all()
    serializer_class = VillageSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[HostVillage]:
        return (
            HostVillage.objects.in_territory(territory_of(self.request))
            .published()
            .select_related("commune", "photo")
            .defer("commune__town_hall")
            .order_by("commune__sort_name", "pk")
        )

    def geometry(self, row: HostVillage) -> Geometry | None:
        return point_geometry(row.commune.centre)


@described(gettext_lazy("Les villages d’accueil et associés"))
class VillageList(Villages, MappedList):
    filterset_class = VillageFilters


@described(gettext_lazy("Un village d’accueil"))
class VillageDetail(Villages, MappedDetail):
    pass
