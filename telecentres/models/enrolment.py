"""Who joined a programme's network of telecentres."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from telecentres.enums import WorkStatus
from telecentres.querysets import EnrolmentQuerySet
from territoires.models import Programme, Territory


class Enrolment(models.Model):
    """Enrolled is not hosted: who really came is read in the bookings."""

    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="enrolments", verbose_name=_("territoire")
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="enrolments", verbose_name=_("programme")
    )
    # None: an account deleted since; the figures keep the line.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="enrolments",
        null=True,
        blank=True,
        verbose_name=_("compte"),
    )
    status = models.CharField(_("statut"), max_length=12, choices=WorkStatus)
    trade = models.CharField(_("métier"), max_length=100, blank=True)
    employer = models.CharField(_("employeur"), max_length=120, blank=True)
    enrolled_on = models.DateField(_("inscrit le"), default=timezone.localdate)
    left_on = models.DateField(_("parti le"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription au réseau")
        verbose_name_plural = _("inscriptions au réseau")
        ordering = ["-enrolled_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "user"],
                condition=Q(left_on=None),
                name="enrolled_once_at_a_time",
                violation_error_message=_("Cette personne est déjà inscrite à ce programme."),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("enrolled_on")),
                name="enrolment_ends_after_start",
                violation_error_message=_("On part après s’être inscrit."),
            ),
            models.CheckConstraint(
                condition=Q(employer="") | Q(status=WorkStatus.EMPLOYEE),
                name="enrolment_employer_of_employee",
                violation_error_message=_("Seul un salarié a un employeur."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or '–'} – {self.programme}"
