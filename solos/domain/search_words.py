"""Searches as people say them: names instead of the codes that an address holds."""

from collections.abc import Iterable

from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from solos.domain.directory import DirectoryFilters
from solos.domain.profile import LANGUAGE_NAMES
from solos.enums import SoloStatus
from solos.models import Sector, Trade
from territoires.models import Commune, Epci


class SearchWords:
    """Says any of `many` searches; whatever their number, each kind of name is read once."""

    def __init__(self, many: Iterable[DirectoryFilters]) -> None:
        asked = list(many)
        self._names = {
            "sector": _translated(Sector.objects.all(), {one.sector for one in asked}),
            "trade": _translated(Trade.objects.all(), {one.trade for one in asked}),
            "commune": _named(Commune.objects.all(), {one.commune for one in asked}),
            "epci": _named(Epci.objects.all(), {one.epci for one in asked}),
            "status": {value: str(label) for value, label in SoloStatus.choices},
            "language": {code: str(name) for code, name in LANGUAGE_NAMES.items()},
        }

    def say(self, filters: DirectoryFilters) -> str:
        """« graphiste, Foix (20 km autour) »; a code that leads nowhere is said as it is."""
        said = [_("« %(text)s »") % {"text": filters.text} if filters.text else ""]
        for name in ("sector", "trade", "skill", "status", "language", "commune", "epci"):
            value = getattr(filters, name)
            said.append(self._names.get(name, {}).get(value, value))
        if filters.kilometres:
            said.append(_("%(kilometres)d km autour") % {"kilometres": filters.kilometres})
        if filters.clients:
            said.append(_("prend de nouveaux clients"))
        return ", ".join(filter(None, said)) or _("tout l’annuaire")


def say_search(filters: DirectoryFilters) -> str:
    return SearchWords([filters]).say(filters)


def _translated(rows: "QuerySet[Sector] | QuerySet[Trade]", slugs: set[str]) -> dict[str, str]:
    if not any(slugs):
        return {}
    names = rows.filter(slug__in=slugs).values_list("slug", "name", "name_en")
    is_english = get_language() == "en"
    return {slug: (is_english and in_english) or name for slug, name, in_english in names}


def _named(rows: "QuerySet[Model]", codes: set[str]) -> dict[str, str]:
    if not any(codes):
        return {}
    return dict(rows.filter(pk__in=codes).values_list("pk", "name"))
