from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from portail.templatetags.portail import dated, mailto, markdown, shows
from solos.enums import PublicField
from tests.factories import SoloFactory, TerritoryFactory


@pytest.mark.parametrize(
    ("day", "language", "text"),
    [
        (date(2026, 1, 1), "fr", "1er janvier 2026"),
        (date(2026, 1, 11), "fr", "11 janvier 2026"),
        (date(2026, 1, 1), "en", "1 January 2026"),
        (None, "fr", ""),
    ],
)
def test_dated_names_the_first_of_a_month(day, language, text):
    with override(language):
        assert dated(day) == text


def test_dated_takes_a_pattern():
    assert dated(datetime(2026, 5, 1, 9, 30), "l j F Y, H:i") == "vendredi 1er mai 2026, 09:30"  # noqa: DTZ001


def test_mailto_says_about_what():
    written = mailto("agence@exemple.fr", "L’été & « lui »\nBcc: x@exemple.fr")

    assert written == (
        "mailto:agence@exemple.fr?subject="
        "L%E2%80%99%C3%A9t%C3%A9%20%26%20%C2%AB%20lui%20%C2%BB%0ABcc%3A%20x%40exemple.fr"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**fort**", "<p><strong>fort</strong></p>\n"),
        ("# Titre", "<h3>Titre</h3>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![x](https://exemple.fr/p.png)", ""),
        (
            "[site](https://exemple.fr)",
            '<p><a href="https://exemple.fr" rel="nofollow ugc noopener">site</a></p>\n',
        ),
        ("", ""),
    ],
)
def test_markdown_does_no_harm(text, html):
    assert markdown(text) == html


def test_markdown_keeps_the_order_of_titles():
    html = markdown("## Un\n\n#### Deux\n\n## Trois")

    assert html == "<h3>Un</h3>\n<h4>Deux</h4>\n<h3>Trois</h3>\n"


def test_markdown_goes_no_deeper_than_titles_go():
    html = markdown("\n\n".join("#" * level + " t" for level in range(1, 7)))

    assert html.count("<h6>t</h6>") == 3


def render(source: str, **context: object) -> str:
    return Template("{% load portail %}" + source).render(Context(context))


@pytest.mark.django_db
def test_localized_falls_back_to_french():
    territory = TerritoryFactory(tagline="Bienvenue", tagline_en="")

    assert render('{% localized row "tagline" %}', row=territory) == "Bienvenue"
    with override("en"):
        assert (
            render('{% localized row "tagline" %}', row=territory)
            == '<span lang="fr">Bienvenue</span>'
        )
        territory.tagline_en = "Welcome"
        assert render('{% localized row "tagline" %}', row=territory) == "Welcome"


@pytest.mark.django_db
def test_shows_only_what_was_agreed_to():
    solo = SoloFactory(published=True, published_fields=[PublicField.NAME], website="https://a.fr")

    assert shows(solo, "name") is True
    assert shows(solo, "website") is False
    with pytest.raises(ValueError, match="not a valid PublicField"):
        shows(solo, "webiste")
