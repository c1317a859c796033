"""Filters, those that several addresses share first. What they read is checked before any query."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.db.models import FloatField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet
from drf_spectacular.utils import extend_schema_field

from territoires.domain.coordinates import BoundingBox, read_bounding_box, read_point
from territoires.domain.errors import InvalidCoordinates
from territoires.enums import VillageKind
from territoires.models import Commune, HostVillage
from territoires.querysets import CommuneQuerySet

LONGEST_SEARCH = 100
MOST_PEOPLE = 100_000_000

Rows = Any  # a queryset, whatever its model


class CodeFilter(CharFilter):  # type: ignore[misc]
    """An official code: its shape is checked, since a wrong shape is a mistake, not an absence."""

    field_class = forms.RegexField
    shape = ""
    refusal: Any = ""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        messages = {"invalid": self.refusal}
        super().__init__(field_name, regex=self.shape, error_messages=messages, **kwargs)


class InseeCodeFilter(CodeFilter):
    shape = r"\A([0-9]{2}|2[AB])[0-9]{3}\Z"
    refusal = _("Un code INSEE a cinq signes, par exemple 09122 ou 2A004.")


class DepartmentFilter(CodeFilter):
    shape = r"\A([0-9]{2}|2[AB]|97[0-9])\Z"
    refusal = _("Un code de département a deux ou trois signes, par exemple 09, 2A ou 974.")


class SirenFilter(CodeFilter):
    shape = r"\A[0-9]{9}\Z"
    refusal = _("Un SIREN a neuf chiffres.")


class NamedChoiceField(forms.ChoiceField):
    """What may be chosen is named to whoever chose something else."""

    def validate(self, value: Any) -> None:
        try:
            super().validate(value)
        except forms.ValidationError as error:
            choices = cast("Iterable[tuple[Any, Any]]", self.choices)
            raise not_among(code for code, _label in choices if code) from error


class FilterChoiceField(NamedChoiceField, ChoiceFilter.field_class):  # type: ignore[misc]
    pass


class NamedChoiceFilter(ChoiceFilter):  # type: ignore[misc]
    field_class = FilterChoiceField


class KnownSlugField(forms.SlugField):
    def __init__(self, *, known: Rows, **kwargs: Any) -> None:
        self.known = known
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        slug = super().clean(value)
        if slug and not self.known.filter(slug=slug).exists():
            raise not_among(self.known.order_by("slug").values_list("slug", flat=True))
        return slug


class SlugFilter(CharFilter):  # type: ignore[misc]
    """The key of one of the rows `known`: another one is a mistake, as a choice would be."""

    field_class = KnownSlugField


def not_among(choices: Iterable[Any]) -> forms.ValidationError:
    words = _("Choisissez parmi : %(choices)s.")
    return forms.ValidationError(words, params={"choices": ", ".join(map(str, choices))})


@extend_schema_field(
    {
        "type": "integer",
        "minimum": 0,
        "maximum": MOST_PEOPLE,
        "description": _("Nombre d’habitants."),
    }
)
class PeopleFilter(Filter):  # type: ignore[misc]
    """A number of inhabitants."""

    field_class = forms.IntegerField

    def __init__(self, field_name: str, lookup_expr: str, **kwargs: Any) -> None:
        limits = {"min_value": 0, "max_value": MOST_PEOPLE}
        super().__init__(field_name, lookup_expr, **limits, **kwargs)


class BoundingBoxField(forms.CharField):
    def clean(self, value: Any) -> BoundingBox | None:
        text = super().clean(value)
        try:
            return read_bounding_box(text) if text else None
        except InvalidCoordinates as error:
            raise forms.ValidationError(str(error)) from error


@extend_schema_field(
    {
        "type": "string",
        "example": "1.2,42.5,2.2,43.3",
        "description": _("Boîte ouest,sud,est,nord, en degrés."),
    }
)
class BoundingBoxFilter(Filter):  # type: ignore[misc]
    """What lies in a box of the map."""

    field_class = BoundingBoxField

    def filter(self, rows: Rows, box: BoundingBox | None) -> Rows:
        return rows.filter(**{f"{self.field_name}__bboverlaps": box.polygon}) if box else rows


class PointField(forms.CharField):
    def clean(self, value: Any) -> Point | None:
        text = super().clean(value)
        try:
            return read_point(text) if text else None
        except InvalidCoordinates as error:
            raise forms.ValidationError(str(error)) from error


@extend_schema_field(
    {
        "type": "string",
        "example": "1.6053,42.9658",
        "description": _("Point longitude,latitude : du plus proche au plus lointain."),
    }
)
class NearestFirst(Filter):  # type: ignore[misc]
    """An order rather than a filter: every row stays, the nearest come first."""

    field_class = PointField

    def filter(self, rows: Rows, point: Point | None) -> Rows:
        if not point:
            return rows
        metres = Cast(Distance(self.field_name, point), FloatField())
        return rows.annotate(metres=metres).order_by("metres", "pk")


class CommuneFilters(FilterSet):  # type: ignore[misc]
    q = CharFilter(
        method="named_like",
        max_length=LONGEST_SEARCH,
        help_text=_("Nom, ou ancien nom ; les accents et les fautes de frappe sont pardonnés."),
    )
    department = DepartmentFilter("department", help_text=_("Code du département."))
    epci = SirenFilter("epci", help_text=_("SIREN de l’intercommunalité."))
    population_min = PeopleFilter("population", "gte")
    population_max = PeopleFilter("population", "lte")
    bbox = BoundingBoxFilter("centre", method="in_box")

    class Meta:
        model = Commune
        fields: list[str] = []

    def named_like(self, rows: CommuneQuerySet, _name: str, text: str) -> CommuneQuerySet:
        # The likeness is a 4-byte float: as it is, it would not equal itself once in a cursor.
        likeness = Cast("likeness", FloatField())
        found = rows.named_like(text).annotate(relevance=likeness)
        return found.order_by("-relevance", "sort_name", "pk")

    def in_box(self, rows: CommuneQuerySet, _name: str, box: BoundingBox) -> CommuneQuerySet:
        """By what is drawn: the outline when it is asked for, else the centre."""
        drawn = "contour__simplified" if self.data.get("geometry") == "contour" else "centre"
        return rows.filter(**{f"{drawn}__bboverlaps": box.polygon})


class VillageFilters(FilterSet):  # type: ignore[misc]
    kind = NamedChoiceFilter(choices=VillageKind.choices, help_text=_("Son engagement."))
    commune = InseeCodeFilter("commune", help_text=_("Code INSEE."))
    bbox = BoundingBoxFilter("commune__centre")

    class Meta:
        model = HostVillage
        fields: list[str] = []
