"""What a solo's page says in words."""

from django.utils.translation import gettext_lazy as _

from solos.models import Solo

LANGUAGE_NAMES = {
    # French, which nearly everyone ticks, then by their French names.
    "fr": _("français"),
    "de": _("allemand"),
    "en": _("anglais"),
    "ar": _("arabe"),
    "eu": _("basque"),
    "ca": _("catalan"),
    "zh": _("chinois"),
    "es": _("espagnol"),
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
}


def spoken_languages(solo: Solo) -> list[str]:
    """By their name; by their code where we know no name."""
    return [str(LANGUAGE_NAMES.get(code.lower(), code)) for code in solo.languages]
