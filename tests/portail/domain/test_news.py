from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portail.domain.news import latest_news, publish_news
from portail.models import NewsItem
from tests.factories import NewsItemFactory


def test_publish_news_bears_today_unless_told(territory):
    today = publish_news(territory=territory, title="Neuf", body="…")
    before = publish_news(
        territory=territory, title="Neuf", body="…", published_on=date(2026, 1, 1)
    )

    assert (today.published_on, before.published_on) == (timezone.localdate(), date(2026, 1, 1))
    assert (today.slug, before.slug) == ("neuf", "neuf-2")


def test_publish_news_without_text_is_refused(territory):
    with pytest.raises(ValidationError):
        publish_news(territory=territory, title="!", body="")

    assert NewsItem.objects.count() == 0


def test_publish_news_whose_title_makes_no_address(territory):
    assert publish_news(territory=territory, title="!", body="…").slug == "actualite"


def test_latest_news_are_those_that_may_be_read(territory):
    today = timezone.localdate()
    items = [
        NewsItemFactory(territory=territory, published_on=today - timedelta(days=days))
        for days in (3, 0, 9, 1)
    ]
    NewsItemFactory(territory=territory, published_on=today + timedelta(days=1))
    NewsItemFactory(territory=territory, state="draft")
    NewsItemFactory()

    assert latest_news(territory) == [items[1], items[3], items[0]]
