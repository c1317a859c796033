"""Shared work places."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.core.validators import MinValueValidator
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from images.models import Picture
from telecentres.enums import (
    ConnectionKind,
    PointPrecision,
    StepFree,
    TelecentreKind,
    TelecentreState,
)
from telecentres.querysets import TelecentreQuerySet
from territoires.models import Commune, Organisation, Programme, Territory
from territoires.models.words import searched_words

# The date in France: what is not in the future today never will be.
TODAY = Func(template="(now() AT TIME ZONE 'Europe/Paris')::date", output_field=models.DateField())


def not_negative(field: str) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__gte": 0})


def not_to_come(field: str) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__lte": TODAY})


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class Telecentre(models.Model):
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="telecentres", verbose_name=_("territoire")
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        related_name="telecentres",
        null=True,
        blank=True,
        verbose_name=_("programme"),
    )
    name = models.CharField(_("nom"), db_collation="fr-x-icu", max_length=120)
    slug = models.SlugField(_("nom dans les adresses"), max_length=130)
    kind = models.CharField(
        _("nature"), max_length=12, choices=TelecentreKind, default=TelecentreKind.TELECENTRE
    )
    state = models.CharField(
        _("état"), max_length=10, choices=TelecentreState, default=TelecentreState.OPEN
    )
    managing_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="managed_telecentres",
        null=True,
        blank=True,
        verbose_name=_("organisme gestionnaire"),
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="telecentres", verbose_name=_("commune")
    )
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    # Lookups: distance order (`<->`) from a place, bounding box of a map view.
    point = models.PointField(_("position"), srid=4326, spatial_index=False)
    point_precision = models.CharField(
        _("précision de la position"),
        max_length=10,
        choices=PointPrecision,
        default=PointPrecision.ADDRESS,
    )
    presentation = models.TextField(_("présentation"), blank=True)
    presentation_en = models.TextField(_("présentation en anglais"), blank=True)
    services = models.TextField(
        _("services"), blank=True, help_text=_("Un service par ligne : télésecrétariat, visio…")
    )
    equipment = models.TextField(
        _("équipement"),
        blank=True,
        help_text=_("Un par ligne : imprimante, écran, cuisine…"),
    )
    by_train = models.CharField(
        _("en train"),
        max_length=200,
        blank=True,
        help_text=_("La gare, et le temps qu’il faut pour en venir."),
    )
    by_bus = models.CharField(_("en bus"), max_length=200, blank=True)
    parking = models.CharField(_("stationnement"), max_length=200, blank=True)
    step_free = models.CharField(_("de plain-pied"), max_length=6, choices=StepFree, blank=True)
    access = models.TextField(
        _("accès"), blank=True, help_text=_("Ce qu’il faut savoir d’autre pour venir.")
    )
    connection = models.CharField(
        _("accès à Internet"), max_length=9, choices=ConnectionKind, blank=True
    )
    download_mbps = models.DecimalField(
        _("débit en réception (Mbit/s)"), max_digits=7, decimal_places=1, null=True, blank=True
    )
    upload_mbps = models.DecimalField(
        _("débit en émission (Mbit/s)"), max_digits=7, decimal_places=1, null=True, blank=True
    )
    measured_on = models.DateField(_("débits mesurés le"), null=True, blank=True)
    office_area_m2 = models.PositiveIntegerField(
        _("surface de bureaux (m²)"), null=True, blank=True
    )
    shared_area_m2 = models.PositiveIntegerField(_("surface partagée (m²)"), null=True, blank=True)
    # What it cost is for those who run it and the agency: no page, no API says it.
    investment = models.DecimalField(
        _("investissement (€)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    running_cost = models.DecimalField(
        _("coût de fonctionnement par an (€)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    opened_on = models.DateField(_("ouvert depuis le"), null=True, blank=True)
    takes_bookings = models.BooleanField(
        _("se réserve en ligne"),
        default=False,
        help_text=_("Sinon le lieu est montré, et l’on appelle pour y venir."),
    )
    takes_visitors = models.BooleanField(
        _("réservation sans compte"),
        # What a place never chose, strangers may not do there: it knows who comes, and who calls.
        default=False,
        help_text=_(
            "Qui n’a pas de compte réserve aussi, une semaine au plus : la place lui est gardée une"
            " demi-heure, le temps de confirmer par un lien reçu par e-mail."
        ),
    )
    is_neighbour = models.BooleanField(
        _("chez un voisin"),
        default=False,
        help_text=_(
            "Hors du territoire, tenu par d’autres : montré pour qui habite près, jamais réservé"
            " ici."
        ),
    )
    vat_rate = models.DecimalField(
        _("TVA (%)"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Comprise dans les prix. Vide : le lieu n’en facture pas."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    website = models.URLField(_("site web"), blank=True)
    photo = models.ForeignKey(
        Picture,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("photo"),
    )
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("D’où vient ce que l’on en dit.")
    )
    words = searched_words("name", "presentation", "services")

    objects = TelecentreQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["words"])

    class Meta:
        verbose_name = _("télécentre")
        verbose_name_plural = _("télécentres")
        ordering = ["name"]
        indexes = [
            GistIndex(fields=["point"], name="telecentre_point"),
            GinIndex(fields=["words"], name="telecentre_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "slug"],
                name="telecentre_slug_once_per_territory",
                violation_error_message=_("Ce nom dans les adresses est déjà pris."),
            ),
            models.CheckConstraint(
                condition=not_negative("vat_rate"),
                name="telecentre_vat_not_negative",
                violation_error_message=_("Un taux de TVA ne peut pas être négatif."),
            ),
            models.CheckConstraint(
                condition=Q(is_neighbour=False) | Q(takes_bookings=False),
                name="telecentre_of_neighbours_not_booked",
                violation_error_message=_("Un lieu d’un voisin ne se réserve pas ici."),
            ),
            models.CheckConstraint(
                condition=not_to_come("opened_on"),
                name="telecentre_opened_by_today",
                violation_error_message=_("Le jour d’ouverture est encore à venir."),
            ),
            models.CheckConstraint(
                condition=not_to_come("measured_on"),
                name="telecentre_measured_by_today",
                violation_error_message=_("Le jour de la mesure est encore à venir."),
            ),
            models.CheckConstraint(
                condition=Q(download_mbps=None, upload_mbps=None) | Q(measured_on__isnull=False),
                name="telecentre_rates_measured_one_day",
                violation_error_message=_("Un débit se mesure un jour : dites lequel."),
            ),
            models.CheckConstraint(
                condition=not_negative("download_mbps") & not_negative("upload_mbps"),
                name="telecentre_rates_not_negative",
                violation_error_message=_("Un débit ne peut pas être négatif."),
            ),
            models.CheckConstraint(
                condition=not_negative("investment") & not_negative("running_cost"),
                name="telecentre_costs_not_negative",
                violation_error_message=_("Un coût ne peut pas être négatif."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_bookable(self) -> bool:
        return self.state == TelecentreState.OPEN and self.takes_bookings

    @property
    def service_list(self) -> list[str]:
        return lines(self.services)

    @property
    def equipment_list(self) -> list[str]:
        return lines(self.equipment)
