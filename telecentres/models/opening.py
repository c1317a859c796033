"""When a telecentre is open: every week, in a season, on one day."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from telecentres.enums import Weekday
from telecentres.models.telecentre import Telecentre


class Season(models.Model):
    """From one day to another the week is another one: a summer, a month of works."""

    telecentre = models.ForeignKey(
        Telecentre, models.CASCADE, related_name="seasons", verbose_name=_("télécentre")
    )
    name = models.CharField(_("nom"), max_length=80, help_text=_("Par exemple : été 2027."))
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))

    class Meta:
        verbose_name = _("saison")
        verbose_name_plural = _("saisons")
        ordering = ["telecentre", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="season_ends_after_start",
                violation_error_message=_("La saison finit après avoir commencé."),
            ),
            ExclusionConstraint(
                name="season_alone_at_its_time",
                expressions=[
                    ("telecentre", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            # Backwards is refused above, in words; a range of it would crash.
                            Greatest("starts_on", "ends_on"),
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Une autre saison couvre déjà un de ces jours."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """One range of one weekday; a lunch break makes two rows. Of a season, or else all year."""

    telecentre = models.ForeignKey(
        Telecentre, models.CASCADE, related_name="opening_hours", verbose_name=_("télécentre")
    )
    season = models.ForeignKey(
        Season,
        models.CASCADE,
        related_name="opening_hours",
        null=True,
        blank=True,
        verbose_name=_("saison"),
        help_text=_("Vide : toute l’année, hors saisons."),
    )
    weekday = models.PositiveSmallIntegerField(_("jour"), choices=Weekday)
    opens_at = models.TimeField(_("ouvre à"))
    closes_at = models.TimeField(_("ferme à"))

    class Meta:
        verbose_name = _("horaire d’ouverture")
        verbose_name_plural = _("horaires d’ouverture")
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="opening_hours_end_after_start",
                violation_error_message=_("L’heure de fermeture suit l’heure d’ouverture."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7)),
                name="opening_hours_weekday_iso",
                violation_error_message=_("Choisissez un jour de la semaine."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class ExceptionalHours(models.Model):
    """One day apart: open at other hours (a row for each range), or closed (a row without hours).

    It speaks for its whole day, and opens a public holiday, which is closed otherwise.
    """

    telecentre = models.ForeignKey(
        Telecentre, models.CASCADE, related_name="exceptional_hours", verbose_name=_("télécentre")
    )
    day = models.DateField(_("jour"))
    opens_at = models.TimeField(_("ouvre à"), null=True, blank=True)
    closes_at = models.TimeField(_("ferme à"), null=True, blank=True)
    reason = models.CharField(
        _("pourquoi"), max_length=120, blank=True, help_text=_("Lisible par tous : inventaire…")
    )

    class Meta:
        verbose_name = _("jour d’exception")
        verbose_name_plural = _("jours d’exception")
        ordering = ["telecentre", "day", "opens_at"]
        constraints = [
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, and would pass.
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=F("opens_at")),
                name="exceptional_hours_end_after_start",
                violation_error_message=_(
                    "Donnez les deux heures, la fermeture après l’ouverture ; ou aucune, pour un"
                    " jour fermé."
                ),
            ),
            models.UniqueConstraint(
                fields=["telecentre", "day", "opens_at"],
                name="exceptional_hours_once",
                nulls_distinct=False,
                violation_error_message=_("Ce jour a déjà cette plage."),
            ),
        ]

    def __str__(self) -> str:
        if self.opens_at is None or self.closes_at is None:
            return f"{self.day:%d/%m/%Y} – {_('fermé')}"
        return f"{self.day:%d/%m/%Y} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"
