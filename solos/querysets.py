from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVectorExact,
    SearchVectorField,
    TrigramWordSimilarity,
)
from django.db import models
from django.db.models import Case, Count, F, Func, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat, RowNumber
from django.utils import timezone

from solos.enums import PublicField, ReviewStep, SoloState
from territoires.querysets import LEAST_LIKENESS, french_query, long_words, plain
from territoires.scoping import ProgrammeRows, ScopedQuerySet

if TYPE_CHECKING:
    from solos.models import CountedSearch, PossibleDouble, SavedSearch, Solo  # noqa: F401
    from territoires.models import Territory

# A search puts so many in order: of more, the list says "500+" and ranks the likeliest.
MOST_RANKED = 500
# What stands before a word not wanted.
NOT_WANTED = "-"
KEY = models.BigIntegerField()
# What a word found in the trade adds to the rank, as much as one found in the name.
OF_TRADE = 0.6


@dataclass(frozen=True)
class Searched:
    """Where a text is looked for, and the consents that it follows."""

    words: str
    agreed: str

    def query(self, text: str) -> SearchQuery:
        return french_query(text)

    def in_trade(self, text: str) -> Q:
        """The few trades are looked for first: a join would read every solo."""
        trades = apps.get_model("solos", "Trade").objects.filter(words=self.query(text))
        found = IsAnyOf(F("trade_id"), ArraySubquery(trades.order_by().values("pk")))
        return Q(found, **{f"{self.agreed}__contains": [PublicField.TRADE]})

    def in_short_words(self, text: str) -> Q:
        """In the name or the skills.

        A word not wanted is looked for in the whole text, row by row: the index of the whole text
        would first gather everyone who says the words wanted.
        """
        short = Q(SearchVectorExact(short_words(self.words), self.query(text)))
        if NOT_WANTED not in text:
            return short
        unindexed = Coalesce(F(self.words), Value(""), output_field=SearchVectorField())
        return short & Q(SearchVectorExact(unindexed, self.query(text)))

    def in_words(self, text: str) -> Q:
        return Q(**{self.words: self.query(text)})


PUBLIC = Searched("public_words", "published_fields")
OPEN = Searched("open_words", "open_fields")


def short_words(words: str) -> Func:
    """Of the words of a column, those of the name and the skills: an index holds them."""
    template = "ts_filter(%(expressions)s, '{a,b}')"
    return Func(F(words), template=template, output_field=SearchVectorField())


