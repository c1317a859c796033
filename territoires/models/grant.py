"""Who may do what where: a role on a perimeter, from a day to a day, given by someone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territoires.enums import TerritoryRole
from territoires.models.programme import Programme
from territoires.models.territory import Territory
from territoires.models.village import HostVillage
from territoires.scoping import GrantQuerySet


class Grant(models.Model):
    """A role that someone holds; the perimeter is the subclass's own key."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="%(class)ss",
        verbose_name=_("compte"),
    )
    starts_on = models.DateField(_("à partir du"), default=timezone.localdate)
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("donné par"),
    )
    created_at = models.DateTimeField(_("donné le"), default=timezone.now, editable=False)

    # The field that names the perimeter, and the role where the row names none.
    PERIMETER: ClassVar[str]
    ROLE: ClassVar[str] = ""

    objects = GrantQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("Un rôle finit après avoir commencé."),
            )
        ]


def held_once(perimeter: str, *role: str) -> models.UniqueConstraint:
    """For each grant's own Meta: nobody holds the same role twice on a perimeter."""
    return models.UniqueConstraint(
        fields=["user", perimeter, *role],
        name=f"{perimeter}_grant_once",
        violation_error_message=_("Cette personne a déjà ce rôle : changez ses dates."),
    )


class TerritoryGrant(Grant):
    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="grants", verbose_name=_("territoire")
    )
    role = models.CharField(_("rôle"), max_length=20, choices=TerritoryRole)

    PERIMETER = "territory"

    class Meta(Grant.Meta):
        verbose_name = _("accès à un territoire")
        verbose_name_plural = _("accès aux territoires")
        ordering = ["territory", "role", "user"]
        constraints = [*Grant.Meta.constraints, held_once("territory", "role")]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"


class ProgrammeGrant(Grant):
    """An officer of one programme, over all its territories: what belongs to it, and no more."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="grants", verbose_name=_("programme")
    )

    PERIMETER, ROLE = "programme", "programme_officer"

    class Meta(Grant.Meta):
        verbose_name = _("accès à un programme")
        verbose_name_plural = _("accès aux programmes")
        ordering = ["programme", "user"]
        constraints = [*Grant.Meta.constraints, held_once("programme")]

    def __str__(self) -> str:
        return f"{self.user} – {self.programme}"


class VillageGrant(Grant):
    """A referent who keeps the sheet of their village."""

    village = models.ForeignKey(
        HostVillage, models.CASCADE, related_name="grants", verbose_name=_("village d’accueil")
    )

    PERIMETER, ROLE = "village", "referent"

    class Meta(Grant.Meta):
        verbose_name = _("accès à un village")
        verbose_name_plural = _("accès aux villages")
        ordering = ["village", "user"]
        constraints = [*Grant.Meta.constraints, held_once("village")]

    def __str__(self) -> str:
        return f"{self.user} – {self.village}"
