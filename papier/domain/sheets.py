"""A template as PDF: A4, numbered, tagged to be read aloud, with its fonts inside."""

from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.template.loader import render_to_string

# One at a time in a process: it takes the processor for itself, and memory as it grows.
_turn = Lock()


@dataclass(frozen=True)
class Sheet:
    """What is drawn, before it is: `template` extends `papier/sheet.html`.

    The context of the site's pages is not there: a sheet says what it is told.
    """

    template: str
    title: str
    # Of the file, without its ending; whatever is no letter, digit or hyphen leaves it.
    name: str
    context: dict[str, Any]


def draw_sheet(sheet: Sheet) -> bytes:
    """A PDF in the active language. Nothing is fetched, whatever the text asks for."""
    # Loaded by the first sheet: most processes never draw one.
    from papier.domain.weaving import weave  # noqa: PLC0415

    text = render_to_string(sheet.template, {**sheet.context, "title": sheet.title})
    with _turn:
        return weave(text)
