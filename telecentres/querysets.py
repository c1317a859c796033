from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db import models
from django.db.models import Count, F, Func, Q, Value
from django.db.models.functions import Concat

from telecentres.enums import PointPrecision, SpaceKind, TelecentreState
from territoires.querysets import LEAST_LIKENESS, long_words, plain
from territoires.scoping import ProgrammeRows, Reach

if TYPE_CHECKING:
    from telecentres.models import Telecentre  # noqa: F401
    from territoires.models import Territory


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

    def with_space_counts(self) -> Self:
        """Annotates `desks` and `rooms`: places to work, and rooms to meet in."""
        desks = Q(spaces__kind__in=[SpaceKind.DESK, SpaceKind.OFFICE])
        rooms = Q(spaces__kind__in=[SpaceKind.MEETING_ROOM, SpaceKind.VIDEO_POINT])
        return self.annotate(
            desks=Count("spaces", filter=desks), rooms=Count("spaces", filter=rooms)
        )
