from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portail.enums import MenuPlace, PageKind, PublicationState
from territoires.scoping import ScopedQuerySet

if TYPE_CHECKING:
    from portail.models import NewsItem, Page  # noqa: F401
    from territoires.models import Territory

Text = TypeVar("Text", bound="models.Model")


class PublicationQuerySet(ScopedQuerySet[Text]):
    def in_territory(self, territory: "Territory") -> Self:
        return self.filter(territory=territory)

    def published(self) -> Self:
        """What the public may read now."""
        now = timezone.now()
        return self.filter(
            Q(published_from=None) | Q(published_from__lte=now),
            Q(published_until=None) | Q(published_until__gt=now),
            state=PublicationState.PUBLISHED,
        )

    def scheduled(self) -> Self:
        now = timezone.now()
        return self.filter(state=PublicationState.PUBLISHED, published_from__gt=now)

    def drafts(self) -> Self:
        return self.filter(state=PublicationState.DRAFT)

    def without_english(self) -> Self:
        """Published where the site speaks English too, and not translated whole."""
        missing = Q(title_en="") | Q(body_en="")
        return self.published().filter(missing, territory__languages__contains=["en"])


class PageQuerySet(PublicationQuerySet["Page"]):
    def ordinary(self) -> Self:
        return self.filter(kind=PageKind.ORDINARY)

    def press(self) -> Self:
        return self.filter(kind=PageKind.PRESS)

    def in_menus(self) -> Self:
        """Pages of the two menus and those arranged under them; of each what a link needs."""
        placed = ~Q(menu=MenuPlace.NONE) | ~Q(parent=None)
        fields = ("kind", "slug", "title", "title_en", "menu", "parent_id")
        return self.filter(placed).only(*fields).order_by("position", "title")


class NewsItemQuerySet(PublicationQuerySet["NewsItem"]):
    def published(self) -> Self:
        """Not before the day it bears."""
        return super().published().filter(published_on__lte=timezone.localdate())

    def latest_first(self) -> Any:
        return self.order_by("-published_on", "-pk")
