"""Which rows of territoires: adjectives filter, with_… annotates."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    TrigramSimilarity,
    TrigramWordSimilarity,
)
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.expressions import Func, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from territoires.scoping import ProgrammeRows, Reach, ScopedQuerySet

if TYPE_CHECKING:
    from territoires.models import (  # noqa: F401
        Commune,
        HostVillage,
        Organisation,
        Programme,
        Territory,
    )

Row = TypeVar("Row", bound=models.Model)

__all__ = [
    "CommuneQuerySet",
    "HostVillageQuerySet",
    "OrganisationQuerySet",
    "ProgrammeQuerySet",
    "TerritoryQuerySet",
]


def plain(text: str) -> Any:
    """The database's own accent-free, lower-case form of a text: the one that indexes hold."""
    return Func(Value(text), function="plain_text", output_field=models.TextField())


# From 0 to 1: a word of eight letters may have one wrong, and no index is asked to help.
LEAST_LIKENESS = 0.45


def long_words(text: str) -> list[str]:
    """The words that say something, for a search by likeness: six at most, articles left out."""
    return re.findall(r"[\w’'-]{3,}", text)[:6]


def french_query(text: str) -> SearchQuery:
    """What someone typed in a search box, as the columns of words are searched."""
    return SearchQuery(text, config="french_unaccent", search_type="websearch")


def saying(rows: "models.QuerySet[Row]", text: str) -> "models.QuerySet[Row]":
    """Those whose `words` hold every word of `text`, accents and endings aside; the best first."""
    query = french_query(text)
    found = rows.filter(words=query).defer("words")
    return found.order_by(SearchRank(F("words"), query).desc(), "pk")


class CommuneQuerySet(models.QuerySet["Commune"]):
    def current(self) -> Self:
        return self.filter(ended_on=None)

    def within(self, territory: "Territory") -> Self:
        """The communes of a territory: by department, by EPCI or one by one."""
        return self.filter(
            Q(department__in=territory.departments.all())
            | Q(epci__in=territory.epcis.all())
            | Q(pk__in=territory.communes.all())
        )

    def with_silhouette(self) -> Self:
        """Annotates `silhouette`, the path of the commune's emblem; None without a contour."""
        return self.annotate(silhouette=F("contour__silhouette"))

    def named_like(self, text: str) -> Self:
        """Communes whose name, or a former commune's name, resembles `text`; best first.

        Annotates `likeness`, from 0 to 1, and `former_name`, the former name that was meant.
        """
        wanted = plain(text)
        meant = apps.get_model("territoires", "FormerCommune").objects.filter(
            plain_name__trigram_word_similar=wanted
        )
        here = meant.filter(successor=OuterRef("pk")).annotate(
            likeness=TrigramWordSimilarity(wanted, "plain_name")
        )
        best = here.order_by("-likeness", "name")
        return (
            self.filter(
                Q(plain_name__trigram_word_similar=wanted) | Q(pk__in=meant.values("successor"))
            )
            .annotate(
                former_name=Subquery(best.values("name")[:1]),
                likeness=Greatest(
                    TrigramWordSimilarity(wanted, "plain_name"),
                    Subquery(best.values("likeness")[:1]),
                ),
            )
            .order_by("-likeness", TrigramSimilarity("plain_name", wanted).desc(), "sort_name")
        )


class TerritoryQuerySet(ScopedQuerySet["Territory"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def within(self, reach: Reach) -> Q:
        """Those granted whole, and those where a programme, a village or a place granted is."""
        somewhere = Q(programmes__in=reach.keys("programme")) | Q(
            villages__in=reach.keys("village")
        )
        somewhere |= Q(telecentres__in=reach.keys("telecentre"))
        here = self.model._default_manager.filter(somewhere)  # noqa: SLF001  (documented)
        return Q(pk__in=reach.keys("territory")) | Q(pk__in=here.values("pk"))


class OrganisationQuerySet(ScopedQuerySet["Organisation"]):
    def within(self, reach: Reach) -> Q:
        """A programme's officer sees who leads it and who funds it."""
        theirs = Q(led_programmes__in=reach.keys("programme"))
        theirs |= Q(fundings__programme__in=reach.keys("programme"))
        bodies = self.model._default_manager.filter(theirs)  # noqa: SLF001  (documented)
        return super().within(reach) | Q(pk__in=bodies.values("pk"))


class ProgrammeQuerySet(ScopedQuerySet["Programme"]):
    def within(self, reach: Reach) -> Q:
        here = self.model._default_manager.filter(  # noqa: SLF001  (documented)
            territories__in=reach.keys("territory")
        )
        return Q(pk__in=reach.keys("programme")) | Q(pk__in=here.values("pk"))

    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territories=territory)

    def running(self) -> Self:
        today = timezone.localdate()
        return self.filter(starts_on__lte=today).exclude(ends_on__lt=today)


class HostVillageQuerySet(ProgrammeRows["HostVillage"]):
    def within(self, reach: Reach) -> Q:
        return super().within(reach) | Q(pk__in=reach.keys("village"))

    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territory=territory)

    def committed(self) -> Self:
        """Villages whose commitment runs today."""
        today = timezone.localdate()
        return self.filter(committed_on__lte=today).exclude(commitment_ends_on__lt=today)

    def published(self) -> Self:
        return self.committed().filter(is_published=True)

    def ending_soon(self) -> Self:
        """Commitments that run out within 60 days: the time to renew one."""
        today = timezone.localdate()
        return self.committed().filter(commitment_ends_on__lte=today + timedelta(days=60))

    def without_referent(self) -> Self:
        """Committed villages where nobody is named to answer newcomers."""
        return self.committed().filter(referents=None)

    def with_silhouette(self) -> Self:
        """Annotates `silhouette`, the path of the commune's emblem; None without a contour."""
        return self.annotate(silhouette=F("commune__contour__silhouette"))
