"""How a territory keeps its directory."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from territoires.models import Territory
from territoires.scoping import ScopedQuerySet


class DirectorySettings(models.Model):
    """A territory without a row of its own has the defaults."""

    territory = models.OneToOneField(
        Territory, models.CASCADE, related_name="directory", verbose_name=_("territoire")
    )
    review_months = models.PositiveSmallIntegerField(
        _("relecture tous les"),
        default=12,
        validators=[MinValueValidator(3), MaxValueValidator(36)],
        help_text=_(
            "En mois. Passé ce délai, chaque solo est invité à relire sa fiche ; sans réponse, "
            "elle s’estompe, puis quitte l’annuaire."
        ),
    )

    moderates_edits = models.BooleanField(
        _("relire aussi les modifications"),
        default=False,
        help_text=_(
            "Coché, ce qu’un solo ajoute ou change sur sa page y paraît une fois relu par "
            "l’équipe. Ce qu’il retire disparaît toujours aussitôt."
        ),
    )

    objects = ScopedQuerySet["DirectorySettings"].as_manager()

    class Meta:
        verbose_name = _("réglages de l’annuaire")
        verbose_name_plural = _("réglages de l’annuaire")
        ordering = ["territory"]

    def __str__(self) -> str:
        return str(self.territory)


def settings_of(territory: Territory) -> DirectorySettings:
    """Never None: the defaults, unsaved, for a territory that set nothing."""
    found = DirectorySettings.objects.filter(territory=territory).first()
    return found or DirectorySettings(territory=territory)
