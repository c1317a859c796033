import pytest
from django.core.exceptions import ValidationError

from portail.domain.pages import publish_page, publish_starter_pages
from portail.models import Page
from tests.factories import PageFactory, TerritoryFactory


def test_publish_page_takes_a_free_address(territory):
    pages = [publish_page(territory=territory, title="Les écoles", body="…") for _ in range(2)]

    assert [page.slug for page in pages] == ["les-ecoles", "les-ecoles-2"]
    assert [page.state for page in pages] == ["published"] * 2


@pytest.mark.parametrize("title", ["???", "日本"])
def test_publish_page_whose_title_makes_no_address(territory, title):
    assert publish_page(territory=territory, title=title, body="…").slug == "page"


def test_publish_page_refused_leaves_nothing(territory):
    with pytest.raises(ValidationError):
        publish_page(territory=territory, title="", body="")

    assert Page.objects.count() == 0


def test_publish_starter_pages_in_both_languages(territory):
    pages = publish_starter_pages(territory=territory)

    assert [(page.slug, page.menu, page.parent and page.parent.slug) for page in pages] == [
        ("venir-s-installer", "header", None),
        ("teletravail-guide-du-salarie", "none", "venir-s-installer"),
        ("teletravail-guide-de-l-employeur", "none", "venir-s-installer"),
        ("presse", "footer", None),
    ]
    assert [page.has_english for page in pages] == [True] * 4
    assert Page.objects.in_territory(territory).without_english().count() == 0


def test_publish_starter_pages_again_leaves_what_is_there(territory):
    PageFactory(territory=territory, slug="venir-s-installer", body="Réécrite.")
    PageFactory(territory=territory, slug="medias", kind="press")

    written = publish_starter_pages(territory=territory)

    assert [(page.slug, page.menu) for page in written] == [
        ("teletravail-guide-du-salarie", "footer"),
        ("teletravail-guide-de-l-employeur", "footer"),
    ]
    assert publish_starter_pages(territory=territory) == []
    assert Page.objects.get(slug="venir-s-installer").body == "Réécrite."


def test_publish_starter_pages_in_each_territory(territory):
    publish_starter_pages(territory=territory)

    assert len(publish_starter_pages(territory=TerritoryFactory())) == 4
