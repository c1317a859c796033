"""The kinds of spaces, by the words of the site's addresses."""

from django.http import Http404

from telecentres.enums import SpaceKind

KINDS = {
    "poste": SpaceKind.DESK,
    "bureau": SpaceKind.OFFICE,
    "salle": SpaceKind.MEETING_ROOM,
    "visio": SpaceKind.VIDEO_POINT,
    "atelier": SpaceKind.WORKSHOP,
}
WORDS = {kind: word for word, kind in KINDS.items()}


def kind_of(word: str) -> SpaceKind:
    """Raises Http404."""
    if word not in KINDS:
        raise Http404
    return KINDS[word]
