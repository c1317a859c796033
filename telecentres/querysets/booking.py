from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from telecentres.enums import BookingState, WaitState
from territoires.scoping import Anyone, Reach, ScopedQuerySet

if TYPE_CHECKING:
    from telecentres.models import Booking, VisitorHold, Wait  # noqa: F401
    from territoires.models import Territory

Row = TypeVar("Row", bound=Model)

# Of a booking that is not called long, buffers included: a day of work, however early it begins.
# The shorter it is, the fewer bookings are read that ended before what one looks at.
SHORT = timedelta(hours=14)
# Of any booking. A quarter: an office is let by the month, and renewed.
LONGEST = timedelta(days=93)
# Around a booking: nobody tidies for longer.
LONGEST_BUFFER = timedelta(days=1)
# How long before a booking begins one may say that one has come.
COMES_EARLY = timedelta(minutes=15)
# How long a space waits for someone, at the most.
LONGEST_WAIT = timedelta(hours=4)
# How long before a booking begins its holder is reminded of it.
REMINDED_BEFORE = timedelta(hours=24)
# Not of what they were told of less long before: they have it in mind.
KNOWN_SINCE = timedelta(hours=48)
# How late a space that was waited for may still be given back.
GIVEN_UP_WITHIN = timedelta(minutes=15)


class HeldRows(ScopedQuerySet[Row]):
    """Rows of a territory that each belong to whoever made them."""

    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territory=territory)

    def held_by(self, user: Anyone) -> Self:
        """Nobody's, for a visitor without account."""
        return self.filter(holder=user.pk) if user.pk else self.none()


class BookingQuerySet(HeldRows["Booking"]):
    def within(self, reach: Reach) -> Q:
        return super().within(reach) | Q(space__telecentre__in=reach.keys("telecentre"))

    def holding(self) -> Self:
        """Those that keep everyone else out of their space."""
        return self.filter(state__in=BookingState.holding())

    def touching(self, start: datetime, end: datetime) -> Self:
        """Those that hold a part of this time, buffers included.

        Bounded on the side of their beginning, for the two indexes that hold it: no booking is
        longer than LONGEST, no buffer longer than LONGEST_BUFFER.
        """
        touches = Q(occupied__startswith__lt=end, occupied__overlap=(start, end))
        longest = LONGEST + 2 * LONGEST_BUFFER
        short = Q(is_long=False, occupied__startswith__gt=start - SHORT)
        long = Q(is_long=True, occupied__startswith__gt=start - longest)
        return self.holding().filter(touches & short | touches & long)

    def of_someone(self) -> Self:
        """Those of a holder who means to come."""
        return self.filter(state__in=BookingState.of_someone())

    def used(self) -> Self:
        """Those that were not given back: they count, and are due."""
        return self.exclude(state__in=BookingState.given_back())

    def promised(self) -> Self:
        """Those kept for someone, who may not have said yes yet."""
        return self.filter(state__in=BookingState.promised())

    def offers_first(self) -> Self:
        """What one must answer, then what comes soonest."""
        return self.order_by(
            Case(When(state=BookingState.OFFERED, then=0), default=1), "period", "pk"
        )

    def to_come(self, now: datetime) -> Self:
        """Those that have not ended."""
        return self.filter(period__endswith__gt=now)

    def latest_first(self) -> Self:
        """By the day that they are for."""
        return self.order_by("-period__startswith", "-pk")

    def to_answer(self) -> Self:
        return self.filter(state=BookingState.REQUESTED)

    def of_series(self, booking: "Booking") -> Self:
        """Those of its series, the soonest first; itself, where it was booked alone."""
        series = Q(series=booking.series) if booking.series else Q(pk=booking.pk)
        return self.filter(series).order_by("period", "pk")

    def following(self, booking: "Booking") -> Self:
        """It and those of its series that begin then or later, that someone means to come to."""
        return (
            self.of_series(booking)
            .of_someone()
            .filter(period__startswith__gte=booking.period.lower)
        )

    def with_series_dates(self) -> Self:
        """Annotates `series_dates`: for how many dates their series is kept; 0, for one alone."""
        same = self.model._default_manager.filter(series=OuterRef("series"))  # noqa: SLF001
        dates = same.filter(state__in=BookingState.promised()).order_by().values("series")
        count = dates.annotate(count=Count("period", distinct=True)).values("count")
        return self.annotate(series_dates=Coalesce(Subquery(count), 0))

    def overdue(self, now: datetime) -> Self:
        """Requests and offers that nobody answered in time."""
        return self.filter(state__in=BookingState.awaiting(), answer_before__lte=now)

    def at_hand(self, now: datetime) -> Self:
        """From a little before they begin until their end."""
        return self.filter(period__startswith__lte=now + COMES_EARLY, period__endswith__gt=now)

    def current(self, now: datetime) -> Self:
        """Those that one may come to."""
        return self.at_hand(now).filter(state=BookingState.CONFIRMED)

    def unclaimed(self, now: datetime) -> Self:
        """Those that nobody came to while they were waited for, where the space says how long.

        Never one of several days, whose holder need not be there in its first minutes; nor one
        that was waited for long ago: the option was just switched on, or the platform slept, and
        nothing was asked of whoever works there.
        """
        waited = Func(
            F("space__release_after"),
            template="make_interval(mins => %(expressions)s)",
            output_field=models.DurationField(),
        )
        given_up_at = ExpressionWrapper(
            F("period__startswith") + waited, output_field=models.DateTimeField()
        )
        return (
            self.current(now)
            .alias(given_up_at=given_up_at)
            .filter(
                is_long=False,
                checked_in_at=None,
                # For the index, which knows nothing of buffers nor of how long each is waited for.
                occupied__startswith__gt=now - LONGEST_WAIT - GIVEN_UP_WITHIN - LONGEST_BUFFER,
                occupied__startswith__lte=now,
                given_up_at__lte=now,
                given_up_at__gt=now - GIVEN_UP_WITHIN,
            )
        )

    def to_remind(self, now: datetime) -> Self:
        """Those of tomorrow that their holder was last told of two days before, or earlier."""
        told = self.model._default_manager.filter(  # noqa: SLF001  (documented)
            pk=OuterRef("pk"), changes__at__gt=OuterRef("period__startswith") - KNOWN_SINCE
        )
        return self.filter(
            ~Exists(told),
            state=BookingState.CONFIRMED,
            holder__is_active=True,
            holder__wants_reminders=True,
            booked_at__lte=F("period__startswith") - KNOWN_SINCE,
            period__startswith__gt=now,
            period__startswith__lte=now + REMINDED_BEFORE,
            # For the indexes, which know nothing of buffers.
            occupied__startswith__gt=now - LONGEST_BUFFER,
            occupied__startswith__lte=now + REMINDED_BEFORE,
        )

    def with_all_told(self) -> Self:
        """With all that a page or a mail says of a booking."""
        return self.select_related("space__telecentre__commune", "territory", "holder").defer(
            "space__telecentre__words", "space__telecentre__commune__centre"
        )


