"""The words of consents: kept once and for all, asked for by version and use."""

from datetime import date

from django.utils import timezone

from registre.domain.errors import UnknownWording, WordingIsKept
from registre.enums import ConsentUse
from registre.models import ConsentWording


def keep_wording(
    *, version: str, use: ConsentUse, text: str, text_en: str = "", since: date
) -> ConsentWording:
    """Keep the words of a form. The same again changes nothing; other words are WordingIsKept."""
    wording, _created = ConsentWording.objects.get_or_create(
        version=version, use=use, defaults={"text": text, "text_en": text_en, "since": since}
    )
    if (wording.text, wording.text_en) != (text, text_en):
        raise WordingIsKept
    return wording


def find_wording(*, version: str, use: ConsentUse) -> ConsentWording:
    """Raises UnknownWording: a consent to words that nobody kept proves nothing."""
    try:
        return ConsentWording.objects.get(version=version, use=use)
    except ConsentWording.DoesNotExist as error:
        raise UnknownWording from error


def current_wording(use: ConsentUse) -> ConsentWording:
    """The words that the agency has people sign today; raises UnknownWording."""
    wording = ConsentWording.objects.filter(use=use, since__lte=timezone.localdate()).first()
    if wording is None:
        raise UnknownWording
    return wording
