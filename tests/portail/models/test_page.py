from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portail.enums import Standing
from portail.models import NewsItem, Page
from tests.factories import NewsItemFactory, PageFactory

NOW = timezone.now()
AN_HOUR = timedelta(hours=1)


def refused(page: Page, **changes: object) -> bool:
    try:
        with transaction.atomic():
            Page.objects.filter(pk=page.pk).update(**changes)
    except IntegrityError:
        return True
    return False


def test_database_refuses_a_page_under_itself(territory):
    page = PageFactory(territory=territory)

    assert refused(page, parent=page)


def test_database_refuses_a_second_level(territory):
    top = PageFactory(territory=territory)
    middle = PageFactory(territory=territory, parent=top)
    page = PageFactory(territory=territory)

    assert refused(page, parent=middle)
    assert refused(top, parent=page)
    assert not refused(page, parent=top)


def test_database_refuses_a_page_under_one_of_another_territory(territory):
    assert refused(PageFactory(territory=territory), parent=PageFactory())


def test_database_refuses_to_move_a_page_away_from_those_under_it(territory):
    top = PageFactory(territory=territory)
    PageFactory(territory=territory, parent=top)

    assert refused(top, territory=PageFactory().territory)


def test_database_refuses_a_page_placed_twice(territory):
    page = PageFactory(territory=territory, parent=PageFactory(territory=territory))

    assert refused(page, menu="header")


def test_database_refuses_a_second_press_page(territory):
    PageFactory(territory=territory, kind="press")

    assert refused(PageFactory(territory=territory), kind="press")


def test_database_refuses_an_address_taken(territory):
    PageFactory(territory=territory, slug="ici")

    assert refused(PageFactory(territory=territory), slug="ici")
    assert not refused(PageFactory(), slug="ici")


@pytest.mark.parametrize("until", [NOW - AN_HOUR, NOW])
def test_database_refuses_an_end_before_the_start(territory, until):
    page = PageFactory(territory=territory)

    assert refused(page, published_from=NOW, published_until=until)
    assert not refused(page, published_from=NOW, published_until=NOW + AN_HOUR)


def test_page_says_in_french_what_is_wrong(territory):
    page = PageFactory(territory=territory)
    page.published_from, page.published_until = NOW, NOW - AN_HOUR

    with pytest.raises(ValidationError, match="La fin de la publication précède son début"):
        page.full_clean()


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({}, Standing.ONLINE),
        ({"state": "draft"}, Standing.DRAFT),
        ({"published_from": NOW + AN_HOUR}, Standing.SCHEDULED),
        ({"published_until": NOW - AN_HOUR}, Standing.OVER),
        ({"published_from": NOW - AN_HOUR, "published_until": NOW + AN_HOUR}, Standing.ONLINE),
    ],
)
def test_standing_agrees_with_what_is_published(territory, fields, standing):
    for factory, model in ((PageFactory, Page), (NewsItemFactory, NewsItem)):
        row = factory(territory=territory, **fields)

        assert row.standing == standing
        found = model.objects.published().filter(pk=row.pk).exists()
        assert found == (standing == Standing.ONLINE)
    scheduled = Page.objects.scheduled().count()
    assert scheduled == (standing == Standing.SCHEDULED)
