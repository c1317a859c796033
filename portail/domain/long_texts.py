"""A text in Markdown by someone of the agency, as HTML that can do no harm."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from courrier.domain.markdown import DEEPEST_TITLE, place_titles
from images.models import Picture
from territoires.models import Territory

# Raw HTML is not read at all; what Markdown makes is then cut down to what a text needs.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
ALLOWED_TAGS = {
    "a", "blockquote", "br", "code", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6",
    "hr", "img", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip
IMAGE_ATTRIBUTES = {"src", "srcset", "sizes", "width", "height", "loading", "alt", "lang"}
ALLOWED_ATTRIBUTES = {
    "a": {"href"},
    "img": IMAGE_ATTRIBUTES,
    "figcaption": {"lang"},
    **{f"h{level}": {"id"} for level in range(2, DEEPEST_TITLE + 1)},
}
# The short form of a picture of ours: ![what it shows](image:12). No other picture is shown.
PICTURE_ADDRESS = re.compile(r"image:(\d{1,9})", re.ASCII)
# As many parts as make a table of contents worth its room.
FEWEST_PARTS = 4

# Given the text's own words for the picture, and whether it stands alone on its line.
DrawPicture = Callable[[Picture, str, bool], str]


@dataclass(frozen=True)
class Part:
    """A first-level title of the text, with the anchor that leads to it."""

    title: str
    anchor: str


@dataclass(frozen=True)
class LongText:
    html: SafeString
    parts: list[Part]

    @property
    def contents(self) -> list[Part]:
        """The table of contents; none for a short text."""
        return self.parts if len(self.parts) >= FEWEST_PARTS else []


def compose_text(
    text: str,
    *,
    highest_title: int = 3,
    anchors: bool = False,
    territory: Territory | None = None,
    draw_picture: DrawPicture | None = None,
) -> LongText:
    """Whatever the levels that were typed, titles begin at `highest_title` and none is skipped.
    With `anchors`, those of the first level can be linked to.

    Pictures of ours, ready and of `territory`, are drawn by `draw_picture`, any other
    is left out.
    """
    tokens = MARKDOWN.parse(text or "")
    place_titles(tokens, highest_title)
    parts = list(_name_parts(tokens, highest_title)) if anchors else []
    _replace_pictures(tokens, territory, draw_picture)
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    clean = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow ugc noopener",
    )
    return LongText(mark_safe(clean), parts)  # noqa: S308  (cleaned by nh3)


def pictures_named(text: str) -> set[int]:
    """The pictures of ours that a text calls for, by their number."""
    return {number for token in _images(MARKDOWN.parse(text or "")) if (number := _number(token))}


def _name_parts(tokens: Sequence[Token], highest: int) -> Iterator[Part]:
    taken: set[str] = set()
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open" or opening.tag != f"h{highest}":
            continue
        title = _plain_words(inline)
        # Prefixed: a title can take the name of nothing else on the page.
        wanted = f"partie-{slugify(title)[:60] or 'sans-nom'}"
        numbered = (f"{wanted}-{number}" for number in count(2))
        anchor = next(name for name in chain([wanted], numbered) if name not in taken)
        taken.add(anchor)
        opening.attrSet("id", anchor)
        yield Part(title, anchor)


def _plain_words(token: Token) -> str:
    """A token's words alone, without the marks around them."""
    return "".join(
        _plain_words(child) if child.children else child.content for child in token.children or []
    )


def _images(tokens: Sequence[Token]) -> list[Token]:
    children = [child for token in tokens for child in token.children or []]
    return [child for child in children if child.type == "image"]


def _number(token: Token) -> int | None:
    found = PICTURE_ADDRESS.fullmatch(str(token.attrs.get("src", "")))
    return int(found.group(1)) if found else None


def _replace_pictures(
    tokens: Sequence[Token], territory: Territory | None, draw: DrawPicture | None
) -> None:
    """Our pictures in place of their short form, and nothing in place of any other."""
    ready = _ready_pictures(tokens, territory)
    for place, token in enumerate(tokens):
        is_alone = len(token.children or []) == 1 and tokens[place - 1].type == "paragraph_open"
        for image in _images([token]):
            picture = ready.get(_number(image) or 0)
            words = _plain_words(image).strip()
            image.type, image.children = "html_inline", None
            image.content = draw(picture, words, is_alone) if picture and draw else ""
            if is_alone:  # a figure stands in no paragraph
                tokens[place - 1].hidden = tokens[place + 1].hidden = True


def _ready_pictures(tokens: Sequence[Token], territory: Territory | None) -> dict[int, Picture]:
    numbers = {number for image in _images(tokens) if (number := _number(image))}
    if not (numbers and territory):
        return {}
    return Picture.objects.in_territory(territory).shared().ready().in_bulk(numbers)
