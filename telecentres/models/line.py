"""What a booking costs, line by line, as it was said before it was taken."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from telecentres.enums import BookingUnit, LineKind
from telecentres.models.booking import Booking
from telecentres.models.extra import Extra
from telecentres.models.tariff import Pack


class BookingLine(models.Model):
    """So many lengths of time, or of an extra, at a price: written with the booking, never changed
    after it."""

    booking = models.ForeignKey(
        Booking, models.CASCADE, related_name="lines", verbose_name=_("réservation")
    )
    kind = models.CharField(_("nature"), max_length=5, choices=LineKind)
    # None of an extra.
    unit = models.CharField(_("durée"), max_length=10, choices=BookingUnit, blank=True)
    quantity = models.PositiveSmallIntegerField(_("nombre"))
    unit_price = models.DecimalField(_("prix (€)"), max_digits=8, decimal_places=2)
    pack = models.ForeignKey(
        Pack,
        models.PROTECT,
        related_name="lines",
        null=True,
        blank=True,
        verbose_name=_("carnet"),
    )
    # Its stock is counted by them.
    extra = models.ForeignKey(
        Extra,
        models.PROTECT,
        related_name="lines",
        null=True,
        blank=True,
        verbose_name=_("extra réservé"),
    )
    # Its name as it was.
    label = models.CharField(_("intitulé"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("ligne de prix")
        verbose_name_plural = _("lignes de prix")
        ordering = ["booking", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, unit_price__gte=0),
                name="line_counts_something",
                violation_error_message=_("Une ligne compte au moins une chose."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[LineKind.PRICE, LineKind.EXTRA])
                | Q(unit=BookingUnit.HALF_DAY, unit_price=0),
                name="line_offered_costs_nothing",
                violation_error_message=_("Ce qui est offert ou payé d’avance ne se paie pas."),
            ),
            models.CheckConstraint(
                condition=Q(kind=LineKind.PACK, pack__isnull=False)
                | (~Q(kind=LineKind.PACK) & Q(pack=None)),
                name="line_of_pack_names_it",
                violation_error_message=_("Une ligne de carnet dit lequel."),
            ),
            models.CheckConstraint(
                condition=(Q(kind=LineKind.EXTRA, extra__isnull=False, unit="") & ~Q(label=""))
                | (~Q(kind=LineKind.EXTRA) & Q(extra=None, label="") & ~Q(unit="")),
                name="line_of_extra_names_it",
                violation_error_message=_("Une ligne d’extra dit lequel, les autres une durée."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.label or self.get_unit_display()}"

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.unit_price
