"""A message, a brand and a case become a mail: its subject, its text, its HTML."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mrml
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from courrier.domain.brand import Brand
from courrier.domain.markdown import read_text
from courrier.domain.messages import Message
from courrier.domain.substitution import Values, fill_line
from courrier.domain.wording import wording_of

if TYPE_CHECKING:
    from territoires.models import Territory

LAYOUT = "courrier/mail.mjml"
# Where the text goes once the layout is made, so that MJML never reads it. No value can hold it:
# what a layout shows is escaped.
BODY = mark_safe("<i>body</i>")
# By default a layout brings its letters from a third party.
OPTIONS = mrml.RenderOptions(fonts={})


@dataclass(frozen=True)
class RenderedMail:
    subject: str
    text: str
    html: str


def render_mail(
    *,
    message: Message,
    language: str,
    brand: Brand,
    territory: "Territory | None",
    variables: Values,
) -> RenderedMail:
    """The mail as it will leave. Raises WrongVariables."""
    values = message.values(variables)
    wording = wording_of(message, territory, language)
    subject = fill_line(wording.subject, values)
    body = read_text(wording.body, values)
    with translation.override(language):
        return RenderedMail(
            subject=subject,
            text=f"{body.plain}\n\n{_signature(brand)}\n",
            html=_in_layout(body.html, subject, brand, language, wording.language),
        )


def _in_layout(body: str, subject: str, brand: Brand, language: str, body_language: str) -> str:
    context = {
        "subject": subject,
        "brand": brand,
        "language": language,
        "body": BODY,
        "body_language": body_language,
    }
    layout = mrml.to_html(render_to_string(LAYOUT, context), render_options=OPTIONS).content
    return layout.replace(BODY, body)


def _signature(brand: Brand) -> str:
    """The foot of the text; « -- » tells mail programs that it is one."""
    sent_by = _("Cet e-mail vous est envoyé par")
    lines = [sent_by, brand.agency, *brand.address.splitlines(), brand.contact, brand.site]
    return "\n".join(["-- ", *(line for line in lines if line)])
