from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from territoires.enums import OrganisationKind
from territoires.models.places import Commune
from territoires.models.territory import Territory
from territoires.querysets import OrganisationQuerySet


class Organisation(models.Model):
    """Any body: who manages a telecentre, funds a programme, employs, advises or partners."""

    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="organisations", verbose_name=_("territoire")
    )
    name = models.CharField(_("nom"), db_collation="fr-x-icu", max_length=150)
    kind = models.CharField(_("nature"), max_length=20, choices=OrganisationKind)
    commune = models.ForeignKey(
        Commune,
        models.PROTECT,
        related_name="organisations",
        null=True,
        blank=True,
        verbose_name=_("commune"),
    )
    website = models.URLField(_("site web"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    note = models.TextField(_("note interne"), blank=True)

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisme")
        verbose_name_plural = _("organismes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name"],
                name="organisation_name_once_per_territory",
                violation_error_message=_("Cet organisme existe déjà dans ce territoire."),
            )
        ]

    def __str__(self) -> str:
        return self.name
