import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from courrier.domain.errors import WrongVariables
from courrier.domain.rendering import render_mail
from tests.courrier.examples import BRAND, CASE, CODE, WELCOME
from tests.factories import MailTemplateFactory


class Reader(HTMLParser):
    """The tags of a page with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data

    def every(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def rendered(**other):
    asked = {
        "message": WELCOME, "language": "fr", "brand": BRAND, "territory": None, "variables": CASE,
    }  # fmt: skip
    return render_mail(**asked | other)


def test_render_mail_in_french(db):
    mail = rendered()

    assert mail.subject == "Bienvenue Bo"
    assert mail.text == (
        "Bonjour Bo,\n\n"
        "Ouvrir votre espace <https://solos.example/espace/?a=1&b=2>\n\n"
        "- Session de mai <https://solos.example/sessions/>\n- Café du lundi\n\n"
        "-- \nCet e-mail vous est envoyé par\nAgence d’essai\n1 place du Foirail\n09000 Foix\n"
        "agence@example.org\nhttps://ariege.example\n"
    )
    page = Reader(mail.html)
    assert page.every("html")[0]["lang"] == "fr"
    assert [link["href"] for link in page.every("a")] == [
        "https://solos.example/espace/?a=1&b=2",
        "https://solos.example/sessions/",
        "mailto:agence@example.org",
        "https://ariege.example",
    ]
    assert "Cet e-mail vous est envoyé par" in page.words


def test_render_mail_in_english(db):
    mail = rendered(language="en")

    assert mail.subject == "Welcome Bo"
    assert mail.text.startswith("Hello Bo,\n\nOpen your space <")
    assert "-- \nThis email was sent to you by\nAgence d’essai\n" in mail.text
    page = Reader(mail.html)
    assert "This email was sent to you by" in page.words
    assert page.every("html")[0]["lang"] == "en"
    assert {tag["lang"] for _name, tag in page.tags if "lang" in tag} == {"en"}


def test_render_mail_without_english_says_that_its_text_is_french(db):
    page = Reader(rendered(message=CODE, language="en", variables={"code": "1"}).html)

    assert page.every("html")[0]["lang"] == "en"
    assert [tag["lang"] for _name, tag in page.tags if "lang" in tag] == ["en", "en", "fr"]


def test_render_mail_takes_the_words_of_the_territory(territory):
    MailTemplateFactory(territory=territory, message=WELCOME.key, subject="Salut {{ prenom }}")

    assert rendered(territory=territory).subject == "Salut Bo"


def test_render_mail_asks_for_every_variable(db):
    with pytest.raises(WrongVariables):
        rendered(variables={"prenom": "Bo"})


def test_page_is_accessible(db):
    html = rendered().html
    page = Reader(html)

    assert page.every("html")[0] | {"lang": "fr", "dir": "ltr"} == page.every("html")[0]
    assert "Bienvenue Bo" in re.search("<title>(.*?)</title>", html).group(1)
    # Tables lay the page out: no screen reader announces them as data.
    assert {table.get("role") for table in page.every("table")} == {"presentation"}
    assert [tag for tag, _attributes in page.tags if tag in {"h1", "img"}] == ["h1"]
    assert '<meta name="color-scheme" content="light dark"' in html
    assert "prefers-color-scheme: dark" in html


def test_page_fetches_nothing(db):
    html = rendered().html

    assert re.findall(r"(?:src|background|srcset)=|@import|url\(|<link|<script|<img", html) == []
    addresses = set(re.findall(r"https?://[^\"'<\s]+", html))
    assert addresses - {"http://www.w3.org/1999/xhtml"} == {
        "https://solos.example/espace/?a=1&amp;b=2",
        "https://solos.example/sessions/",
        "https://ariege.example",
    }


def test_layout_would_have_called_a_third_party_by_default():
    """Control: the letters that MJML takes by default come from Google."""
    import mrml

    text = "<mj-section><mj-column><mj-text>a</mj-text></mj-column></mj-section>"
    page = mrml.to_html(f"<mjml><mj-body>{text}</mj-body></mjml>")

    assert "fonts.googleapis.com" in page.content


HOSTILE = [
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<mj-raw><script>alert(1)</script></mj-raw>",
    "<mj-include path='/etc/passwd' />",
    "{{ brand }} {% load x %}",
    "]]> <!-- --> & &lt;script&gt;",
    "<i>body</i>",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_everywhere(db, words):
    # An address on one line, as the hostile one is.
    short = rendered(brand=replace(BRAND, address="Foix")).html
    harmless = [tag for tag, _attributes in Reader(short).tags]
    brand = replace(BRAND, name=words, agency=words, address=words)

    page = Reader(rendered(brand=brand, variables=CASE | {"prenom": words}).html)

    tags = [tag for tag, _attributes in page.tags]
    assert tags == harmless
    # The title and the h1, the greeting, the name of the brand, the agency, its address.
    assert page.words.count(words) == 6
