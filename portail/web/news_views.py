"""What is new: the list, one piece of it, and the feed that others follow."""

import re
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from portail.domain.reading import read_news_item
from portail.models import NewsItem
from portail.querysets import NewsItemQuerySet
from portail.templatetags.portail import excerpt
from territoires.domain.languages import localized_text
from territoires.models import Territory
from territoires.web.request import TerritoryRequest

PER_PAGE = 12
IN_FEED = 20
# What XML cannot carry, and a word processor sometimes pastes.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@require_safe
@public_page
def news(request: TerritoryRequest) -> HttpResponse:
    pages = Paginator(_published(request.territory), PER_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "trail": [(_("Actualités"), "")],
    }
    return render(request, "portail/news.html", context)


@require_safe
@public_page
def news_item(request: TerritoryRequest, slug: str) -> HttpResponse:
    item = get_object_or_404(_published(request.territory).select_related("territory"), slug=slug)
    reading = read_news_item(item)
    return render(request, reading.template, reading.context)


class NewsFeed(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Territory:
        territory: Territory = request.territory  # type: ignore[attr-defined]
        return territory

    def title(self, territory: Territory) -> str:
        return _("Actualités – Solos %(name)s") % {"name": territory.name}

    def link(self, _territory: Territory) -> str:
        return reverse("news")

    def author_name(self, territory: Territory) -> str:
        return territory.agency_name

    def items(self, territory: Territory) -> NewsItemQuerySet:
        latest: NewsItemQuerySet = _published(territory)[:IN_FEED]
        return latest

    def item_title(self, item: NewsItem) -> str:
        return _printable(localized_text(item, "title")[0])

    def item_description(self, item: NewsItem) -> str:
        return _printable(excerpt(localized_text(item, "body")[0], 60))

    def item_pubdate(self, item: NewsItem) -> datetime:
        return timezone.make_aware(datetime.combine(item.published_on, time.min))

    def item_updateddate(self, item: NewsItem) -> datetime:
        return item.updated_at


@require_safe
@public_page
def news_feed(request: TerritoryRequest) -> HttpResponse:
    return NewsFeed()(request)


def _published(territory: Territory) -> NewsItemQuerySet:
    latest: NewsItemQuerySet = (
        NewsItem.objects.in_territory(territory).published().latest_first()
    ).select_related("picture")
    return latest


def _printable(text: str) -> str:
    return UNPRINTABLE.sub(" ", text)
