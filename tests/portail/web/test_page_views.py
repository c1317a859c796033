from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import CommuneFactory, NewsItemFactory, PageFactory, PictureFactory

LONG = "\n\n".join(f"## Titre {n}\n\nTexte." for n in range(4))
PAGE_QUERIES = 4
PRESS_QUERIES = 10


def main_of(response) -> str:
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main")]


def test_page_reads_in_french_then_in_english(territory, client):
    PageFactory(territory=territory, slug="ici", title="Ici", body="Un **mot**.", title_en="Here")

    french, english = client.get("/pages/ici/"), client.get("/en/pages/ici/")

    assert "<h1>Ici</h1>" in main_of(french)
    assert "<strong>mot</strong>" in main_of(french)
    assert "<h1>Here</h1>" in main_of(english)
    assert '<div class="prose" lang="fr"><p>Un <strong>mot</strong>.</p>' in main_of(english)
    assert french["Cache-Control"] == "public, max-age=30"


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "draft"},
        {"published_from": timezone.now() + timedelta(hours=1)},
        {"published_until": timezone.now() - timedelta(hours=1)},
        {"kind": "press"},
    ],
)
def test_page_hidden_is_the_same_404_as_none(territory, client, hidden):
    PageFactory(territory=territory, slug="ici", **hidden)
    here, nowhere = client.get("/pages/ici/"), client.get("/pages/rien/")

    assert (here.status_code, nowhere.status_code) == (404, 404)
    assert here.content.replace(b"/ici/", b"/rien/") == nowhere.content


def test_page_of_another_territory_is_no_page_here(territory, client):
    page = PageFactory(slug="ici")

    assert client.get("/pages/ici/").status_code == 404
    elsewhere = client.get("/pages/ici/", headers={"host": page.territory.host_name})
    assert elsewhere.status_code == 200


def test_page_escapes_titles(territory, client):
    PageFactory(
        territory=territory, slug="ici", menu="header", title="<script>alert(1)</script>",
        summary='"><img src=x onerror=alert(1)>',
    )  # fmt: skip

    page = client.get("/pages/ici/").content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page


def test_page_long_has_its_table_of_contents(territory, client):
    PageFactory(territory=territory, slug="ici", body=LONG)

    page = main_of(client.get("/pages/ici/"))

    assert page.count('<li><a href="#partie-titre-') == 4
    assert '<h2 id="partie-titre-0">Titre 0</h2>' in page


def test_page_shows_ready_pictures_only(territory, client):
    ready = PictureFactory(territory=territory, alternative="Le pont", credit="C. Martin")
    waiting = PictureFactory(territory=territory, waiting=True)
    body = f"![](image:{ready.pk})\n\n![](image:{waiting.pk})"
    PageFactory(territory=territory, slug="ici", picture=waiting, body=body)

    french, english = main_of(client.get("/pages/ici/")), main_of(client.get("/en/pages/ici/"))

    assert french.count("<img") == 1
    assert f'<figure><img src="{ready.url}" srcset="{ready.srcset}"' in french
    assert 'width="1600" height="1200" loading="lazy" alt="Le pont">' in french
    assert "<figcaption>C. Martin</figcaption>" in french
    assert 'alt="Le pont" lang="fr">' in english


def test_page_picture_comes_first_and_at_once(territory, client):
    picture = PictureFactory(territory=territory, alternative="Le pont", alternative_en="Bridge")
    PageFactory(territory=territory, slug="ici", picture=picture)

    assert 'loading="eager" alt="Le pont">' in main_of(client.get("/pages/ici/"))
    assert 'loading="eager" alt="Bridge" lang="en">' in main_of(client.get("/en/pages/ici/"))


def test_page_leads_to_those_arranged_with_it(territory, client):
    top = PageFactory(territory=territory, slug="haut", menu="header")
    PageFactory(territory=territory, slug="sous", parent=top)
    PageFactory(territory=territory, slug="cachee", parent=top, state="draft")

    for slug in ("haut", "sous"):
        page = client.get(f"/pages/{slug}/").content.decode()
        assert page.count('href="/pages/haut/"') == 3
        assert page.count('href="/pages/sous/"') == 3
        assert "/pages/cachee/" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_whatever_surrounds_it(
    territory, client, django_assert_num_queries, number
):
    top = PageFactory(territory=territory, slug="haut", menu="header")
    for _ in range(number):
        PageFactory(territory=territory, parent=top)
        PageFactory(territory=territory, menu="footer")

    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/pages/haut/")


def test_press_page_counts_and_says_whom_to_call(territory, client):
    territory.contact_email = "presse@exemple.fr"
    territory.save()
    PageFactory(territory=territory, kind="press", title="Presse")
    NewsItemFactory(territory=territory, title="Du neuf")
    CommuneFactory(insee_code="09122", department_id="09")

    page = main_of(client.get("/presse/"))

    assert "<h1>Presse</h1>" in page
    # What there is: one commune. What is not there yet is not shown as a zero.
    assert page.count('class="figure-value"') == 1
    assert "mailto:presse@exemple.fr" in page
    assert "Du neuf" in page


def test_press_page_not_written_is_a_404(territory, client):
    assert client.get("/presse/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_press_page_costs_the_same(territory, client, django_assert_num_queries, number):
    PageFactory(territory=territory, kind="press")
    NewsItemFactory.create_batch(number, territory=territory)

    with django_assert_num_queries(PRESS_QUERIES):
        client.get("/presse/")
