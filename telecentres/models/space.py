"""What one can use in a telecentre, and under which rules it is booked."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from telecentres.enums import BookingUnit, SpaceKind
from telecentres.models.rights import RightsGroup
from telecentres.models.telecentre import Telecentre, lines
from telecentres.querysets import LONGEST_BUFFER, LONGEST_WAIT, SpaceQuerySet

BUFFER_MINUTES = int(LONGEST_BUFFER.total_seconds() / 60)
LONGEST_HORIZON = 730
# How long one is waited for, in minutes: less would punish a late bus.
SHORTEST_WAIT_MINUTES = 5
LONGEST_WAIT_MINUTES = int(LONGEST_WAIT.total_seconds() / 60)


def usual_units() -> list[str]:
    return [BookingUnit.HOUR, BookingUnit.HALF_DAY, BookingUnit.DAY]


class Space(models.Model):
    """One bookable thing. Interchangeable desks are as many rows: a constraint can't count."""

    telecentre = models.ForeignKey(
        Telecentre, models.CASCADE, related_name="spaces", verbose_name=_("télécentre")
    )
    # Sorted as one reads: 9 comes before 10.
    name = models.CharField(_("nom"), db_collation="french_numbers", max_length=80)
    kind = models.CharField(_("nature"), max_length=12, choices=SpaceKind)
    capacity = models.PositiveSmallIntegerField(_("places"), default=1)
    equipment = models.TextField(
        _("équipement"), blank=True, help_text=_("Un par ligne : écran, visio, imprimante…")
    )
    units = ArrayField(
        models.CharField(max_length=10, choices=BookingUnit),
        default=usual_units,
        blank=True,
        verbose_name=_("durées proposées"),
        help_text=_("Aucune : l’espace est montré et ne se réserve pas."),
    )
    needs_approval = models.BooleanField(
        _("sur accord"),
        default=False,
        help_text=_(
            "Le gestionnaire répond à chaque demande ; sinon la réservation est immédiate."
        ),
    )
    notice = models.PositiveIntegerField(
        _("délai avant de venir, en minutes"),
        default=0,
        help_text=_("On ne réserve plus à moins de ce délai : 120 pour deux heures."),
    )
    horizon = models.PositiveSmallIntegerField(
        _("jusqu’à combien de jours d’avance"),
        default=90,
        validators=[MaxValueValidator(LONGEST_HORIZON)],
    )
    buffer_before = models.PositiveSmallIntegerField(
        _("battement avant, en minutes"), default=0, validators=[MaxValueValidator(BUFFER_MINUTES)]
    )
    buffer_after = models.PositiveSmallIntegerField(
        _("battement après, en minutes"),
        default=0,
        validators=[MaxValueValidator(BUFFER_MINUTES)],
        help_text=_("Pour ranger ou aérer : personne d’autre n’y est pendant ce temps."),
    )
    release_after = models.PositiveSmallIntegerField(
        _("rendu si personne n’arrive, au bout de combien de minutes"),
        null=True,
        blank=True,
        validators=[
            MinValueValidator(SHORTEST_WAIT_MINUTES),
            MaxValueValidator(LONGEST_WAIT_MINUTES),
        ],
        help_text=_(
            "Vide : jamais. On dit son arrivée par le code affiché sur place, ou au comptoir. Une"
            " réservation de plusieurs jours n’est jamais rendue."
        ),
    )
    # In the address of the code at the desk: whoever reads it has been there.
    arrival_secret = models.CharField(
        _("secret du code d’arrivée"),
        max_length=36,
        editable=False,
        db_default=Cast(RandomUUID(), models.CharField()),
    )

    audience = models.ManyToManyField(
        RightsGroup,
        related_name="spaces",
        blank=True,
        verbose_name=_("réservé aux groupes"),
        help_text=_("Aucun : à tous."),
    )

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("espace")
        verbose_name_plural = _("espaces")
        ordering = ["telecentre", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["telecentre", "name"],
                name="space_name_once_per_telecentre",
                violation_error_message=_("Un espace porte déjà ce nom ici."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="space_holds_someone",
                violation_error_message=_("Un espace a au moins une place."),
            ),
            models.CheckConstraint(
                condition=Q(buffer_before__lte=BUFFER_MINUTES, buffer_after__lte=BUFFER_MINUTES),
                name="space_buffers_within_a_day",
                violation_error_message=_("Un battement dure un jour au plus."),
            ),
            models.CheckConstraint(
                condition=Q(horizon__lte=LONGEST_HORIZON),
                name="space_horizon_within_two_years",
                violation_error_message=_("On réserve deux ans à l’avance au plus."),
            ),
            models.CheckConstraint(
                condition=Q(release_after=None)
                | Q(release_after__range=(SHORTEST_WAIT_MINUTES, LONGEST_WAIT_MINUTES)),
                name="space_waits_a_while",
                violation_error_message=_("On attend quelqu’un de 5 à 240 minutes."),
            ),
            models.UniqueConstraint(
                fields=["arrival_secret"],
                name="space_of_one_secret",
                violation_error_message=_("Ce code est déjà celui d’un autre espace."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def equipment_list(self) -> list[str]:
        return lines(self.equipment)

    def has(self, equipment: Iterable[str]) -> bool:
        """Whether all of it is there; capitals apart."""
        here = {word.casefold() for word in self.equipment_list}
        return here.issuperset(word.casefold() for word in equipment)

    @property
    def is_bookable(self) -> bool:
        return bool(self.units)

    @property
    def before(self) -> timedelta:
        return timedelta(minutes=self.buffer_before)

    @property
    def after(self) -> timedelta:
        return timedelta(minutes=self.buffer_after)
