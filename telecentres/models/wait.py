"""Who waits for a place where everything is taken."""

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from telecentres.enums import SpaceKind, WaitState
from telecentres.models.booking import BOUNDED, Booking
from telecentres.models.telecentre import Telecentre
from telecentres.querysets import WaitQuerySet
from territoires.models import Territory


class Wait(models.Model):
    """Someone's wish for any space of a kind, at a time when all of them are held."""

    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="waits", verbose_name=_("territoire")
    )
    telecentre = models.ForeignKey(
        Telecentre, models.CASCADE, related_name="waits", verbose_name=_("télécentre")
    )
    kind = models.CharField(_("nature"), max_length=12, choices=SpaceKind)
    # Without an account nobody waits.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="waits",
        verbose_name=_("qui attend"),
    )
    people = models.PositiveSmallIntegerField(_("personnes"), default=1)
    period = DateTimeRangeField(_("période"))
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    state = models.CharField(_("état"), max_length=8, choices=WaitState, default=WaitState.WAITING)
    # What keeps the place until the answer, and holds it afterwards.
    booking = models.OneToOneField(
        Booking,
        models.CASCADE,
        related_name="wait",
        null=True,
        blank=True,
        verbose_name=_("place proposée"),
    )

    objects = WaitQuerySet.as_manager()

    class Meta:
        verbose_name = _("attente")
        verbose_name_plural = _("liste d’attente")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "telecentre", "kind", "period"],
                condition=Q(state__in=WaitState.open()),
                name="wait_once_for_one_slot",
                violation_error_message=_("Cette personne attend déjà une place à ce moment-là."),
            ),
            models.CheckConstraint(
                condition=BOUNDED,
                name="wait_begins_and_ends",
                violation_error_message=_("Une attente a un début, et une fin après lui."),
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="wait_for_someone",
                violation_error_message=_("Une attente est pour une personne au moins."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=WaitState.WAITING, booking=None)
                    | Q(state=WaitState.LEFT)
                    | Q(
                        state__in=[WaitState.OFFERED, WaitState.TAKEN, WaitState.LAPSED],
                        booking__isnull=False,
                    )
                ),
                name="wait_is_offered_what_is_held",
                violation_error_message=_("Une place proposée est gardée par une réservation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} – {self.telecentre}"
