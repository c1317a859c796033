"""What leads to the pages where one books: the words of their addresses, in one place."""

from urllib.parse import urlencode

from django.urls import reverse

from telecentres.domain.calendar import PARIS, Slot
from telecentres.enums import SpaceKind
from telecentres.web.kinds import WORDS

# Which booking is to be moved: its reference or, without account, the personal link to it.
MOVED = "deplacer"


def booking_address(name: str, slug: str, kind: SpaceKind, given: dict[str, object]) -> str:
    """Of the page of that name about a kind of space of a place."""
    path = reverse(name, args=[slug, WORDS[kind]])
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def asked_of(people: int, equipment: tuple[str, ...]) -> dict[str, object]:
    """What one asks of the spaces, beyond their kind."""
    asked: dict[str, object] = {"personnes": people} if people > 1 else {}
    return asked | ({"equipement": list(equipment)} if equipment else {})


def asked_as(slot: Slot) -> dict[str, object]:
    """The slot as the form reads it."""
    starts, ends = slot.start.astimezone(PARIS), slot.end.astimezone(PARIS)
    asked: dict[str, object] = {
        "jour": f"{starts:%Y-%m-%d}",
        "de": f"{starts:%H:%M}",
        "a": f"{ends:%H:%M}",
    }
    return asked if starts.date() == ends.date() else asked | {"au": f"{ends:%Y-%m-%d}"}
