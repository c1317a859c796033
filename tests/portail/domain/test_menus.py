from datetime import timedelta

from django.utils import timezone

from portail.domain.menus import Entry, SiteMenu
from tests.factories import PageFactory


def test_site_menu_arranges_published_pages(territory, django_assert_num_queries):
    second = PageFactory(territory=territory, menu="header", position=2)
    first = PageFactory(territory=territory, menu="header", position=1)
    foot = PageFactory(territory=territory, menu="footer")
    child = PageFactory(territory=territory, parent=first)
    PageFactory(territory=territory, parent=first, state="draft")
    PageFactory(territory=territory, menu="header", state="draft")
    PageFactory(
        territory=territory, menu="header", published_from=timezone.now() + timedelta(days=1)
    )
    PageFactory(territory=territory)
    PageFactory(menu="header")

    menu = SiteMenu(territory)

    with django_assert_num_queries(1):
        assert menu.header == [Entry(first, [child]), Entry(second, [])]
        assert menu.footer == [Entry(foot, [])]


def test_site_menu_knows_the_page_for_newcomers_wherever_it_stands(territory):
    first = PageFactory(territory=territory, menu="header")
    assert SiteMenu(territory).newcomers is None

    page = PageFactory(territory=territory, parent=first, slug="venir-s-installer")
    assert SiteMenu(territory).newcomers == page


def test_site_menu_without_territory_is_empty(django_assert_num_queries):
    assert SiteMenu(None).header == []
