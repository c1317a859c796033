from typing import TYPE_CHECKING, Self, TypeVar

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db import models
from django.db.models import Case, Count, F, Func, Model, Q, Value, When
from django.db.models.functions import Concat

from telecentres.enums import PointPrecision, SpaceKind, TelecentreState
from territoires.querysets import LEAST_LIKENESS, french_query, long_words, plain
from territoires.scoping import ProgrammeRows, Reach, ScopedQuerySet

if TYPE_CHECKING:
    from telecentres.models import Extra, Space, Telecentre  # noqa: F401
    from territoires.models import Territory

Row = TypeVar("Row", bound=Model)


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
        return self.filter(words=french_query(text))

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
        """Annotates `desks`, `rooms` to meet in, and how many may be booked (`bookable_spaces`)."""
        desks = Q(spaces__kind__in=[SpaceKind.DESK, SpaceKind.OFFICE])
        rooms = Q(spaces__kind__in=[SpaceKind.MEETING_ROOM, SpaceKind.VIDEO_POINT])
        return self.annotate(
            desks=Count("spaces", filter=desks),
            rooms=Count("spaces", filter=rooms),
            bookable_spaces=Count("spaces", filter=~Q(spaces__units=[])),
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
