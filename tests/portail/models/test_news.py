from datetime import timedelta

from django.utils import timezone

from portail.enums import Standing
from portail.models import NewsItem
from tests.factories import NewsItemFactory


def test_news_of_tomorrow_wait(territory):
    tomorrow = timezone.localdate() + timedelta(days=1)

    item = NewsItemFactory(territory=territory, published_on=tomorrow)

    assert item.standing == Standing.SCHEDULED
    assert NewsItem.objects.published().count() == 0
