"""What our templates say in one word: the drawings, texts in two languages, safe Markdown."""

from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote

from django import template
from django.db.models import Model
from django.http import HttpRequest
from django.template.defaultfilters import date as date_filter
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils.html import format_html, json_script, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from courrier.domain.days import first_in_french
from images.models import Picture
from portail.domain.long_texts import Part, compose_text
from portail.models.publication import Publication
from solos.enums import PublicField
from solos.models import Solo
from territoires.domain.drawing import draw_territory, outline_territory, path_in_frame
from territoires.domain.languages import localized_text
from territoires.models import Commune, Territory

register = template.Library()


@register.filter(expects_localtime=True)
def dated(day: date | None, pattern: str = "j F Y") -> str:
    """A day in the reader's language, by a pattern of Django's: French says « 1er janvier »."""
    return first_in_french(date_filter(day, pattern))


@register.filter
def mailto(address: str, subject: str) -> str:
    """An address to write to, about something: the reader's own mail program says of what."""
    return f"mailto:{address}?subject={quote(str(subject))}"


@register.filter
def markdown(text: str) -> SafeString:
    """A text by a stranger, as HTML that can do no harm. Its titles sit below the page's own."""
    return compose_text(text).html


@register.filter
def excerpt(text: str, words: int = 30) -> str:
    """The beginning of a text in Markdown, without its marks."""
    return Truncator(unescape(strip_tags(compose_text(text).html))).words(words).strip()


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


@dataclass(frozen=True)
class LocalizedText:
    """A long text, its table of contents, and the mark of its language where it is foreign."""

    html: SafeString
    contents: list[Part]
    mark: SafeString


def _language_mark(language: str) -> SafeString:
    """The attribute of an element whose text is in another language than its page."""
    return format_html("" if language == get_language() else ' lang="{}"', language)


@register.simple_tag
def long_text(publication: Publication) -> LocalizedText:
    """The body of a page or of a piece of news, its pictures in place."""
    text, language = localized_text(publication, "body")
    composed = compose_text(
        text,
        highest_title=2,
        anchors=True,
        territory=publication.territory,
        draw_picture=_draw_in_text,
    )
    return LocalizedText(composed.html, composed.contents, _language_mark(language))


@register.inclusion_tag("partials/picture.html")
def picture(
    shown: Picture | None, sizes: str, *, eager: bool = False, words: str | None = None
) -> dict[str, Any]:
    """A picture at the width it takes (`sizes`, as HTML has it); nothing until it is ready.

    `words` stand in place of its own; none at all ("") where the text beside it says the same.
    """
    frame = _frame(shown, sizes) | {"eager": eager}
    return frame if words is None else frame | {"alternative": words, "language": ""}


def _draw_in_text(shown: Picture, words: str, is_alone: bool) -> str:  # noqa: FBT001
    frame = _frame(shown, "(min-width: 46rem) 42rem, 100vw", words)
    return render_to_string("partials/picture.html", frame | {"alone": is_alone})


def _frame(shown: Picture | None, sizes: str, words: str = "") -> dict[str, Any]:
    """Words said in a text are in that text's language; the picture's own say theirs."""
    frame: dict[str, Any] = {"picture": shown, "sizes": sizes, "eager": False, "alone": False}
    if shown is None:
        return frame
    own, language = localized_text(shown, "alternative")
    foreign = "" if words or get_language() == "fr" else language
    return frame | {"alternative": words or own, "language": foreign}


@register.simple_tag
def localized_excerpt(publication: Publication) -> SafeString:
    """The beginning of the body, in a paragraph that says its language."""
    text, language = localized_text(publication, "body")
    return format_html("<p{}>{}</p>", _language_mark(language), excerpt(text))


@register.simple_tag
def structured_data(described: dict[str, Any]) -> SafeString:
    """For search engines (JSON-LD), escaped as Django escapes what a script reads."""
    block = json_script(described).replace("application/json", "application/ld+json", 1)
    return mark_safe(block)  # noqa: S308  (json_script escapes)


@register.filter
def shows(solo: Solo, field: str) -> bool:
    """Whether everyone may see this field of a solo. A field that doesn't exist is a mistake."""
    return solo.shows(PublicField(field))


@register.simple_tag(takes_context=True)
def page_in(context: dict[str, Any], language: str) -> str:
    """The address of the present page in another language."""
    request: HttpRequest = context["request"]
    match = request.resolver_match
    if match and "language" in match.kwargs:  # a preview, which has both outside /en/
        return reverse(match.view_name, kwargs=match.kwargs | {"language": language})
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
