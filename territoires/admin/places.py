"""The official map, to read and to search: rows come from `import_communes`, never by hand."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from territoires.admin.base import ReadOnlyAdmin
from territoires.admin.columns import shown_column
from territoires.admin.exchange import OfficeExport
from territoires.admin.maps import MapMedia, map_to_look_at
from territoires.admin.resources import OfficeResource
from territoires.models import (
    Commune,
    CommuneContour,
    Department,
    Epci,
    FormerCommune,
    Territory,
)
from territoires.querysets import plain

# A search of ten words has said what it wants.
MOST_WORDS = 10


class CommuneResource(OfficeResource):
    insee_code = shown_column(_("Code INSEE"), "insee_code")
    name = shown_column(_("Nom"), "name")
    department = shown_column(_("Département"), "department__name")
    epci = shown_column(_("Intercommunalité"), "epci__name")
    canton_name = shown_column(_("Canton"), "canton_name")
    population = shown_column(_("Population"), "population")
    population_year = shown_column(_("Année de la population"), "population_year")
    area_ha = shown_column(_("Superficie (ha)"), "area_ha")
    ended_on = shown_column(_("A cessé d’exister le"), "ended_on")
    source = shown_column(_("Source"), "source")

    class Meta(OfficeResource.Meta):
        model = Commune


class CurrentFilter(admin.SimpleListFilter):
    title = _("existence")
    parameter_name = "existe"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("oui", _("commune d’aujourd’hui")), ("non", _("a cessé d’exister"))]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Commune]"
    ) -> "QuerySet[Commune] | None":
        wanted = {"oui": Q(ended_on=None), "non": ~Q(ended_on=None)}.get(str(self.value()))
        return queryset.filter(wanted) if wanted else None


class InTerritoryFilter(admin.SimpleListFilter):
    title = _("territoire")
    parameter_name = "territoire"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Territory.objects.for_user(request.user).values_list("slug", "name"))

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Commune]"
    ) -> "QuerySet[Commune] | None":
        if self.value() is None:
            return None
        territory = Territory.objects.for_user(request.user).filter(slug=self.value()).first()
        if territory is None:
            raise IncorrectLookupParameters
        return Commune.objects.within(territory) & queryset


@admin.register(Commune)
class CommuneAdmin(OfficeExport, ReadOnlyAdmin):
    resource_classes = [CommuneResource]
    list_display = ["name", "insee_code", "postcode_list", "inhabitants", "epci", "department"]
    list_filter = [
        ("department", admin.RelatedOnlyFieldListFilter),
        InTerritoryFilter,
        CurrentFilter,
    ]
    list_select_related = ["department", "epci"]
    # The search itself is below: by any name the place ever had, by postcode, by INSEE code.
    search_fields = ["plain_name"]
    search_help_text = _("Nom d’aujourd’hui ou d’hier, code postal ou code INSEE.")
    ordering = ["sort_name", "insee_code"]
    fieldsets = [
        (None, {"fields": ["name", "insee_code", "postcode_list", "department", "epci"]}),
        (_("Sur la carte"), {"fields": ["map", "canton_name"]}),
        (_("Chiffres"), {"fields": ["inhabitants_in_year", "area_ha", "source"]}),
        (_("Autres noms"), {"fields": ["former_names", "ended_on", "successor_link"]}),
    ]
    readonly_fields = [
        "map", "postcode_list", "inhabitants_in_year", "former_names", "successor_link",
    ]  # fmt: skip

    class Media(MapMedia):
        pass

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Commune]", search_term: str
    ) -> "tuple[QuerySet[Commune], bool]":
        found = _found_by(queryset, search_term)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            # A form only takes communes of today: a former name leads to the one that has it now.
            found = found.filter(ended_on=None)
        return found, False

    @admin.display(description=_("codes postaux"))
    def postcode_list(self, commune: Commune) -> str:
        return ", ".join(commune.postcodes)

    @admin.display(description=_("habitants"), ordering="population")
    def inhabitants(self, commune: Commune) -> str | None:
        if commune.population is None:
            return None
        return number_format(commune.population, force_grouping=True)

    @admin.display(description=_("habitants"))
    def inhabitants_in_year(self, commune: Commune) -> str:
        if commune.population is None:
            return self.empty_value_display
        return gettext("%(count)s en %(year)s") % {
            "count": self.inhabitants(commune),
            "year": commune.population_year,
        }

    @admin.display(description=_("carte"))
    def map(self, commune: Commune) -> SafeString | str:
        contour = CommuneContour.objects.filter(pk=commune.pk).only("simplified").first()
        if contour is None and commune.centre is None:
            return gettext("Ni contour ni centre ne sont connus : importez les contours.")
        return map_to_look_at(
            str(commune),
            outline=contour.simplified.geojson if contour else "",
            point=commune.centre,
        )

    @admin.display(description=_("anciennes communes"))
    def former_names(self, commune: Commune) -> str:
        names = [f"{each} ({each.insee_code})" for each in commune.former_communes.all()]
        return ", ".join(names) or self.empty_value_display

    @admin.display(description=_("commune qui lui succède"))
    def successor_link(self, commune: Commune) -> SafeString | str:
        return _link_to(commune.successor) if commune.successor else self.empty_value_display


def _found_by(communes: "QuerySet[Commune]", text: str) -> "QuerySet[Commune]":
    """Those that bear, or whose predecessors bore, every word of `text`; then by postcode, code."""
    words = text.split()[:MOST_WORDS]
    if not words:
        return communes
    named = Q()
    for word in words:
        named &= Q(plain_name__contains=plain(word))
    former = FormerCommune.objects.filter(named).values("successor")
    ended = Commune.objects.filter(named, successor__isnull=False).values("successor")
    found = communes.filter(
        named
        | Q(pk__in=former)
        | Q(pk__in=ended)
        | Q(postcodes__contains=[text.strip()])
        | Q(insee_code=text.strip().upper())
    )
    first = Case(When(plain_name__startswith=plain(words[0]), then=Value(0)), default=Value(1))
    return found.order_by(first, "sort_name", "insee_code")


def _link_to(commune: Commune) -> SafeString:
    address = reverse("admin:territoires_commune_change", args=[commune.pk])
    return format_html('<a href="{}">{}</a>', address, commune)


@admin.register(FormerCommune)
class FormerCommuneAdmin(ReadOnlyAdmin):
    list_display = ["name", "insee_code", "kind", "successor_link"]
    list_filter = ["kind"]
    list_select_related = ["successor"]
    search_fields = ["plain_name", "insee_code"]
    fields = ["name", "insee_code", "kind", "successor_link"]
    readonly_fields = ["successor_link"]

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[FormerCommune]", search_term: str
    ) -> "tuple[QuerySet[FormerCommune], bool]":
        for word in search_term.split()[:MOST_WORDS]:
            queryset = queryset.filter(
                Q(plain_name__contains=plain(word)) | Q(insee_code=word.upper())
            )
        return queryset, False

    @admin.display(description=_("commune actuelle"), ordering="successor__sort_name")
    def successor_link(self, former: FormerCommune) -> SafeString:
        return _link_to(former.successor)


@admin.register(Department)
class DepartmentAdmin(ReadOnlyAdmin):
    list_display = ["name", "code", "commune_count"]
    search_fields = ["name__unaccent", "code"]
    ordering = ["code"]
    fields = ["name", "code", "region_code", "commune_count"]
    readonly_fields = ["commune_count"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Department]":
        return _with_communes(super().get_queryset(request))

    @admin.display(description=_("communes"), ordering="commune_count")
    def commune_count(self, row: Any) -> SafeString:
        return _communes_link(row, "department__code__exact")


@admin.register(Epci)
class EpciAdmin(ReadOnlyAdmin):
    list_display = ["name", "siren", "commune_count"]
    search_fields = ["name__unaccent", "siren"]
    fields = ["name", "siren", "commune_count"]
    readonly_fields = ["commune_count"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Epci]":
        return _with_communes(super().get_queryset(request))

    @admin.display(description=_("communes"), ordering="commune_count")
    def commune_count(self, row: Any) -> SafeString:
        return _communes_link(row, "epci__siren__exact")


def _with_communes(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    counted: QuerySet[Any] = rows.annotate(
        commune_count=Count("communes", filter=Q(communes__ended_on=None))
    )
    return counted


def _communes_link(row: Any, lookup: str) -> SafeString:
    address = reverse("admin:territoires_commune_changelist", query={lookup: row.pk})
    return format_html('<a href="{}&existe=oui">{}</a>', address, row.commune_count)
