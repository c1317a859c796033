"""Which words a message has in a territory and a language: the agency's, else ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from courrier.domain.errors import UnknownPlace
from courrier.domain.messages import Message
from courrier.domain.substitution import check_wording
from courrier.enums import MailLanguage
from courrier.models import MailTemplate

if TYPE_CHECKING:
    from territoires.models import Territory

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Wording:
    subject: str
    body: str
    # The language that the body really is in: French may stand in for English.
    language: str


def wording_of(message: Message, territory: "Territory | None", language: str) -> Wording:
    """English falls back to the English we ship, then to French as it is worded there."""
    own = _own_words(message, territory)
    french = (own.subject or message.subject, own.body or message.body)
    if language != MailLanguage.ENGLISH:
        return Wording(*french, MailLanguage.FRENCH)
    body = own.body_en or message.body_en
    return Wording(
        own.subject_en or message.subject_en or french[0],
        body or french[1],
        MailLanguage.ENGLISH if body else MailLanguage.FRENCH,
    )


def word_anew(*, message: Message, territory: "Territory") -> MailTemplate:
    """A territory's own wording of a message, which starts from ours."""
    return MailTemplate(
        territory=territory,
        message=message.key,
        subject=message.subject,
        body=message.body,
        subject_en=message.subject_en,
        body_en=message.body_en,
    )


def _own_words(message: Message, territory: "Territory | None") -> MailTemplate:
    found = MailTemplate.objects.filter(territory=territory, message=message.key).first()
    if found and _is_sound(message, found):
        return found
    return MailTemplate()


def _is_sound(message: Message, template: MailTemplate) -> bool:
    """Whether the message still knows every place of the agency's words.

    A release may take a variable away: the mail then leaves with our words, rather than not.
    """
    texts: Sequence[str] = (
        template.subject, template.body, template.subject_en, template.body_en,
    )  # fmt: skip
    try:
        for text in texts:
            check_wording(text, message.names)
    except UnknownPlace as refusal:
        log.warning("mail_template_ignored", template=template.pk, place=refusal.place)
        return False
    return True
