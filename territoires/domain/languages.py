"""Texts that an agency writes in two languages, as their reader gets them."""

from django.db.models import Model
from django.utils.translation import get_language


def localized_text(row: Model, field: str) -> tuple[str, str]:
    """The text of `field` in the reader's language, and the language it really is in."""
    french = getattr(row, field)
    if get_language() == "en":
        english = getattr(row, f"{field}_en", "")
        return (english, "en") if english else (french, "fr")
    return french, "fr"
