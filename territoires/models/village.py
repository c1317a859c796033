"""Host villages: communes that signed a commitment to welcome, and the people who do."""

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from images.models import Picture
from territoires.enums import ReferentRole, VillageKind
from territoires.models.places import Commune
from territoires.models.programme import Programme
from territoires.models.territory import Territory
from territoires.querysets import HostVillageQuerySet


class HostVillage(models.Model):
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="villages", verbose_name=_("territoire")
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="villages", verbose_name=_("commune")
    )
    slug = models.SlugField(_("nom dans les adresses"), max_length=110)
    kind = models.CharField(
        _("engagement"), max_length=10, choices=VillageKind, default=VillageKind.HOST
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        related_name="villages",
        null=True,
        blank=True,
        verbose_name=_("programme"),
    )
    committed_on = models.DateField(_("engagée depuis le"))
    commitment_ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    welcome = models.TextField(
        _("mot d’accueil"), blank=True, help_text=_("Ce que la commune dit aux arrivants.")
    )
    welcome_en = models.TextField(_("mot d’accueil en anglais"), blank=True)
    photo = models.ForeignKey(
        Picture,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("photo"),
    )
    is_published = models.BooleanField(_("visible sur le site"), default=True)

    objects = HostVillageQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("village d’accueil")
        verbose_name_plural = _("villages d’accueil")
        ordering = ["commune__sort_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "commune"],
                name="village_once_per_territory",
                violation_error_message=_("Cette commune est déjà village d’accueil."),
            ),
            models.UniqueConstraint(
                fields=["territory", "slug"],
                name="village_slug_once_per_territory",
                violation_error_message=_("Ce nom dans les adresses est déjà pris."),
            ),
            models.CheckConstraint(
                condition=Q(commitment_ends_on=None) | Q(commitment_ends_on__gte=F("committed_on")),
                name="village_commitment_ends_after_start",
                violation_error_message=_("L’engagement ne peut pas finir avant de commencer."),
            ),
        ]

    def __str__(self) -> str:
        return self.commune.name


class VillageReferent(models.Model):
    """Someone of the village who welcomes newcomers. Private: never shown on the public site."""

    village = models.ForeignKey(
        HostVillage, models.CASCADE, related_name="referents", verbose_name=_("village d’accueil")
    )
    name = models.CharField(_("nom"), max_length=120)
    role = models.CharField(_("qualité"), max_length=12, choices=ReferentRole)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="village_referents",
        null=True,
        blank=True,
        verbose_name=_("compte"),
    )

    class Meta:
        verbose_name = _("référent de village")
        verbose_name_plural = _("référents de village")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
