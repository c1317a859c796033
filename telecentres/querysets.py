from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db import models
from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from telecentres.enums import (
    BookingState,
    PointPrecision,
    SpaceKind,
    TelecentreState,
    WaitState,
)
from territoires.querysets import LEAST_LIKENESS, long_words, plain
from territoires.scoping import Anyone, ProgrammeRows, Reach, ScopedQuerySet

if TYPE_CHECKING:
    from telecentres.models import (  # noqa: F401
        Booking,
        Enrolment,
        Extra,
        Pack,
        RightsGroup,
        Space,
        Telecentre,
        VisitorHold,
        Wait,
    )
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
# How late a space that was waited for may still be given back.
GIVEN_UP_WITHIN = timedelta(minutes=15)


class TelecentreQuerySet(ProgrammeRows["Telecentre"]):
    def within(self, reach: Reach) -> Q:
        return super().within(reach) | Q(pk__in=reach.keys("telecentre"))

    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        """Open places, and planned ones, which show as such."""
        return self.filter(state__in=TelecentreState.public())

    def open(self) -> Self:
        return self.filter(state=TelecentreState.OPEN)

    def own(self) -> Self:
        """The territory's: those of neighbours are shown, and count among nobody's figures."""
        return self.filter(is_neighbour=False)

    def bookable(self) -> Self:
        return self.open().filter(takes_bookings=True)

    def without_hours(self) -> Self:
        """Open places whose opening hours nobody wrote down."""
        return self.open().filter(opening_hours=None)

    def placed_roughly(self) -> Self:
        """Open places shown at their commune's centre, for want of an address."""
        return self.open().filter(point_precision=PointPrecision.COMMUNE)

    def matching(self, text: str) -> Self:
        return self.filter(
            words=SearchQuery(text, config="french_unaccent", search_type="websearch")
        )

    def resembling(self, text: str) -> Self:
        """Each word, typos allowed, is in the name, the commune's name or the sheet; best first."""
        words = long_words(text)
        if not words:
            return self.none()
        title = Concat("name", Value(" "), "commune__name", output_field=models.TextField())
        rows = self.annotate(
            title=Func(title, function="plain_text", output_field=models.TextField()),
            likeness=Value(0.0),
        )
        for word in words:
            said = SearchQuery(word, config="french_unaccent")
            rows = (
                rows.alias(of_word=TrigramWordSimilarity(plain(word), "title"))
                .filter(Q(of_word__gte=LEAST_LIKENESS) | Q(words=said))
                .annotate(likeness=F("likeness") + F("of_word"))
            )
        return rows.order_by("-likeness", "name", "pk")

    def with_silhouette(self) -> Self:
        """Annotates `silhouette`, the path of the commune's emblem; None without a contour."""
        return self.annotate(silhouette=F("commune__contour__silhouette"))

    def nearest_to(self, point: Point) -> Self:
        """The nearest first, in a straight line; annotates `distance`."""
        return self.annotate(distance=Distance("point", point)).order_by("distance", "name", "pk")

    def with_space_counts(self) -> Self:
        """Annotates `desks` and `rooms`: places to work, and rooms to meet in."""
        desks = Q(spaces__kind__in=[SpaceKind.DESK, SpaceKind.OFFICE])
        rooms = Q(spaces__kind__in=[SpaceKind.MEETING_ROOM, SpaceKind.VIDEO_POINT])
        return self.annotate(
            desks=Count("spaces", filter=desks), rooms=Count("spaces", filter=rooms)
        )


class OfTelecentre(ScopedQuerySet[Row]):
    """Rows of a place: the team of its territory or programme sees them, and its manager."""

    def within(self, reach: Reach) -> Q:
        return (
            Q(telecentre__territory__in=reach.keys("territory"))
            | Q(telecentre__programme__in=reach.keys("programme"))
            | Q(telecentre__in=reach.keys("telecentre"))
        )


class SpaceQuerySet(OfTelecentre["Space"]):
    def bookable(self) -> Self:
        """Those that are let for some length of time."""
        return self.exclude(units=[])

    def in_reading_order(self) -> Self:
        """By kind, then by name as one reads it: 9 comes before 10."""
        kinds = (When(kind=kind, then=rank) for rank, kind in enumerate(SpaceKind))
        return self.order_by(Case(*kinds), "name", "pk")

    def smallest_first(self) -> Self:
        """The order in which interchangeable spaces are taken: the large ones are kept."""
        return self.order_by("capacity", "name", "pk")


class ExtraQuerySet(models.QuerySet["Extra"]):
    def offered(self) -> Self:
        return self.filter(is_offered=True)

    def going_with(self, kind: str) -> Self:
        """Those that one may take with a space of that kind."""
        return self.filter(Q(kinds=[]) | Q(kinds__contains=[kind]))


class RightsGroupQuerySet(ScopedQuerySet["RightsGroup"]):
    def within(self, reach: Reach) -> Q:
        """A manager chooses among those of the territories where their places stand."""
        theirs = Q(territory__telecentres__in=reach.keys("telecentre"))
        mine = self.model._default_manager.filter(theirs)  # noqa: SLF001  (documented)
        return super().within(reach) | Q(pk__in=mine.values("pk"))


class TermsQuerySet(models.QuerySet[Row]):
    def told(self, user: Anyone | None, first: date, last: date, *columns: str) -> list[Any]:
        """What is said to everyone, and to the groups that someone is of on some of these days.

        The columns, then from which day until which it is said to them: None, without a bound.
        """
        said = Q(group=None)
        if user is not None and user.pk:
            endless = Q(group__members__ends_on=None) | Q(group__members__ends_on__gte=first)
            said |= endless & Q(group__members__user=user.pk, group__members__starts_on__lte=last)
        days = ("group__members__starts_on", "group__members__ends_on")
        return list(self.filter(said).values_list(*columns, *days))


class PackQuerySet(OfTelecentre["Pack"]):
    def valid_on(self, day: date) -> Self:
        return self.exclude(expires_on__lt=day)

    def with_left(self) -> Self:
        """Annotates `left`, the half-days that no booking uses."""
        return self.annotate(left=_left_in_pack(None))

    def to_use(
        self, besides: "Booking | None" = None
    ) -> "models.QuerySet[Pack, tuple[int, int, date | None]]":
        """The key of each pack, what is left in it and its last day; what ends first comes first.

        What the booking `besides` uses counts as left.
        """
        ends_first = F("expires_on").asc(nulls_last=True)
        rows = self.annotate(left=_left_in_pack(besides)).filter(left__gt=0)
        return rows.order_by(ends_first, "sold_on", "pk").values_list("pk", "left", "expires_on")


def _left_in_pack(besides: "Booking | None") -> models.expressions.Combinable:
    unused = Q(lines__booking__state__in=BookingState.given_back())
    if besides:
        unused |= Q(lines__booking=besides)
    return F("half_days") - Coalesce(Sum("lines__quantity", filter=~unused), 0)


class EnrolmentQuerySet(ProgrammeRows["Enrolment"]):
    def on(self, day: date) -> Self:
        """Those who are of the network on a day."""
        return self.filter(enrolled_on__lte=day).exclude(left_on__lte=day)

    def hosted(self, start: datetime, end: datetime) -> Self:
        """Those who came to a place of their programme from one moment until before another.

        Who came is an account that booked there: whoever walks in without one is counted apart.
        """
        return self.filter(
            user__bookings__state=BookingState.CONFIRMED,
            user__bookings__space__telecentre__programme=F("programme"),
            user__bookings__period__startswith__gte=start,
            user__bookings__period__startswith__lt=end,
        ).distinct()


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
