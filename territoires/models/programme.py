"""A programme: what funders pay for, with its phases, money and steering committee."""

from django.contrib.gis.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from territoires.models.organisation import Organisation
from territoires.models.territory import Territory
from territoires.querysets import ProgrammeQuerySet


class Programme(models.Model):
    """A programme may run over several territories that each keep their own data."""

    name = models.CharField(_("nom"), max_length=150, unique=True)
    slug = models.SlugField(_("nom dans les adresses"), unique=True)
    territories = models.ManyToManyField(
        Territory, related_name="programmes", verbose_name=_("territoires")
    )
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="led_programmes",
        null=True,
        blank=True,
        verbose_name=_("organisme porteur"),
    )
    description = models.TextField(_("description"), blank=True)
    description_en = models.TextField(_("description en anglais"), blank=True)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    budget = models.DecimalField(
        _("budget (€)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("D’où viennent les dates et montants.")
    )

    objects = ProgrammeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="programme_ends_after_start",
                violation_error_message=_("La fin précède le début."),
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0),
                name="programme_budget_not_negative",
                violation_error_message=_("Un budget ne peut pas être négatif."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammePhase(models.Model):
    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="phases", verbose_name=_("programme")
    )
    name = models.CharField(_("nom"), max_length=150)
    name_en = models.CharField(_("nom en anglais"), max_length=150, blank=True)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="phase_ends_after_start",
                violation_error_message=_("La fin précède le début."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Funding(models.Model):
    """Who funds the programme; the amount is left empty where no source gives it."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="fundings", verbose_name=_("programme")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="fundings",
        verbose_name=_("financeur"),
    )
    scheme = models.CharField(_("dispositif"), max_length=200, blank=True)
    amount = models.DecimalField(
        _("montant (€)"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("financement")
        verbose_name_plural = _("financements")
        ordering = ["-amount", "organisation"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="funding_amount_not_negative",
                violation_error_message=_("Un montant ne peut pas être négatif."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class SteeringMeeting(models.Model):
    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="steering_meetings", verbose_name=_("programme")
    )
    held_on = models.DateField(_("date"))
    subject = models.CharField(_("objet"), max_length=200)
    minutes = models.TextField(_("compte rendu"), blank=True)

    class Meta:
        verbose_name = _("comité de pilotage")
        verbose_name_plural = _("comités de pilotage")
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} – {self.subject}"
