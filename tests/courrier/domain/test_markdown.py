import re

import pytest
from markdown_it import MarkdownIt

from courrier.domain.markdown import read_text

STRANGERS = [
    "[x](http://evil.example)",
    "![x](http://evil.example/p.png)",
    "<b>gras</b>",
    "<script>alert(1)</script>",
    "<http://evil.example>",
    "**gras** *italique* `code`",
    "# titre",
    "- liste\n- encore",
    "1. un",
    "> cité",
    "```\ncode\n```",
    "    code",
    "a\n===\nb",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "\\*",
    "{{ autre }}",
    "[a]: http://evil.example",
    "|a|b|\n|-|-|",
    '" onmouseover="alert(1)',
]


def tags(html: str) -> list[str]:
    return re.findall(r"<(\w+)", html)


@pytest.mark.parametrize("value", STRANGERS)
def test_value_stays_its_own_letters(value):
    text = read_text("Bonjour {{ nom }}.", {"nom": value})

    assert tags(text.html) == ["p", *["br"] * value.count("\n")]
    assert text.plain == f"Bonjour {value}."


@pytest.mark.parametrize("value", ["[x](http://evil.example)", "**gras**", "# a\n\n# b"])
def test_value_read_with_the_wording_would_have_acted(value):
    """Control: put in before Markdown is read, it makes a link, bold, a title."""
    html = MarkdownIt("commonmark").render(f"{value}")

    assert set(tags(html)) - {"p"}


@pytest.mark.parametrize("value", STRANGERS)
def test_value_in_every_place_of_a_text_adds_no_tag(value):
    wording = (
        "# {{ nom }}\n\n**{{ nom }}** *{{ nom }}* `{{ nom }}`\n\n- {{ nom }}\n\n> {{ nom }}\n\n"
        "```\n{{ nom }}\n```\n\n[{{ nom }}](https://a.example)"
    )
    one_line = value.replace("\n", " ")
    harmless = tags(read_text(wording, {"nom": "Ana"}).html)

    assert tags(read_text(wording, {"nom": one_line}).html) == harmless


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://a.example/x?a=1&b=2", "https://a.example/x?a=1&amp;b=2"),
        ("mailto:ana@example.org", "mailto:ana@example.org"),
        ("https://a.example/é è", "https://a.example/%C3%A9%20%C3%A8"),
    ],
)
def test_value_leads_where_it_says(address, href):
    text = read_text("Voir [la page]({{ lien }}).", {"lien": address})

    assert text.html == f'<p>Voir <a href="{href}">la page</a>.</p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///x",
        "//evil.example", "/relatif", "", " javascript:alert(1)", "java\tscript:alert(1)",
    ],
)  # fmt: skip
def test_value_that_is_no_address_leads_nowhere(address):
    text = read_text('Voir [la page]({{ lien }} "titre").', {"lien": address})

    assert text.html == "<p>Voir <a>la page</a>.</p>\n"
    assert text.plain == "Voir la page."


def test_wording_keeps_to_what_a_mail_needs():
    text = read_text(
        '<script>x</script> ![image](http://a.example/b.png)\n\n<img src="x">\n\n[a](javascript:x)',
        {},
    )

    assert tags(text.html) == ["p", "a", "p", "p"]
    assert "http://a.example/b.png" in text.html  # as a link, which one may follow or not
    assert "<img" not in text.html


def test_link_alone_is_a_button():
    text = read_text("[Ouvrir]({{ lien }})\n\nou [ouvrir]({{ lien }})", {"lien": "https://a.fr/"})

    assert text.html == (
        '<p><a href="https://a.fr/" class="button">Ouvrir</a></p>\n'
        '<p>ou <a href="https://a.fr/">ouvrir</a></p>\n'
    )
    assert text.plain == "Ouvrir <https://a.fr/>\n\nou ouvrir <https://a.fr/>"


NEWS = [
    {"words": "[un](x)\nsuite", "address": "https://a.fr/?a=1&b=2"},
    {"words": "<deux>", "address": ""},
    {"words": "trois", "address": "javascript:alert(1)"},
]


def test_list_alone_in_its_paragraph_is_a_list():
    text = read_text("Voici :\n\n{{ news }}\n\nFin", {"news": NEWS})

    assert text.html == (
        "<p>Voici :</p>\n<ul>\n"
        '<li><a href="https://a.fr/?a=1&amp;b=2">[un](x)<br>\nsuite</a></li>\n'
        "<li>&lt;deux&gt;</li>\n<li><a>trois</a></li>\n</ul>\n<p>Fin</p>\n"
    )
    assert text.plain == (
        "Voici :\n\n- [un](x)\n  suite <https://a.fr/?a=1&b=2>\n- <deux>\n- trois\n\nFin"
    )


def test_list_inside_a_sentence_is_told_with_commas():
    text = read_text("Voici : {{ news }}.", {"news": NEWS[1:]})

    assert text.html == "<p>Voici : &lt;deux&gt;, trois.</p>\n"


def test_empty_list_takes_no_room():
    text = read_text("Début\n\n{{ news }}\n\nFin", {"news": []})

    assert text.html == "<p>Début</p>\n<p>Fin</p>\n"
    assert text.plain == "Début\n\nFin"


def test_titles_come_under_the_subject_and_skip_none():
    assert tags(read_text("### a\n\n# b\n\n##### c", {}).html) == ["h3", "h2", "h4"]


def test_plain_text_is_readable():
    wording = """## Bonjour {{ nom }}

Un **mot** et
la suite,\\
à la ligne, `code`, <https://a.fr>, [nous écrire](mailto:a@b.fr), [a@b.fr](mailto:a@b.fr).

3. trois
4. quatre

   encore
   - dedans

> cité
>
> deux fois

---

    du code

```
du code aussi
```
"""

    assert read_text(wording, {"nom": "Ana"}).plain == (
        "Bonjour Ana\n\n"
        "Un mot et la suite,\nà la ligne, code, https://a.fr, nous écrire <a@b.fr>, a@b.fr.\n\n"
        "3. trois\n4. quatre\n   encore\n   - dedans\n\n"
        "> cité\n> \n> deux fois\n\n"
        "* * *\n\n"
        "du code\n\n"
        "du code aussi"
    )
