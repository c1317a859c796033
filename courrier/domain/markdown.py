"""A wording in Markdown, filled in, as HTML and as plain text.

Markdown is read first, with a word of no meaning in each place; the values come after, into the
tokens. None is ever read as Markdown or as HTML: `[x](http://evil)` stays these letters.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from courrier.domain.substitution import PLACE, Line, Values, in_words

# No raw HTML, and no picture: opening a mail must call nobody.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "strong", "ul",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel"}
HIGHEST_TITLE, DEEPEST_TITLE = 2, 6
# A link alone in its paragraph is the thing to do: it is drawn as a button.
BUTTON = "button"


@dataclass(frozen=True)
class Text:
    """A text that was read, its values in place."""

    tokens: list[Token]

    @property
    def html(self) -> str:
        drawn: str = MARKDOWN.renderer.render(self.tokens, MARKDOWN.options, {})
        # Anything that Markdown should not have made falls here.
        return nh3.clean(
            drawn,
            tags=TAGS,
            attributes={"a": {"href", "class"}, "ol": {"start"}},
            url_schemes=SCHEMES,
            link_rel=None,
        )

    @property
    def plain(self) -> str:
        blocks = [_block(node) for node in SyntaxTreeNode(self.tokens).children]
        return "\n\n".join(block for block in blocks if block)


def read_text(wording: str, values: Values) -> Text:
    """Read a wording whose places are all among `values` (see check_wording)."""
    filling = _Filling(values)
    tokens = MARKDOWN.parse(filling.hide_places(wording))
    # The mail's subject is its h1: the highest title of the text comes next.
    place_titles(tokens, HIGHEST_TITLE)
    return Text(list(filling.fill(tokens)))


class _Filling:
    def __init__(self, values: Values) -> None:
        self._values = values
        self._names = list(values)
        # Letters and figures, drawn anew each time: nobody can write it in advance.
        self._stem = f"x{secrets.token_hex(8)}"
        self._mark = re.compile(rf"{self._stem}(\d+)x")

    def hide_places(self, wording: str) -> str:
        return PLACE.sub(lambda place: f"{self._stem}{self._names.index(place.group(1))}x", wording)

    def fill(self, tokens: list[Token]) -> Iterator[Token]:
        index = 0
        while index < len(tokens):
            lines = self._list_alone(tokens[index : index + 3])
            if lines is not None:
                yield from _bullets(lines)
                index += 3
                continue
            token = tokens[index]
            if token.children is None:
                token.content = self._words(token.content)
            else:
                token.children = list(self._fill_line(token.children))
            yield token
            index += 1

    def _list_alone(self, paragraph: list[Token]) -> list[Line] | None:
        """The lines of a list, when its place makes up the whole paragraph."""
        if [token.type for token in paragraph] != ["paragraph_open", "inline", "paragraph_close"]:
            return None
        found = self._mark.fullmatch(paragraph[1].content)
        value = self._values[self._names[int(found.group(1))]] if found else ""
        return value if isinstance(value, list) else None

    def _fill_line(self, children: list[Token]) -> Iterator[Token]:
        for child in children:
            if child.type == "text":
                yield from _lines(self._words(child.content))
                continue
            child.content = self._words(child.content)
            if child.type == "link_open":
                _lead(child, self._words(str(child.attrGet("href"))))
                child.attrs.pop("title", None)
            yield child
        if [child.type for child in children] == ["link_open", "text", "link_close"]:
            children[0].attrSet("class", BUTTON)

    def _words(self, text: str) -> str:
        return self._mark.sub(
            lambda mark: in_words(self._values[self._names[int(mark.group(1))]]), text
        )


def _lines(text: str) -> Iterator[Token]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Token("hardbreak", "br", 0)
        yield Token("text", "", 0, content=line)


def _lead(link: Token, address: str) -> None:
    """Where a link leads, if that is a place to go to."""
    href = MARKDOWN.normalizeLink(address)
    if href.partition(":")[0].lower() in SCHEMES:
        link.attrSet("href", href)
    else:
        link.attrs.pop("href")


def _bullets(lines: list[Line]) -> Iterator[Token]:
    """The tokens of a list, made by hand: Markdown never reads the words."""
    if not lines:
        return
    yield Token("bullet_list_open", "ul", 1, block=True)
    for line in lines:
        yield Token("list_item_open", "li", 1, block=True)
        yield Token("paragraph_open", "p", 1, block=True, hidden=True)
        words: list[Token] = list(_lines(line["words"]))
        if line["address"]:
            opening = Token("link_open", "a", 1, attrs={"href": ""})
            _lead(opening, line["address"])
            words = [opening, *words, Token("link_close", "a", -1)]
        yield Token("inline", "", 0, children=words)
        yield Token("paragraph_close", "p", -1, block=True, hidden=True)
        yield Token("list_item_close", "li", -1, block=True)
    yield Token("bullet_list_close", "ul", -1, block=True)


def place_titles(tokens: Sequence[Token], highest: int) -> None:
    """Whatever the levels that were typed, titles begin at `highest` and none is skipped."""
    titles = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    levels = sorted({token.tag for token in titles})
    for token in titles:
        token.tag = f"h{min(highest + levels.index(token.tag), DEEPEST_TITLE)}"


# ---- Plain text -------------------------------------------------------------------------------
def _block(node: SyntaxTreeNode) -> str:
    write = BLOCKS.get(node.type)
    return write(node) if write else _inside(node)


def _inside(node: SyntaxTreeNode) -> str:
    """The words of a paragraph, a title or anything that has no mark of its own."""
    if node.type == "inline":
        return "".join(_word(child) for child in node.children)
    return "\n\n".join(_block(child) for child in node.children)


def _word(node: SyntaxTreeNode) -> str:
    if node.type == "hardbreak":
        return "\n"
    if node.type == "softbreak":
        return " "
    words = "".join(_word(child) for child in node.children) or node.content
    address = str(node.attrs.get("href", "")).removeprefix("mailto:").removeprefix("tel:")
    return f"{words} <{address}>" if address and address != words else words


def _list(mark: Callable[[int], str]) -> Callable[[SyntaxTreeNode], str]:
    def write(node: SyntaxTreeNode) -> str:
        first = int(node.attrs.get("start", 1))
        items = enumerate(node.children, start=first)
        return "\n".join(_hung(mark(number), _tight(item)) for number, item in items)

    return write


def _tight(item: SyntaxTreeNode) -> str:
    return "\n".join(_block(child) for child in item.children)


def _hung(mark: str, text: str) -> str:
    return mark + text.replace("\n", "\n" + " " * len(mark))


def _quote(node: SyntaxTreeNode) -> str:
    return "> " + _inside(node).replace("\n", "\n> ")


def _code(node: SyntaxTreeNode) -> str:
    return str(node.content).rstrip()


BLOCKS: dict[str, Callable[[Any], str]] = {
    "bullet_list": _list(lambda _number: "- "),
    "ordered_list": _list(lambda number: f"{number}. "),
    "blockquote": _quote,
    "hr": lambda _node: "* * *",
    "fence": _code,
    "code_block": _code,
}
