"""What was paid at a place: written once, with the number of its receipt."""

from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from telecentres.enums import PaymentMeans
from telecentres.models.booking import Booking
from telecentres.models.telecentre import Telecentre
from telecentres.querysets import OfTelecentre

CENT = Decimal("0.01")


def vat_within(amount: Decimal, rate: Decimal | None) -> Decimal:
    """The VAT that an amount includes, to the cent; `rate` in per cent, none where none is due."""
    percent = rate or Decimal(0)
    return (amount * percent / (100 + percent)).quantize(CENT, ROUND_HALF_UP)


class Payment(models.Model):
    """Never changed, never deleted: what was wrong is paid back by a line of its own."""

    telecentre = models.ForeignKey(
        Telecentre, models.PROTECT, related_name="payments", verbose_name=_("télécentre")
    )
    # None: someone without account, or an account deleted since.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="telecentre_payments",
        null=True,
        blank=True,
        verbose_name=_("titulaire"),
    )
    # What was paid for, where no account keeps count of it.
    booking = models.ForeignKey(
        Booking,
        models.PROTECT,
        related_name="payments",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("réservation"),
    )
    payer = models.CharField(
        _("reçu au nom de"), max_length=120, help_text=_("Une personne, ou son employeur.")
    )
    amount = models.DecimalField(
        _("montant (€)"),
        max_digits=8,
        decimal_places=2,
        help_text=_("Négatif : un remboursement."),
    )
    means = models.CharField(_("moyen"), max_length=8, choices=PaymentMeans)
    paid_on = models.DateField(_("payé le"), default=timezone.localdate)
    # The receipt: 2027-0012, without a gap within a place and a year.
    year = models.PositiveSmallIntegerField(_("année"), editable=False)
    number = models.PositiveIntegerField(_("numéro"), editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("encaissé par"),
    )

    objects = OfTelecentre["Payment"].as_manager()

    class Meta:
        verbose_name = _("paiement")
        verbose_name_plural = _("paiements et reçus")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["telecentre", "year", "number"],
                name="receipt_number_once",
                violation_error_message=_("Ce numéro de reçu est déjà pris."),
            ),
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="payment_of_something",
                violation_error_message=_("Un paiement n’est pas nul."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number:04}"

    @property
    def vat(self) -> Decimal:
        """Within the amount, at the place's rate."""
        return vat_within(self.amount, self.telecentre.vat_rate)

    @property
    def before_vat(self) -> Decimal:
        return self.amount - self.vat
