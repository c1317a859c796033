"""What it costs to use a telecentre, and what is offered or paid ahead."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from telecentres.enums import BookingUnit, SpaceKind
from telecentres.models.rights import RightsGroup
from telecentres.models.telecentre import Telecentre
from telecentres.querysets import PackQuerySet, TermsQuerySet


class Terms(models.Model):
    """Something that a place says of one kind of its spaces, to everyone or to a group."""

    telecentre = models.ForeignKey(
        Telecentre, models.CASCADE, related_name="%(class)ss", verbose_name=_("télécentre")
    )
    kind = models.CharField(_("nature d’espace"), max_length=12, choices=SpaceKind)
    group = models.ForeignKey(
        RightsGroup,
        models.PROTECT,
        related_name="%(class)ss",
        null=True,
        blank=True,
        verbose_name=_("pour le groupe"),
        help_text=_("Vide : pour tous."),
    )

    objects = TermsQuerySet.as_manager()

    class Meta:
        abstract = True


class Tariff(Terms):
    """The price of one length of time; whoever has several pays the least."""

    unit = models.CharField(_("durée"), max_length=10, choices=BookingUnit)
    price = models.DecimalField(
        _("prix (€)"), max_digits=8, decimal_places=2, help_text=_("TVA comprise, s’il y en a.")
    )

    class Meta(Terms.Meta):
        verbose_name = _("tarif")
        verbose_name_plural = _("tarifs")
        ordering = ["telecentre", "kind", "price"]
        constraints = [
            models.UniqueConstraint(
                fields=["telecentre", "kind", "unit", "group"],
                nulls_distinct=False,
                name="tariff_once",
                violation_error_message=_("Cette durée a déjà un prix pour ce groupe."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0),
                name="tariff_not_negative",
                violation_error_message=_("Un prix ne peut pas être négatif."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_unit_display()}"


class FreeAllowance(Terms):
    """Half-days offered to each person, every month of the calendar."""

    half_days = models.PositiveSmallIntegerField(_("demi-journées offertes par mois"))

    class Meta(Terms.Meta):
        verbose_name = _("gratuité mensuelle")
        verbose_name_plural = _("gratuités mensuelles")
        ordering = ["telecentre", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["telecentre", "kind", "group"],
                nulls_distinct=False,
                name="free_allowance_once",
                violation_error_message=_("Ce groupe a déjà une gratuité pour cet espace."),
            ),
            models.CheckConstraint(
                condition=Q(half_days__gte=1),
                name="free_allowance_offers_something",
                violation_error_message=_("Une gratuité offre une demi-journée au moins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.half_days}"


class Pack(models.Model):
    """Half-days paid ahead by someone; at no price, a trial voucher."""

    telecentre = models.ForeignKey(
        Telecentre, models.PROTECT, related_name="packs", verbose_name=_("télécentre")
    )
    kind = models.CharField(_("nature d’espace"), max_length=12, choices=SpaceKind)
    # None: an account deleted since.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="telecentre_packs",
        null=True,
        blank=True,
        verbose_name=_("titulaire"),
    )
    half_days = models.PositiveSmallIntegerField(_("demi-journées"))
    price = models.DecimalField(
        _("prix payé (€)"),
        max_digits=8,
        decimal_places=2,
        default=Decimal(0),
        help_text=_("Zéro : un bon d’essai."),
    )
    sold_on = models.DateField(_("remis le"), default=timezone.localdate)
    expires_on = models.DateField(
        _("valable jusqu’au"), null=True, blank=True, help_text=_("Ce jour compris.")
    )

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("carnet")
        verbose_name_plural = _("carnets et bons d’essai")
        ordering = ["-sold_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(half_days__gte=1),
                name="pack_holds_something",
                violation_error_message=_("Un carnet contient une demi-journée au moins."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0),
                name="pack_price_not_negative",
                violation_error_message=_("Un prix ne peut pas être négatif."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("sold_on")),
                name="pack_expires_after_sale",
                violation_error_message=_("Un carnet sert après avoir été remis."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.telecentre} – {self.holder}"
