"""Find the commune that an address, or a visitor who mistyped it, means."""

from difflib import get_close_matches

from django.contrib.postgres.search import TrigramSimilarity
from django.utils.text import slugify

from portail.domain.errors import CommuneMoved, CommuneUnknown
from territoires.models import Commune, FormerCommune, Territory
from territoires.querysets import plain

SUGGESTIONS = 5
# A commune may have merged into one that merged in turn: more than this is a loop in the data.
LONGEST_CHAIN = 5


def commune_at(*, territory: Territory, code: str) -> Commune:
    """The present commune of a territory with this INSEE code.

    Raises CommuneMoved when it now belongs to another one, CommuneUnknown with suggestions.
    """
    wanted = code.upper()
    rows = Commune.objects.with_silhouette().select_related("department", "epci")
    commune = rows.filter(pk=wanted).first()
    if commune is None or commune.ended_on:
        _raise_if_moved(wanted, commune)
        raise CommuneUnknown(_suggest(territory, wanted))
    if not Commune.objects.within(territory).filter(pk=commune.pk).exists():
        raise CommuneUnknown(_suggest(territory, commune.name), elsewhere=commune)
    return commune


def nearest_communes(territory: Territory, text: str, limit: int = SUGGESTIONS) -> list[Commune]:
    """Communes written almost like `text`, for want of anything better: "foxi" finds Foix.

    Trigrams miss swapped letters in short names: they only choose whom to compare letter by letter.
    """
    typed = slugify(text).replace("-", " ")
    candidates = (
        Commune.objects.current()
        .within(territory)
        .annotate(likeness=TrigramSimilarity("plain_name", plain(text)))
        .order_by("-likeness", "sort_name")[:200]
    )
    by_name = {commune.plain_name: commune for commune in candidates}
    return [by_name[name] for name in get_close_matches(typed, by_name, n=limit, cutoff=0.7)]


def _raise_if_moved(code: str, ended: Commune | None) -> None:
    successor = ended.successor if ended else None
    if ended is None:
        former = FormerCommune.objects.filter(pk=code).select_related("successor").first()
        successor = former.successor if former else None
    for _step in range(LONGEST_CHAIN):
        if successor is None:
            return
        if not successor.ended_on:
            raise CommuneMoved(successor.pk)
        successor = successor.successor


def _suggest(territory: Territory, asked: str) -> list[Commune]:
    """By postcode, which people take for the INSEE code; else by name."""
    communes = Commune.objects.current().within(territory)
    if asked.isdigit():
        return list(communes.filter(postcodes__contains=[asked])[:SUGGESTIONS])
    name = asked.replace("-", " ")
    return list(communes.named_like(name)[:SUGGESTIONS]) or nearest_communes(territory, name)
