"""The lists that this project's own data kit writes: communes and former communes, in CSV.

Its GeoJSON carries the same facts as properties; `docs/donnees.md` describes every column.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territoires.domain.communes_import import checks
from territoires.domain.communes_import.contents import CommuneRow, Contents, FormerRow, Layout
from territoires.domain.communes_import.names import without_article
from territoires.domain.communes_import.refusals import BadRow
from territoires.domain.communes_import.source_file import Table
from territoires.enums import FormerCommuneKind

COMMUNES = Layout(
    title=gettext_lazy("Liste des communes (CSV)"),
    source="INSEE, DGCL, La Poste, IGN, DILA",
    is_list=True,
    edition=2026,
)
COMMUNE_COLUMNS = frozenset(
    {
        "code", "nom", "codesPostaux", "population", "codeDepartement", "nomCanton", "codeEpci",
        "nomEpci", "siren", "surface_ha", "centre_lat", "centre_lon", "mairie_lat", "mairie_lon",
    }
)  # fmt: skip
FORMERS = Layout(title=gettext_lazy("Anciennes communes (CSV)"), source="INSEE")
FORMER_COLUMNS = frozenset({"code", "nom", "codeActuel", "type"})

# Column of the file → field of the commune that it speaks for.
FIELDS = {
    "codesPostaux": "postcodes",
    "population": "population",
    "nomCanton": "canton_name",
    "codeEpci": "epci",
    "siren": "siren",
    "surface_ha": "area_ha",
    "centre_lat": "centre",
    "centre": "centre",
    "mairie_lat": "town_hall",
    "mairie": "town_hall",
}


def read_communes(text: str, contents: Contents) -> None:
    table = Table(text)
    contents.columns = fields_of(table.columns)
    contents.take(table.rows(), lambda values: _read_commune(contents, table.record(values)))


def _read_commune(contents: Contents, record: dict[str, str]) -> None:
    add_commune(
        contents,
        record,
        centre=(record["centre_lon"], record["centre_lat"]),
        town_hall=(record["mairie_lon"], record["mairie_lat"]),
    )


def add_commune(
    contents: Contents,
    record: Mapping[str, Any],
    *,
    centre: tuple[object, object],
    town_hall: tuple[object, object],
) -> CommuneRow:
    """Add the commune that `record` describes; both places are longitude, latitude."""
    code = contents.read_code(record.get("code"))
    department = contents.read_department(record.get("codeDepartement"), code)
    name = checks.name(record.get("nom"))
    row = CommuneRow(
        insee_code=code,
        name=name,
        sort_name=without_article(name),
        department=department,
        epci=_read_epci(contents, record),
        canton_name=checks.text(record.get("nomCanton")),
        postcodes=checks.postcodes(record.get("codesPostaux")),
        siren=checks.siren(record.get("siren")),
        population=checks.population(record.get("population")),
        area_ha=checks.area(record.get("surface_ha")),
        centre=checks.point(*centre, department),
        town_hall=checks.point(*town_hall, department),
    )
    contents.communes[code] = row
    if row.centre is None:
        contents.note(_("communes sans centre"))
    return row


def fields_of(columns: Collection[str]) -> frozenset[str]:
    """The fields of a commune that these columns speak for, its name excepted."""
    return frozenset(FIELDS[column] for column in columns if column in FIELDS)


def _read_epci(contents: Contents, record: Mapping[str, Any]) -> str | None:
    siren = checks.siren(record.get("codeEpci"))
    if not siren:
        return None
    name = checks.text(record.get("nomEpci"), most=150)
    if not name:
        raise BadRow(
            siren,
            _("Le nom de l’intercommunalité manque."),
            _("Complétez la colonne nomEpci, ou videz aussi codeEpci."),
        )
    contents.epcis[siren] = name
    return siren


def read_formers(text: str, contents: Contents) -> None:
    table = Table(text)
    contents.take(
        table.rows(), lambda values: _read_former(contents, table.record(values)), listing=False
    )


def _read_former(contents: Contents, record: dict[str, str]) -> None:
    if record["type"] not in FormerCommuneKind.values:
        raise BadRow(
            record["type"],
            _("Cette nature d’ancienne commune est inconnue."),
            _("Écrivez %(kinds)s.") % {"kinds": ", ".join(FormerCommuneKind.values)},
        )
    contents.add_former(
        FormerRow(
            insee_code=checks.insee_code(record["code"]),
            name=checks.text(record["nom"]),
            kind=FormerCommuneKind(record["type"]),
            successor=checks.insee_code(record["codeActuel"]),
        )
    )
