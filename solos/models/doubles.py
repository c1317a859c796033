"""Two records that may be of one person, and what is left of a record merged into another."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from solos.enums import DoubleReason
from solos.models.solo import Solo
from solos.querysets import PossibleDoubleQuerySet
from territoires.models import Territory


class PossibleDouble(models.Model):
    """Once someone has said that they are two people, the pair is kept to ask no more."""

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    # The lower key first: a pair has one row.
    first = models.ForeignKey(
        Solo, models.CASCADE, related_name="+", verbose_name=_("première fiche")
    )
    second = models.ForeignKey(
        Solo, models.CASCADE, related_name="+", verbose_name=_("seconde fiche")
    )
    reasons = ArrayField(
        models.CharField(max_length=8, choices=DoubleReason), verbose_name=_("raisons")
    )
    found_at = models.DateTimeField(_("trouvé le"), default=timezone.now)
    distinct_at = models.DateTimeField(_("distinguées le"), null=True, blank=True)
    distinct_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("distinguées par"),
    )

    objects = PossibleDoubleQuerySet.as_manager()

    class Meta:
        verbose_name = _("doublon possible")
        verbose_name_plural = _("doublons possibles")
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["territory", "-found_at"], name="double_of_territory")]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="double_once_per_pair",
                violation_error_message=_("Ces deux fiches sont déjà rapprochées."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="double_in_order",
                violation_error_message=_("Un doublon rapproche deux fiches, dans leur ordre."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"


class FormerAddress(models.Model):
    """A record that is now part of another: its address leads there.

    Its key and the moment it came are kept too: a copy of the database from before may bring it
    back, and an erasure must then find it.
    """

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    solo = models.ForeignKey(
        Solo, models.CASCADE, related_name="former_addresses", verbose_name=_("solo")
    )
    slug = models.SlugField(_("nom dans les adresses"), max_length=120)
    merged_key = models.BigIntegerField(_("numéro de la fiche réunie"))
    merged_since = models.DateTimeField(_("fiche réunie créée le"))
    merged_at = models.DateTimeField(_("réunie le"), default=timezone.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("réunie par"),
    )

    class Meta:
        verbose_name = _("ancienne adresse")
        verbose_name_plural = _("anciennes adresses")
        ordering = ["-merged_at", "-pk"]
        indexes = [models.Index(fields=["territory", "slug"], name="former_address_slug")]
        constraints = [
            models.UniqueConstraint(
                fields=["merged_key"],
                name="former_address_once_per_record",
                violation_error_message=_("Cette fiche est déjà réunie à une autre."),
            )
        ]

    def __str__(self) -> str:
        return self.slug
