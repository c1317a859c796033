"""Telecentres as a spreadsheet."""

from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from telecentres.enums import (
    ConnectionKind,
    PointPrecision,
    StepFree,
    TelecentreKind,
    TelecentreState,
)
from telecentres.models import Telecentre
from territoires.admin.columns import (
    ChoiceWidget,
    DateWidget,
    NumberWidget,
    Row,
    YesNoWidget,
    column,
    same,
    shown_column,
    text_of,
)
from territoires.admin.keys import (
    commune_column,
    organisation_column,
    programme_column,
    territory_column,
)
from territoires.admin.resources import TERRITORY_COLUMN, OfficeResource, is_new
from territoires.admin.spreadsheets import Cell, plain_text
from territoires.admin.villages import commune_refusal
from territoires.domain.addresses import free_slug
from territoires.models import Territory

NAME = _("Nom")
SLUG = _("Nom dans les adresses")
LATITUDE = _("Latitude")
LONGITUDE = _("Longitude")
COORDINATES = _("Donnez la latitude et la longitude en degrés, comme 42,9658 et 1,6053.")


class Coordinate(Field):  # type: ignore[misc]
    """Half of a point: written with the other half, by the resource."""

    def __init__(self, axis: str, *, column_name: Any) -> None:
        super().__init__(
            attribute=f"point__{axis}", column_name=column_name, widget=NumberWidget(whole=False)
        )

    def save(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing: see TelecentreResource.import_instance."""


class AmountWidget(NumberWidget):
    """A column of decimals: too many of them are refused by the field, never rounded in silence."""

    def __init__(self) -> None:
        super().__init__(whole=False)

    def clean(self, value: Cell, row: Row | None = None, **kwargs: Any) -> Decimal | None:
        number = super().clean(value, row, **kwargs)
        return None if number is None else Decimal(str(number))


class TelecentreResource(OfficeResource):
    territory = territory_column()
    slug = shown_column(SLUG, "slug")
    name = column(NAME, "name")
    kind = column(_("Nature"), "kind", ChoiceWidget(TelecentreKind))
    state = column(_("État"), "state", ChoiceWidget(TelecentreState))
    commune = commune_column(required=True)
    commune_name = shown_column(_("Nom de la commune"), "commune__name")
    address = column(_("Adresse"), "address")
    latitude = Coordinate("y", column_name=LATITUDE)
    longitude = Coordinate("x", column_name=LONGITUDE)
    point_precision = shown_column(
        _("Précision de la position"), "point_precision", ChoiceWidget(PointPrecision)
    )
    managing_organisation = organisation_column(
        _("Organisme gestionnaire"), "managing_organisation"
    )
    programme = programme_column()
    presentation = column(_("Présentation"), "presentation")
    presentation_en = column(_("Présentation en anglais"), "presentation_en")
    services = column(_("Services"), "services")
    equipment = column(_("Équipement"), "equipment")
    by_train = column(_("En train"), "by_train")
    by_bus = column(_("En bus"), "by_bus")
    parking = column(_("Stationnement"), "parking")
    step_free = column(_("De plain-pied"), "step_free", ChoiceWidget(StepFree, blank=True))
    access = column(_("Accès"), "access")
    connection = column(
        _("Accès à Internet"), "connection", ChoiceWidget(ConnectionKind, blank=True)
    )
    download_mbps = column(_("Débit en réception (Mbit/s)"), "download_mbps", AmountWidget())
    upload_mbps = column(_("Débit en émission (Mbit/s)"), "upload_mbps", AmountWidget())
    measured_on = column(_("Débits mesurés le"), "measured_on", DateWidget())
    office_area_m2 = column(_("Surface de bureaux (m²)"), "office_area_m2", NumberWidget())
    shared_area_m2 = column(_("Surface partagée (m²)"), "shared_area_m2", NumberWidget())
    investment = column(_("Investissement (€)"), "investment", AmountWidget())
    running_cost = column(_("Coût de fonctionnement par an (€)"), "running_cost", AmountWidget())
    opened_on = column(_("Ouvert depuis le"), "opened_on", DateWidget())
    is_neighbour = column(_("Chez un voisin"), "is_neighbour", YesNoWidget())
    email = column(_("E-mail"), "email")
    phone = column(_("Téléphone"), "phone")
    website = column(_("Site web"), "website")
    source = column(_("Source"), "source")

    key_columns = (TERRITORY_COLUMN, SLUG)
    required_columns = (NAME, _("Commune (code INSEE)"))

    class Meta(OfficeResource.Meta):
        model = Telecentre

    def find(self, row: Row, territory: Territory) -> Any:
        """By the name in addresses, which is unique; else by the name."""
        places = Telecentre.objects.in_territory(territory).select_related(
            "commune", "programme", "managing_organisation"
        )
        if slug := text_of(row, SLUG):
            found = places.filter(slug=slug).first()
            if found is None:
                raise ValidationError(
                    {str(SLUG): _("Aucun lieu ne porte ce nom : videz la case pour en créer un.")}
                )
            return found
        return places.filter(name__iexact=text_of(row, NAME)).first()

    def import_instance(self, instance: Telecentre, row: Row, **kwargs: Any) -> None:
        """A new place without coordinates stands at its commune's centre, and says so."""
        errors: dict[str, Any] = {}
        for read in (super().import_instance, self._import_point):
            try:
                read(instance, row, **kwargs)
            except ValidationError as refusal:
                errors = refusal.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _import_point(self, instance: Telecentre, row: Row, **_kwargs: Any) -> None:
        axes = [self.fields["latitude"], self.fields["longitude"]]
        typed = [row.get(axis.column_name) for axis in axes]
        if not any(plain_text(cell) for cell in typed):
            if is_new(instance) and instance.commune_id and instance.commune.centre:
                instance.point = instance.commune.centre
                instance.point_precision = PointPrecision.COMMUNE
        elif not all(
            same(cell, axis.export(instance)) for cell, axis in zip(typed, axes, strict=True)
        ):
            instance.point = _point(*typed)
            instance.point_precision = PointPrecision.ADDRESS

    def validate_instance(self, instance: Telecentre, *args: Any, **kwargs: Any) -> None:
        if not instance.slug:
            places = Telecentre.objects.in_territory(instance.territory)
            instance.slug = free_slug(slugify(instance.name)[:120] or "lieu", places)
        super().validate_instance(instance, *args, **kwargs)
        refusal = commune_refusal(instance.territory, instance.commune)
        if refusal and not instance.is_neighbour:
            raise ValidationError({self.fields["commune"].column_name: refusal})


def _point(latitude: Cell, longitude: Cell) -> Point:
    """Where two cells lead; ValidationError when it is nowhere on Earth."""
    number = NumberWidget(whole=False)
    try:
        y, x = number.clean(latitude), number.clean(longitude)
    except ValueError:
        y = x = None
    if y is None or x is None or abs(y) > 90 or abs(x) > 180:
        raise ValidationError({"point": COORDINATES})
    return Point(x, y, srid=4326)
