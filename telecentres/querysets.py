from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db import models
from django.db.models import Count, F, Func, Q, Value
from django.db.models.functions import Concat

from telecentres.enums import BookingState, PointPrecision, SpaceKind, TelecentreState
from territoires.querysets import LEAST_LIKENESS, long_words, plain
from territoires.scoping import Anyone, ProgrammeRows, Reach, ScopedQuerySet

if TYPE_CHECKING:
    from telecentres.models import Booking, Space, Telecentre  # noqa: F401
    from territoires.models import Territory

# Of a booking that is not called long, buffers included: a day of work, however early it begins.
# The shorter it is, the fewer bookings are read that ended before what one looks at.
SHORT = timedelta(hours=14)
# Of any booking. A quarter: an office is let by the month, and renewed.
LONGEST = timedelta(days=93)
# Around a booking: nobody tidies for longer.
LONGEST_BUFFER = timedelta(days=1)


def _touching(start: datetime, end: datetime) -> tuple[Q, Q]:
    """Bounded on the side of their beginning, for the two indexes that hold it: no booking is
    longer than LONGEST, no buffer longer than LONGEST_BUFFER."""
    touches = Q(occupied__startswith__lt=end, occupied__overlap=(start, end))
    longest = LONGEST + 2 * LONGEST_BUFFER
    return (
        Q(touches, is_long=False, occupied__startswith__gt=start - SHORT),
        Q(touches, is_long=True, occupied__startswith__gt=start - longest),
    )


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


class SpaceQuerySet(ScopedQuerySet["Space"]):
    def within(self, reach: Reach) -> Q:
        return (
            Q(telecentre__territory__in=reach.keys("territory"))
            | Q(telecentre__programme__in=reach.keys("programme"))
            | Q(telecentre__in=reach.keys("telecentre"))
        )

    def bookable(self) -> Self:
        """Those that are let for some length of time."""
        return self.exclude(units=[])

    def smallest_first(self) -> Self:
        """The order in which interchangeable spaces are taken: the large ones are kept."""
        return self.order_by("capacity", "name", "pk")


class BookingQuerySet(ScopedQuerySet["Booking"]):
    def within(self, reach: Reach) -> Q:
        return super().within(reach) | Q(space__telecentre__in=reach.keys("telecentre"))

    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territory=territory)

    def holding(self) -> Self:
        """Those that keep everyone else out of their space."""
        return self.filter(state__in=BookingState.holding())

    def touching(self, start: datetime, end: datetime) -> Self:
        """Those that hold a part of this time, buffers included."""
        short, long = _touching(start, end)
        return self.holding().filter(short | long)

    def touching_apart(self, start: datetime, end: datetime) -> tuple[Self, Self]:
        """The same, the short ones and the long ones: read one after the other, each by its index
        and without the table."""
        short, long = _touching(start, end)
        return self.holding().filter(short), self.holding().filter(long)

    def of_someone(self) -> Self:
        """Those of a holder who means to come."""
        return self.filter(state__in=BookingState.of_someone())

    def held_by(self, user: Anyone) -> Self:
        """Nobody's, for a visitor without account."""
        return self.filter(holder=user.pk) if user.pk else self.none()

    def to_come(self, now: datetime) -> Self:
        """Those that have not ended."""
        return self.filter(period__endswith__gt=now)

    def to_answer(self) -> Self:
        return self.filter(state=BookingState.REQUESTED)

    def overdue(self, now: datetime) -> Self:
        """Requests that nobody answered in time."""
        return self.to_answer().filter(answer_before__lte=now)

    def with_all_told(self) -> Self:
        """With all that a page or a mail says of a booking."""
        return self.select_related("space__telecentre__commune", "territory", "holder").defer(
            "space__telecentre__words", "space__telecentre__commune__centre"
        )
