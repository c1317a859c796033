from datetime import date
from xml.etree import ElementTree

import pytest

from tests.factories import NewsItemFactory, PictureFactory

ATOM = "{http://www.w3.org/2005/Atom}"
LIST_QUERIES = 4


def entries(response) -> list[ElementTree.Element]:
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


@pytest.mark.parametrize("number", [1, 3])
def test_news_cost_the_same_for_one_and_three(territory, client, django_assert_num_queries, number):
    for _ in range(number):
        NewsItemFactory(territory=territory, picture=PictureFactory(territory=territory))

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/actualites/").content.decode()

    assert page.count('class="card news-card"') == number
    assert page.count("<img") == number


def test_news_come_page_by_page_the_latest_first(territory, client):
    for day in range(1, 15):
        NewsItemFactory(territory=territory, title=f"Jour {day}", published_on=date(2026, 1, day))

    first = client.get("/actualites/").content.decode()
    second = client.get("/actualites/?page=2").content.decode()

    assert first.index("Jour 14") < first.index("Jour 3")
    assert "Jour 2<" in second
    assert client.get("/actualites/?page=x").status_code == 200


def test_news_none_says_what_else_there_is(territory, client):
    page = client.get("/actualites/").content.decode()

    assert "Rien de neuf pour le moment." in page
    assert "Quoi de neuf" not in client.get("/").content.decode()


def test_news_item_in_both_languages_and_on_the_home_page(territory, client):
    NewsItemFactory(territory=territory, slug="neuf", title="Du neuf", body="Un *mot*.")

    assert "<em>mot</em>" in client.get("/actualites/neuf/").content.decode()
    english = client.get("/en/actualites/neuf/").content.decode()
    assert '<h1><span lang="fr">Du neuf</span></h1>' in english
    home = client.get("/en/").content.decode()
    assert '<p lang="fr">Un mot.</p>' in home


def test_news_item_draft_is_a_404(territory, client):
    NewsItemFactory(territory=territory, slug="neuf", state="draft")

    assert client.get("/actualites/neuf/").status_code == 404


def test_feed_is_atom_with_whole_addresses(territory, client):
    NewsItemFactory(
        territory=territory, slug="neuf", title="Du neuf & mieux", body="## Titre\n\n<b>x</b>",
        published_on=date(2026, 3, 2),
    )  # fmt: skip
    NewsItemFactory(territory=territory, state="draft")

    response = client.get("/actualites/flux.xml")
    root = ElementTree.fromstring(response.content)
    (entry,) = entries(response)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Agence d’essai"
    assert entry.findtext(f"{ATOM}title") == "Du neuf & mieux"
    assert entry.findtext(f"{ATOM}published") == "2026-03-02T00:00:00+01:00"
    assert entry.findtext(f"{ATOM}summary") == "Titre <b>x</b>"
    links = [link.get("href") for link in root.iter(f"{ATOM}link")]
    assert links == [
        "http://testserver/actualites/",
        "http://testserver/actualites/flux.xml",
        "http://testserver/actualites/neuf/",
    ]


def test_feed_leaves_out_what_xml_cannot_carry(territory, client):
    NewsItemFactory(territory=territory, title="a\x0bb", body="c\x0cd\x1f")

    (entry,) = entries(client.get("/en/actualites/flux.xml"))

    assert entry.findtext(f"{ATOM}title") == "a b"


@pytest.mark.parametrize("number", [1, 3])
def test_feed_costs_the_same(territory, client, django_assert_num_queries, number):
    NewsItemFactory.create_batch(number, territory=territory)

    with django_assert_num_queries(2):
        assert len(entries(client.get("/actualites/flux.xml"))) == number
