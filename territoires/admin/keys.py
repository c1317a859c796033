"""How a file names a row of another list: by what people know it by."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from territoires.admin.columns import KeyWidget, Text, column, shown_column
from territoires.admin.resources import TERRITORY_COLUMN
from territoires.models import Commune, FormerCommune, Organisation, Programme, Territory
from territoires.querysets import plain

# Names proposed for one that is not known.
SUGGESTED = 3


def territory_column() -> Field:
    """Read before everything else, by the resource itself: it says where to look for the row."""
    return shown_column(TERRITORY_COLUMN, "territory__name")


def commune_column(*, required: bool = False) -> Field:
    widget = KeyWidget(_find_commune, "insee_code", near=_near_communes, required=required)
    return column(_("Commune (code INSEE)"), "commune", widget)


def programme_column() -> Field:
    return column(_("Programme"), "programme", KeyWidget(_find_programme, "name"))


def organisation_column(heading: Text, attribute: str) -> Field:
    return column(heading, attribute, KeyWidget(_find_organisation, "name"))


def _find_commune(wanted: str, territory: Territory) -> Commune | None:
    """A commune of today, by its INSEE code; a spreadsheet program eats its leading zero.

    By its name too, today's or a former one, where no other of the territory bears it.
    """
    communes = Commune.objects.current()
    found = communes.filter(pk=wanted.upper().zfill(5)).first()
    if found or any(letter.isdigit() for letter in wanted):
        return found
    formerly = FormerCommune.objects.filter(plain_name=plain(wanted)).values("successor")
    meant = Q(plain_name=plain(wanted)) | Q(pk__in=formerly)
    namesakes = list(communes.within(territory).filter(meant).distinct()[:2])
    return namesakes[0] if len(namesakes) == 1 else None


def _near_communes(wanted: str, territory: Territory) -> list[str]:
    rows = Commune.objects.current().within(territory).named_like(wanted)[:SUGGESTED]
    return [f"{row.name} ({row.pk})" for row in rows]


def _find_programme(name: str, territory: Territory) -> Programme | None:
    return territory.programmes.filter(name__iexact=name).first()


def _find_organisation(name: str, territory: Territory) -> Organisation | None:
    return territory.organisations.filter(name__iexact=name).first()