class VisitorHoldQuerySet(models.QuerySet["VisitorHold"]):
    def running(self, now: datetime) -> Self:
        """Those that may still be confirmed."""
        return self.filter(booking__state=BookingState.OFFERED, booking__answer_before__gt=now)


class WaitQuerySet(HeldRows["Wait"]):
    def within(self, reach: Reach) -> Q:
        return super().within(reach) | Q(telecentre__in=reach.keys("telecentre"))

    def open(self) -> Self:
        """Those of whoever still hopes for a place."""
        return self.filter(state__in=WaitState.open())

    def in_line(self, now: datetime | None = None) -> Self:
        """Those that may still be offered a place, the first come first.

        Their keys are drawn under the lock of the place: they follow the order of arrival, as no
        clock would. What has begun is out of the line by itself.
        """
        waiting = self.filter(state=WaitState.WAITING, holder__is_active=True)
        return waiting.filter(period__startswith__gt=now or timezone.now()).order_by("pk")

    def with_all_told(self) -> Self:
        """With all that a page says of a wait."""
        return self.select_related("telecentre", "holder").defer("telecentre__words")

    def with_place(self, now: datetime) -> Self:
        """Annotates `place`: 1 for the first of those who want the same kind at such a time."""
        before = self.model._default_manager.all().in_line(now)  # noqa: SLF001  (documented)
        rivals = before.order_by().filter(
            telecentre=OuterRef("telecentre"),
            kind=OuterRef("kind"),
            period__overlap=OuterRef("period"),
            pk__lt=OuterRef("pk"),
        )
        count = rivals.values("telecentre").annotate(count=Count("pk")).values("count")
        return self.annotate(place=Coalesce(Subquery(count), 0) + 1)
