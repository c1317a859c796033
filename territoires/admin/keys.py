"""How a file names a row of another list: by what people know it by."""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from territoires.admin.columns import KeyWidget, Text, column, shown_column
from territoires.admin.resources import TERRITORY_COLUMN
from territoires.models import Commune, Organisation, Programme, Territory


def territory_column() -> Field:
    """Read before everything else, by the resource itself: it says where to look for the row."""
    return shown_column(TERRITORY_COLUMN, "territory__name")


def commune_column(*, required: bool = False) -> Field:
    widget = KeyWidget(_find_commune, "insee_code", required=required)
    return column(_("Commune (code INSEE)"), "commune", widget)


def programme_column() -> Field:
    return column(_("Programme"), "programme", KeyWidget(_find_programme, "name"))


def organisation_column(heading: Text, attribute: str) -> Field:
    return column(heading, attribute, KeyWidget(_find_organisation, "name"))


def _find_commune(code: str, _territory: Territory) -> Commune | None:
    """A commune of today, by its INSEE code; a spreadsheet program eats its leading zero."""
    return Commune.objects.current().filter(pk=code.upper().zfill(5)).first()


def _find_programme(name: str, territory: Territory) -> Programme | None:
    return territory.programmes.filter(name__iexact=name).first()


def _find_organisation(name: str, territory: Territory) -> Organisation | None:
    return territory.organisations.filter(name__iexact=name).first()
