from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from telecentres.api.filters import TelecentreFilters
from telecentres.api.serializers import TelecentreSerializer
from telecentres.models import Extra, OpeningHours, Tariff, Telecentre
from territoires.api.geojson import Geometry, point_geometry
from territoires.api.public import Mapped, MappedDetail, MappedList, described, territory_of


class Telecentres(Mapped):
    queryset = Telecentre.objects.all()
    serializer_class = TelecentreSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Telecentre]:
        all_year = OpeningHours.objects.filter(season=None)
        priced = Prefetch("tariffs", Tariff.objects.select_related("group"))
        extras = Prefetch("extras", Extra.objects.offered())
        return (
            Telecentre.objects.in_territory(territory_of(self.request))
            .public()
            .select_related("commune", "managing_organisation", "photo")
            .prefetch_related("spaces", Prefetch("opening_hours", all_year), priced, extras)
            .defer("words", "commune__centre", "commune__town_hall")
            .order_by("name", "pk")
        )

    def geometry(self, row: Telecentre) -> Geometry | None:
        return point_geometry(row.point)


@described(_("Les télécentres et tiers-lieux, ouverts ou en projet"))
class TelecentreList(Telecentres, MappedList):
    filterset_class = TelecentreFilters


@described(_("Un télécentre"))
class TelecentreDetail(Telecentres, MappedDetail):
    pass
