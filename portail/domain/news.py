"""Tell what is new."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from portail.enums import PublicationState
from portail.models import NewsItem
from territoires.domain.addresses import free_slug
from territoires.models import Territory

ON_HOME = 3


def publish_news(
    *,
    territory: Territory,
    title: str,
    body: str,
    published_on: date | None = None,
    **details: object,
) -> NewsItem:
    item = NewsItem(
        territory=territory,
        title=title,
        body=body,
        slug=news_slug(territory, title),
        published_on=published_on or timezone.localdate(),
        state=PublicationState.PUBLISHED,
        **details,
    )
    with transaction.atomic():
        item.full_clean()
        item.save()
    return item


def news_slug(territory: Territory, title: str) -> str:
    wanted = slugify(title)[:150] or "actualite"
    return free_slug(wanted, NewsItem.objects.in_territory(territory))


def latest_news(territory: Territory, count: int = ON_HOME) -> list[NewsItem]:
    published = NewsItem.objects.in_territory(territory).published()
    return list(published.latest_first().select_related("picture")[:count])
