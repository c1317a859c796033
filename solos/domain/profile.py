"""What a solo's page says in words."""

from django.utils.translation import gettext_lazy as _

from solos.models import Solo

LANGUAGE_NAMES = {
    "ar": _("arabe"),
    "ca": _("catalan"),
    "de": _("allemand"),
    "en": _("anglais"),
    "es": _("espagnol"),
    "eu": _("basque"),
    "fr": _("français"),
    "it": _("italien"),
    "ja": _("japonais"),
    "lsf": _("langue des signes française"),
    "nl": _("néerlandais"),
    "oc": _("occitan"),
    "pl": _("polonais"),
    "pt": _("portugais"),
    "ru": _("russe"),
    "sv": _("suédois"),
    "uk": _("ukrainien"),
    "zh": _("chinois"),
}


def spoken_languages(solo: Solo) -> list[str]:
    """By their name; by their code where we know no name."""
    return [str(LANGUAGE_NAMES.get(code.lower(), code)) for code in solo.languages]
