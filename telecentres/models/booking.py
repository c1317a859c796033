"""Who uses which space, and when: the one thing that must never be wrong."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from telecentres.enums import BookingAct, BookingOrigin, BookingState
from telecentres.models.space import Space
from telecentres.querysets import COMES_EARLY, LONGEST, BookingQuerySet
from territoires.models import Territory

# From one moment until before another.
BOUNDED = Q(
    period__isempty=False,
    period__lower_inf=False,
    period__upper_inf=False,
    period__lower_inc=True,
    period__upper_inc=False,
)


class Booking(models.Model):
    """One space held for one period.

    Several desks for a team, the same morning every week, are as many bookings: of one series.
    """

    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="bookings", verbose_name=_("territoire")
    )
    space = models.ForeignKey(
        Space, models.PROTECT, related_name="bookings", verbose_name=_("espace")
    )
    # None: a period that the manager blocked, or an account deleted since.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="bookings",
        null=True,
        blank=True,
        # `booking_of_holder` serves.
        db_index=False,
        verbose_name=_("titulaire"),
    )
    reference = models.CharField(_("référence"), max_length=20, unique=True, editable=False)
    period = DateTimeRangeField(_("période"), help_text=_("La fin n’en fait pas partie."))
    # The period and the space's buffers, as they were when it was booked.
    occupied = DateTimeRangeField(_("période occupée"), editable=False)
    # What it occupies is longer than SHORT.
    is_long = models.GeneratedField(
        expression=Func(
            "occupied",
            template="(upper(%(expressions)s) - lower(%(expressions)s) > interval '14 hours')",
            output_field=models.BooleanField(),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("longue"),
    )
    people = models.PositiveSmallIntegerField(_("personnes"), default=1)
    state = models.CharField(
        _("état"), max_length=10, choices=BookingState, default=BookingState.CONFIRMED
    )
    origin = models.CharField(
        _("réservé par"), max_length=8, choices=BookingOrigin, default=BookingOrigin.SITE
    )
    note = models.CharField(_("précision"), max_length=300, blank=True)
    # What was booked with it, in one go: other dates, other spaces. None when it was alone.
    series = models.UUIDField(_("série"), null=True, blank=True, editable=False)
    answer_before = models.DateTimeField(_("réponse attendue avant le"), null=True, blank=True)
    # The sum of its lines; None where nothing says what it costs.
    price = models.DecimalField(
        _("prix (€)"), max_digits=8, decimal_places=2, null=True, blank=True, editable=False
    )
    vat_rate = models.DecimalField(
        _("TVA (%)"), max_digits=4, decimal_places=2, null=True, blank=True, editable=False
    )
    # Of the calendar entry: each change that its holder is told adds one.
    sequence = models.PositiveSmallIntegerField(_("version"), default=0, editable=False)
    booked_at = models.DateTimeField(_("réservé le"), default=timezone.now, editable=False)
    checked_in_at = models.DateTimeField(_("arrivé à"), null=True, blank=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("réservation")
        verbose_name_plural = _("réservations")
        ordering = ["-booked_at", "-pk"]
        indexes = [
            # Lookups: what touches a day or a week, from its first possible beginning on. The few
            # long ones apart: else every search would read three months of short ones. With all
            # that a search of free spaces reads: the table itself is left alone.
            models.Index(
                Lower("occupied"),
                "space",
                name="booking_beginning",
                include=["occupied"],
                condition=Q(state__in=BookingState.holding(), is_long=False),
            ),
            models.Index(
                Lower("occupied"),
                "space",
                name="booking_long_beginning",
                include=["occupied"],
                condition=Q(state__in=BookingState.holding(), is_long=True),
            ),
            models.Index(fields=["holder", "-booked_at"], name="booking_of_holder"),
            models.Index(
                fields=["series"],
                name="booking_of_series",
                condition=Q(series__isnull=False),
            ),
            models.Index(
                fields=["answer_before"],
                name="booking_to_answer",
                condition=Q(state__in=BookingState.awaiting()),
            ),
        ]
        constraints = [
            # Lookups: `space = … AND occupied && …`, in the states that hold.
            ExclusionConstraint(
                name="booking_alone_in_its_space",
                expressions=[
                    ("space", RangeOperators.EQUAL),
                    ("occupied", RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=BookingState.holding()),
                violation_error_message=_("Cet espace est déjà pris à ce moment-là."),
            ),
            models.CheckConstraint(
                condition=BOUNDED,
                name="booking_begins_and_ends",
                violation_error_message=_("Une réservation a un début, et une fin après lui."),
            ),
            models.CheckConstraint(
                condition=Q(period__contained_by=F("occupied")),
                name="booking_within_what_it_occupies",
                violation_error_message=_("La période occupée contient la période réservée."),
            ),
            models.CheckConstraint(
                condition=Q(
                    period__endswith__lte=Func(
                        Lower("period"),
                        # In hours: a day has 23 to 25 of them where the session's clock changes.
                        template=f"(%(expressions)s + interval '{LONGEST.days * 24} hours')",
                        output_field=models.DateTimeField(),
                    )
                ),
                name="booking_within_a_quarter",
                violation_error_message=_("Une réservation dure trois mois au plus."),
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="booking_for_someone",
                violation_error_message=_("Une réservation est pour une personne au moins."),
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0),
                name="booking_price_not_negative",
                violation_error_message=_("Un prix ne peut pas être négatif."),
            ),
            models.CheckConstraint(
                condition=(~Q(state__in=BookingState.awaiting()) | Q(answer_before__isnull=False)),
                name="booking_request_has_deadline",
                violation_error_message=_(
                    "Une demande ou une proposition attend une réponse avant une date."
                ),
            ),
            models.CheckConstraint(
                # One may leave early, and give the rest back.
                condition=Q(checked_in_at=None)
                | Q(state__in=[BookingState.CONFIRMED, BookingState.CANCELLED]),
                name="booking_come_to_was_confirmed",
                violation_error_message=_("On n’arrive qu’à une réservation confirmée."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def holds(self) -> bool:
        """Whether it keeps everyone else out of its space."""
        return self.state in BookingState.holding()

    def may_be_answered(self, now: datetime) -> bool:
        """Whether it still waits for an answer, of the manager or of whom it is offered to."""
        if self.state not in BookingState.awaiting() or self.answer_before is None:
            return False
        return now < self.answer_before

    @property
    def awaits_visitor(self) -> bool:
        """Whether it is held for someone who has yet to confirm it from their mailbox."""
        return self.state == BookingState.OFFERED and self.origin == BookingOrigin.VISITOR

    @property
    def who(self) -> str:
        """Who comes, as one calls them at the counter; a name that was only typed is nobody's."""
        if self.awaits_visitor:
            return _said("à confirmer par e-mail")
        return str(self.holder) if self.holder else self.note or self.reference

    def has_ended(self, now: datetime) -> bool:
        ended: bool = self.period.upper <= now
        return ended

    def waits_for_answer(self, now: datetime) -> bool:
        """A request whose deadline has not passed."""
        return self.state == BookingState.REQUESTED and self.may_be_answered(now)

    def has_begun(self, now: datetime) -> bool:
        begun: bool = self.period.lower <= now
        return begun

    def is_current(self, now: datetime) -> bool:
        """Whether one may come to it now: see `BookingQuerySet.current`."""
        begins_soon: bool = self.period.lower <= now + COMES_EARLY
        is_confirmed = self.state == BookingState.CONFIRMED
        return is_confirmed and begins_soon and not self.has_ended(now)


class BookingChange(models.Model):
    """What happened to a booking, in the words of its own table: acts write it, nobody edits it."""

    booking = models.ForeignKey(
        Booking, models.CASCADE, related_name="changes", verbose_name=_("réservation")
    )
    act = models.CharField(_("ce qui s’est passé"), max_length=10, choices=BookingAct)
    at = models.DateTimeField(_("le"), default=timezone.now)
    # None: the platform itself, or an account deleted since.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("par"),
    )
    # What the booking held until a move.
    former_space = models.ForeignKey(
        Space,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("auparavant"),
    )
    former_period = DateTimeRangeField(_("période d’avant"), null=True, blank=True)
    reason = models.CharField(_("raison"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("histoire d’une réservation")
        verbose_name_plural = _("histoire des réservations")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.booking} – {self.get_act_display()}"
