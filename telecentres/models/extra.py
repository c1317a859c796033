"""What a place offers beside its spaces: a coffee, a projector, letters typed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from telecentres.enums import ExtraKind, ExtraPer, SpaceKind
from telecentres.models.telecentre import Telecentre
from telecentres.querysets import ExtraQuerySet

# Of one extra in one booking.
MOST_PIECES = 99
# In hours: a month.
LONGEST_NOTICE = 720


class Extra(models.Model):
    """Taken with a booking, whose line keeps its name and price as they were then.

    One that was taken is withdrawn, never deleted.
    """

    telecentre = models.ForeignKey(
        Telecentre, models.CASCADE, related_name="extras", verbose_name=_("télécentre")
    )
    name = models.CharField(
        _("nom"), max_length=80, help_text=_("Par exemple : vidéoprojecteur, café d’accueil.")
    )
    kind = models.CharField(_("nature"), max_length=12, choices=ExtraKind)
    description = models.CharField(_("précision"), max_length=200, blank=True)
    price = models.DecimalField(
        _("prix (€)"),
        max_digits=8,
        decimal_places=2,
        help_text=_("Zéro : compris. TVA du lieu comprise, s’il y en a."),
    )
    per = models.CharField(_("compté"), max_length=8, choices=ExtraPer, default=ExtraPer.BOOKING)
    stock = models.PositiveSmallIntegerField(
        _("combien en même temps"),
        null=True,
        blank=True,
        help_text=_("De ce qui se prête : 1 pour un seul appareil. Vide : sans limite."),
    )
    notice = models.PositiveSmallIntegerField(
        _("à demander combien d’heures avant"), default=0, help_text=_("48 pour deux jours.")
    )
    kinds = ArrayField(
        models.CharField(max_length=12, choices=SpaceKind),
        default=list,
        blank=True,
        verbose_name=_("avec quels espaces"),
        help_text=_("Aucun : avec tous."),
    )
    is_offered = models.BooleanField(
        _("proposé"), default=True, help_text=_("Sinon, ce qui est déjà réservé reste promis.")
    )

    objects = ExtraQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra")
        verbose_name_plural = _("extras : restauration, matériel, secrétariat")
        ordering = ["telecentre", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["telecentre", "name"],
                name="extra_once",
                violation_error_message=_("Ce lieu a déjà un extra de ce nom."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0),
                name="extra_price_not_negative",
                violation_error_message=_("Un prix ne peut pas être négatif."),
            ),
            models.CheckConstraint(
                condition=Q(stock=None) | Q(stock__gte=1),
                name="extra_exists",
                violation_error_message=_("De ce qui se prête, il y en a un au moins."),
            ),
            models.CheckConstraint(
                condition=Q(notice__lte=LONGEST_NOTICE),
                name="extra_notice_within_a_month",
                violation_error_message=_("Un extra se demande un mois avant au plus."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_labels(self) -> str:
        """The kinds of spaces that it goes with; empty for all."""
        return ", ".join(str(kind.label) for kind in SpaceKind if kind in self.kinds)

    def most_for(self, people: int) -> int:
        """How many one booking may take, for so many people."""
        most = {ExtraPer.BOOKING: 1, ExtraPer.PERSON: people}.get(ExtraPer(self.per), MOST_PIECES)
        return min(most, self.stock or MOST_PIECES)
