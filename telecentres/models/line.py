"""What a booking costs, line by line, as it was said before it was taken."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from telecentres.enums import BookingUnit, LineKind
from telecentres.models.booking import Booking
from telecentres.models.tariff import Pack


class BookingLine(models.Model):
    """So many lengths of time at a price: written with the booking, never changed after it."""

    booking = models.ForeignKey(
        Booking, models.CASCADE, related_name="lines", verbose_name=_("réservation")
    )
    kind = models.CharField(_("nature"), max_length=5, choices=LineKind)
    unit = models.CharField(_("durée"), max_length=10, choices=BookingUnit)
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

    class Meta:
        verbose_name = _("ligne de prix")
        verbose_name_plural = _("lignes de prix")
        ordering = ["booking", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, unit_price__gte=0),
                name="line_counts_something",
                violation_error_message=_("Une ligne compte au moins une durée."),
            ),
            models.CheckConstraint(
                condition=Q(kind=LineKind.PRICE) | Q(unit=BookingUnit.HALF_DAY, unit_price=0),
                name="line_offered_costs_nothing",
                violation_error_message=_("Ce qui est offert ou payé d’avance ne se paie pas."),
            ),
            models.CheckConstraint(
                condition=Q(kind=LineKind.PACK, pack__isnull=False)
                | (~Q(kind=LineKind.PACK) & Q(pack=None)),
                name="line_of_pack_names_it",
                violation_error_message=_("Une ligne de carnet dit lequel."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.get_unit_display()}"

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.unit_price