class KeyArrayField(ArrayField):  # type: ignore[type-arg]
    """Of keys that the database gave: there is nothing to prepare in them, one by one."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: Any = None) -> Any:
        return value


KEYS = KeyArrayField(KEY)


class IsAnyOf(Func):
    """`column = ANY (array)`: one parameter for all keys, and the index of the column serves."""

    arg_joiner = " = ANY ("
    template = "%(expressions)s)"
    output_field = models.BooleanField()


class FirstKeys(ArraySubquery):
    """As many keys of a query as a search ranks, and one: it tells that there are more."""

    template = "ARRAY(%(subquery)s LIMIT %(most)s)"

    def __init__(self, rows: models.QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk"), most=MOST_RANKED + 1)


class OtherKeys(FirstKeys):
    """As many as lack to the keys of `LikeliestKeys`, within which it stands."""

    template = "ARRAY(%(subquery)s LIMIT %(most)s - cardinality(likely.keys))"

    def __init__(self, rows: models.QuerySet[Any]) -> None:
        super().__init__(rows.exclude(IsAnyOf(F("pk"), RawSQL("likely.keys", []))))


class LikeliestKeys(Func):
    """Of `OtherKeys` and `FirstKeys`: the first ones, filled up with the others.

    The first are looked for only once: they stand in a subquery that PostgreSQL may not unfold.
    """

    output_field = KEYS
    arity = 2
    arg_joiner = " FROM (SELECT "
    template = "(SELECT likely.keys || %(expressions)s AS keys OFFSET 0) AS likely)"


# Between two mails of one alert.
WEEK = timedelta(days=7)
# Of a search asked less often, the words might be somebody's: nobody reads it.
LEAST_ASKED = 3
# Asked so often in a month and found by nobody: what the directory lacks.
OFTEN_ASKED = 10


class SoloQuerySet(ProgrammeRows["Solo"]):
    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territory=territory)

    def published(self) -> Self:
        """Those in the public directory: published, and their name with their consent."""
        return self.filter(state=SoloState.PUBLISHED, published_fields__contains=[PublicField.NAME])

    def showing(self, field: PublicField) -> Self:
        """Those who agreed to show `field`: a filter on a field must never reveal it otherwise."""
        return self.filter(published_fields__contains=[field])

    def submitted(self) -> Self:
        """Those who ask to be published, and wait for the agency to read them."""
        return self.filter(submitted_at__isnull=False)

    def to_read(self) -> Self:
        """Those who wait for the agency to publish them, or whose changes it has not read yet."""
        proposed = Q(proposed_edit__isnull=False, proposed_edit__refused_at=None)
        return self.filter(Q(submitted_at__isnull=False) | proposed | Q(unread_edit__isnull=False))

    def silent(self) -> Self:
        """Those who let their page fade or leave the directory: a telephone call is due."""
        return self.filter(review_step__in=[ReviewStep.FADED, ReviewStep.HIDDEN, ReviewStep.WARNED])

    def in_open_data(self) -> Self:
        """Those whom the API may name: in the directory, and agreed that their name be open."""
        return self.published().opening(PublicField.NAME)

    def opening(self, field: PublicField) -> Self:
        """Those who agreed that `field` be open data."""
        return self.filter(open_fields__contains=[field])

    def with_silhouette(self) -> Self:
        """Annotates `silhouette`, the emblem of the commune; None for who keeps it private."""
        return self.annotate(
            silhouette=Case(
                When(
                    published_fields__contains=[PublicField.COMMUNE],
                    then=F("commune__contour__silhouette"),
                ),
                output_field=models.TextField(),
            )
        )

    def as_cards(self) -> Self:
        """All that a card shows, and nothing that only a search reads."""
        cards = self.with_silhouette().select_related("trade", "commune", "photo")
        return cards.defer("public_words", "open_words", "trade__words")

    def saying(self, text: str) -> Self:
        """Full text in French, without accents, over what each solo agreed to show; in no order."""
        return self.filter(PUBLIC.in_words(text) | PUBLIC.in_trade(text))

    def matching(self, text: str) -> Self:
        """The same, best first. The last filter of a search: of very many, not all are ranked."""
        return self._best(text, PUBLIC)

    def matching_in_open_data(self, text: str) -> Self:
        """The same, over what each solo agreed to open."""
        return self._best(text, OPEN)

    def _best(self, text: str, searched: Searched) -> Self:
        """One statement that ranks twice MOST_RANKED at most: a rank reads a whole text.

        Whoever says it in their trade, name or skills ranks first, and is looked for apart; the
        others fill up what is left. Each condition has its index: together, in one `OR`, they
        would have every row read.
        """
        of_trade = searched.in_trade(text)
        said = LikeliestKeys(
            OtherKeys(self.filter(searched.in_words(text))),
            FirstKeys(self.filter(searched.in_short_words(text))),
        )
        keys = Func(FirstKeys(self.filter(of_trade)), said, function="array_cat", output_field=KEYS)
        bonus = Case(When(of_trade, Value(OF_TRADE)), default=Value(0.0))
        rank = SearchRank(F(searched.words), searched.query(text)) + bonus
        found = self.filter(IsAnyOf(F("pk"), keys)).annotate(rank=rank)
        return found.order_by("-rank", "last_name", "pk")

    def in_order_of(self, keys: list[int]) -> Self:
        """Those who have one of these keys, in the order of the keys."""
        given = Value(keys, output_field=KEYS)
        place = Func(given, F("pk"), function="array_position", output_field=KEY)
        return self.filter(IsAnyOf(F("pk"), given)).order_by(place)

    def in_sector_of(self, solo: "Solo") -> Self:
        """Those who show a trade of the same sector as a solo who shows theirs; nearest first."""
        if not solo.shows(PublicField.TRADE) or solo.trade is None:
            return self.none()
        same_trade = Case(When(trade=solo.trade, then=Value(0)), default=Value(1))
        return (
            self.showing(PublicField.TRADE)
            .filter(trade__sector=solo.trade.sector_id)
            .exclude(pk=solo.pk)
            .order_by(same_trade, "last_name", "first_name", "pk")
        )

    def resembling(self, text: str) -> Self:
        """With typos, or words about several things at once ("graphiste foix"); best first.

        Each word must resemble something that the solo agreed to show. No index serves this: it
        reads every row, for when `matching` finds none.
        """
        words = long_words(text)
        if not words:
            return self.none()
        rows = self.annotate(shown_words=_shown_words(), likeness=Value(0.0))
        for word in words:
            said = SearchQuery(word, config="french_unaccent")
            rows = (
                rows.alias(of_word=TrigramWordSimilarity(plain(word), "shown_words"))
                .filter(Q(of_word__gte=LEAST_LIKENESS) | Q(public_words=said))
                .annotate(likeness=F("likeness") + F("of_word"))
            )
        return rows.order_by("-likeness", "last_name", "pk")

    def entered_between(self, first: date, end: date) -> Self:
        """Those who came into the directory for the first time from `first` until before `end`.

        The first come first; annotates `entered_on`. A page hidden for a while is no newcomer.
        """
        changes = apps.get_model("solos", "StateChange")
        entered = (
            changes.objects.filter(solo=OuterRef("pk"), state=SoloState.PUBLISHED)
            .order_by("changed_on", "pk")
            .values("changed_on")[:1]
        )
        return (
            self.annotate(entered_on=Subquery(entered))
            .filter(entered_on__gte=first, entered_on__lt=end)
            .order_by("entered_on", "last_name", "pk")
        )

    def longest_in_state(self, most: int) -> Self:
        """In each state, those who have been there longest, with `since` when."""
        changes = apps.get_model("solos", "StateChange")
        last = changes.objects.filter(solo=OuterRef("pk")).order_by("-changed_on", "-pk")
        place = Window(RowNumber(), partition_by="state", order_by=["since", "pk"])
        return (
            self.annotate(since=Subquery(last.values("changed_on")[:1]), place=place)
            .filter(place__lte=most)
            .order_by("since", "pk")
        )

    def counted_by(self, path: str) -> Any:
        """(value of `path`, known to the programme, in the directory), for each value."""
        return (
            self.filter(state__in=SoloState.known())
            .order_by()
            .values_list(path)
            .annotate(known=Count("pk"), shown=Count("pk", filter=Q(state=SoloState.PUBLISHED)))
        )

    def in_state_on(self, day: date, states: list[SoloState]) -> Self:
        """Those whose state was one of `states` at the end of `day`."""
        changes = apps.get_model("solos", "StateChange")
        last = (
            changes.objects.filter(solo=OuterRef("pk"), changed_on__lte=day)
            .order_by("-changed_on", "-pk")
            .values("state")[:1]
        )
        return self.annotate(state_then=Subquery(last)).filter(state_then__in=states)


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def running(self) -> Self:
        """Asked for and not stopped, whether confirmed or not."""
        return self.filter(stopped_at=None)

    def active(self, day: date) -> Self:
        """Those that may write on `day`."""
        return self.running().filter(confirmed_at__isnull=False, expires_on__gt=day)

    def due(self, day: date) -> Self:
        """Those that have not written for a week."""
        last = day - WEEK
        return self.active(day).filter(Q(last_sent_on=None) | Q(last_sent_on__lte=last))

    def outlived(self, now: datetime, unconfirmed: timedelta, ended: timedelta) -> Self:
        """Those never confirmed, stopped or at their end for so long."""
        return self.filter(
            Q(confirmed_at=None, created_at__lt=now - unconfirmed)
            | Q(stopped_at__lt=now - ended)
            | Q(expires_on__lt=timezone.localdate(now) - ended)
        )


class CountedSearchQuerySet(ScopedQuerySet["CountedSearch"]):
    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territory=territory)

    def shown(self) -> Self:
        """What the agency may read."""
        return self.filter(asked__gte=LEAST_ASKED)

    def unmet(self) -> Self:
        """Asked often this month or the last, and found by nobody."""
        return self.filter(results=0, asked__gte=OFTEN_ASKED, month__gte=last_month())


def last_month(today: date | None = None) -> date:
    """Its first day."""
    this_month = (today or timezone.localdate()).replace(day=1)
    return (this_month - timedelta(days=1)).replace(day=1)


class PossibleDoubleQuerySet(ScopedQuerySet["PossibleDouble"]):
    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territory=territory)

    def of(self, solo: "Solo") -> Self:
        return self.filter(Q(first=solo) | Q(second=solo))

    def open(self) -> Self:
        """Those that nobody has looked into yet; whoever left is no one's double."""
        return self.filter(distinct_at=None).exclude(
            Q(first__state=SoloState.WITHDRAWN) | Q(second__state=SoloState.WITHDRAWN)
        )


def _shown_words() -> Func:
    """The short words of a solo's card, as the public sees it, without accents or capitals."""

    def agreed(field: PublicField, column: str) -> Case:
        shown = When(published_fields__contains=[field], then=F(column))
        return Case(shown, default=Value(""), output_field=models.TextField())

    card = Concat(
        agreed(PublicField.NAME, "first_name"),
        Value(" "),
        agreed(PublicField.NAME, "last_name"),
        Value(" "),
        agreed(PublicField.TRADE_NAME, "trade_name"),
        Value(" "),
        agreed(PublicField.TRADE, "trade__name"),
        Value(" "),
        agreed(PublicField.COMMUNE, "commune__name"),
        output_field=models.TextField(),
    )
    return Func(card, function="plain_text", output_field=models.TextField())
