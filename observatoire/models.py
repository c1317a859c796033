"""What the figures were, day by day. Pulled from the apps below, never pushed by them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from territoires.models import Territory
from territoires.scoping import ScopedQuerySet


class Snapshot(models.Model):
    """One indicator of one territory at the end of one day."""

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="snapshots", verbose_name=_("territoire")
    )
    indicator = models.CharField(_("indicateur"), max_length=60)
    day = models.DateField(_("jour"))
    value = models.DecimalField(_("valeur"), max_digits=14, decimal_places=2)

    objects = ScopedQuerySet["Snapshot"].as_manager()

    class Meta:
        verbose_name = _("relevé")
        verbose_name_plural = _("relevés")
        ordering = ["-day", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "indicator", "day"],
                name="snapshot_once_a_day",
                violation_error_message=_("Cet indicateur est déjà relevé ce jour-là."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} – {self.day:%d/%m/%Y}"
