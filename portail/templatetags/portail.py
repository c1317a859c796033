"""What our templates say in one word: the drawings, texts in two languages, safe Markdown."""

import re
from datetime import date
from typing import Any

import nh3
from django import template
from django.db.models import Model
from django.http import HttpRequest
from django.template.defaultfilters import date as date_filter
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from solos.enums import PublicField
from solos.models import Solo
from territoires.domain.drawing import draw_territory, outline_territory, path_in_frame
from territoires.models import Commune, Territory

register = template.Library()

# Raw HTML is not read at all; what Markdown makes is then cut down to what a text needs.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
HIGHEST_TITLE = 3
# The first day of a month, written in figures before the month's name.
FIRST = re.compile(r"(?<!\d)1 (?=[^\W\d])")
ALLOWED_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


@register.filter(expects_localtime=True)
def dated(day: date | None, pattern: str = "j F Y") -> str:
    """A day in the reader's language, by a pattern of Django's: French says « 1er janvier »."""
    text: str = date_filter(day, pattern)
    return FIRST.sub("1er ", text) if get_language() == "fr" else text


@register.filter
def markdown(text: str) -> SafeString:
    """A text by a stranger, as HTML that can do no harm. Its titles sit below the page's own."""
    tokens = MARKDOWN.parse(text or "")
    titles = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    # Whatever the levels that were typed: the highest comes under the page's h2, none is skipped.
    levels = sorted({token.tag for token in titles})
    for token in titles:
        token.tag = f"h{min(HIGHEST_TITLE + levels.index(token.tag), 6)}"
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return mark_safe(  # noqa: S308  (cleaned by nh3)
        nh3.clean(
            html,
            tags=ALLOWED_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="nofollow ugc noopener",
        )
    )


def localized_text(row: Model, field: str) -> tuple[str, str]:
    """The text of `field` in the reader's language, and the language it really is in."""
    french = getattr(row, field)
    if get_language() == "en":
        english = getattr(row, f"{field}_en", "")
        return (english, "en") if english else (french, "fr")
    return french, "fr"


@register.simple_tag
def localized(row: Model, field: str) -> SafeString | str:
    """One line of text; under /en/, a French text that has no translation says it is French."""
    text, language = localized_text(row, field)
    if not text or language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag
def french() -> SafeString:
    """Marks an element whose text is always French, for a reader of another language."""
    return mark_safe("" if get_language() == "fr" else ' lang="fr"')  # noqa: S308  (a literal)


@register.simple_tag
def localized_plain(row: Model, field: str) -> str:
    """The same where no tag may stand: in an attribute, in the page's head."""
    return localized_text(row, field)[0]


@register.simple_tag
def localized_markdown(row: Model, field: str) -> SafeString | str:
    """The same for a long text in Markdown."""
    text, language = localized_text(row, field)
    if not text or language == get_language():
        return markdown(text)
    return format_html('<div lang="{}">{}</div>', language, markdown(text))


@register.filter
def shows(solo: Solo, field: str) -> bool:
    """Whether everyone may see this field of a solo. A field that doesn't exist is a mistake."""
    return solo.shows(PublicField(field))


@register.simple_tag(takes_context=True)
def page_in(context: dict[str, Any], language: str) -> str:
    """The address of the present page in another language."""
    request: HttpRequest = context["request"]
    return translate_url(request.get_full_path(), language)


@register.inclusion_tag("partials/territory_picture.html")
def territory_picture(territory: Territory, lights: Any = ()) -> dict[str, Any]:
    """The territory's own drawing; `lights` are objects with `point`, `kind` and `name`."""
    drawing = draw_territory(territory)
    placed = []
    if drawing:
        for light in lights:
            x, y = drawing.frame.place(light.point)
            placed.append({"x": x, "y": y, "kind": light.kind, "name": light.name})
    return {"drawing": drawing, "lights": placed, "territory": territory}


@register.inclusion_tag("partials/commune_situation.html")
def commune_situation(commune: Commune, territory: Territory) -> dict[str, Any]:
    """Where a commune lies in the territory."""
    outline = outline_territory(territory)
    if outline is None or commune.centre is None:
        return {"outline": None}
    x, y = outline.frame.place(commune.centre)
    return {
        "outline": outline,
        "commune": commune,
        "territory": territory,
        "path": path_in_frame(commune, outline.frame),
        "x": x,
        "y": y,
    }
