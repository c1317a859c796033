"""Who has rights of their own in telecentres: other prices, spaces kept for them."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from telecentres.querysets import RightsGroupQuerySet
from territoires.models import Territory


class RightsGroup(models.Model):
    """Newcomers in their first months, the employees of a partner: whom a convention speaks of."""

    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="rights_groups", verbose_name=_("territoire")
    )
    name = models.CharField(_("nom"), max_length=80)

    objects = RightsGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("groupe d’ayants droit")
        verbose_name_plural = _("groupes d’ayants droit")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name"],
                name="rights_group_name_once",
                violation_error_message=_("Un groupe porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RightsMember(models.Model):
    """Someone of a group, from a day to a day."""

    group = models.ForeignKey(
        RightsGroup, models.CASCADE, related_name="members", verbose_name=_("groupe")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="telecentre_rights",
        verbose_name=_("compte"),
    )
    starts_on = models.DateField(_("à partir du"), default=timezone.localdate)
    ends_on = models.DateField(
        _("jusqu’au"), null=True, blank=True, help_text=_("Ce jour compris.")
    )

    class Meta:
        verbose_name = _("ayant droit")
        verbose_name_plural = _("ayants droit")
        ordering = ["group", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="rights_end_after_start",
                violation_error_message=_("Des droits finissent après avoir commencé."),
            ),
            ExclusionConstraint(
                name="rights_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Cette personne est déjà du groupe à ces dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.group}"
