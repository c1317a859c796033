import pytest

from images.models import Picture
from portail.domain.long_texts import Part, compose_text, pictures_named
from tests.factories import PictureFactory, TerritoryFactory

XSS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,<script>)",
    "[x](vbscript:x)", "![x](javascript:alert(1))", "![x](https://mechant.example/p.png)",
    '![" onerror="alert(1)](https://a.fr)', "<https://a.fr/\"onmouseover=alert(1)>",
    "## <b onclick=alert(1)>t</b>", "[x]: javascript:alert(1)\n\n[x]", "`<script>`",
    "<a href='javascript:alert(1)'>x</a>", "<iframe src=//a.fr></iframe>", "<style>*{}</style>",
    "![x](//mechant.example/p.png)", "![x](image:1%22onerror=x)", "\u202e<script>",
]  # fmt: skip


def drawn(picture: Picture, words: str, is_alone: bool) -> str:
    return f'<img src="/p{picture.pk}" alt="{words}|{is_alone}">'


@pytest.fixture
def compose(territory):
    def compose(text: str) -> str:
        return compose_text(text, territory=territory, draw_picture=drawn).html

    return compose


@pytest.mark.parametrize("payload", XSS)
def test_compose_text_does_no_harm(compose, payload):
    html = compose(payload).lower()

    for tag in ("<script", "<svg", "<iframe", "<style", "<img", "<b "):
        assert tag not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert 'href="vbscript' not in html


def test_compose_text_shows_a_picture_of_here_alone_or_in_a_sentence(compose, territory):
    picture = PictureFactory(territory=territory)
    address = f"image:{picture.pk}"

    assert compose(f"![Le **pont**]({address})") == f'<img src="/p{picture.pk}" alt="Le pont|True">'
    assert compose(f"Voyez ![]({address}).") == (
        f'<p>Voyez <img src="/p{picture.pk}" alt="|False">.</p>\n'
    )


@pytest.mark.parametrize(
    "trait",
    [{"waiting": True}, {"refused": True}, {"portrait": True}, {"territory": None}],
)
def test_compose_text_leaves_out_pictures_not_ready_or_not_to_reuse(compose, territory, trait):
    where = TerritoryFactory() if "territory" in trait else territory
    picture = PictureFactory(**trait | {"territory": where})

    assert compose(f"![x](image:{picture.pk})") == ""


def test_compose_text_without_territory_draws_nothing(territory):
    picture = PictureFactory(territory=territory)

    assert compose_text(f"![x](image:{picture.pk})").html == ""


@pytest.mark.parametrize("number", [1, 3])
def test_compose_text_looks_pictures_up_at_once(
    compose, territory, django_assert_num_queries, number
):
    pictures = PictureFactory.create_batch(number, territory=territory)

    with django_assert_num_queries(1):
        html = compose("\n\n".join(f"![x](image:{one.pk})" for one in pictures))

    assert html.count("<img") == number


def test_compose_text_names_its_parts():
    text = "# Un *mot*\n\n## Sous\n\n# Un mot\n\n# ???\n\n# <script>"

    composed = compose_text(text, highest_title=2, anchors=True)

    assert composed.parts == [
        Part("Un mot", "partie-un-mot"),
        Part("Un mot", "partie-un-mot-2"),
        Part("???", "partie-sans-nom"),
        Part("<script>", "partie-script"),
    ]
    assert composed.contents == composed.parts
    assert '<h2 id="partie-un-mot">Un <em>mot</em></h2>' in composed.html
    assert "<h3>Sous</h3>" in composed.html


def test_compose_text_short_has_no_table_of_contents():
    assert compose_text("# Un\n\n# Deux\n\n# Trois", anchors=True).contents == []


def test_pictures_named_are_those_of_the_short_form():
    text = "![a](image:3) ![b](image:03) ![c](image:٣) ![d](image:x) ![e](image:0) [f](image:7)"

    assert pictures_named(text) == {3}
