"""INSEE's yearly « code officiel géographique »: the communes (v_commune_2026.csv).

Rows are communes (COM), delegated (COMD) and associated communes (COMA) with their present
commune in COMPARENT, and municipal districts (ARM). NCCENR is the name without its article.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territoires.domain.communes_import import checks
from territoires.domain.communes_import.contents import CommuneRow, Contents, FormerRow, Layout
from territoires.domain.communes_import.names import without_article
from territoires.domain.communes_import.refusals import BadRow
from territoires.domain.communes_import.source_file import Table
from territoires.enums import FormerCommuneKind

COMMUNES = Layout(
    title=gettext_lazy("INSEE, code officiel géographique (CSV)"),
    source="INSEE, code officiel géographique",
    is_list=True,
)
COLUMNS = frozenset({"TYPECOM", "COM", "DEP", "NCCENR", "LIBELLE", "COMPARENT"})
ATTACHED = {"COMD": FormerCommuneKind.DELEGATED, "COMA": FormerCommuneKind.ASSOCIATED}


def read_communes(text: str, contents: Contents) -> None:
    table = Table(text)
    contents.take(table.rows(), lambda values: _read_row(contents, table.record(values)))


def _read_row(contents: Contents, record: dict[str, str]) -> None:
    kind = record["TYPECOM"]
    if kind == "COM":
        code = contents.read_code(record["COM"])
        department = contents.read_department(record["DEP"], code)
        name, bare = checks.name(record["LIBELLE"]), checks.text(record["NCCENR"])
        sort_name = bare if bare and name.endswith(bare) else without_article(name)
        contents.communes[code] = CommuneRow(code, name, sort_name, department)
    elif kind in ATTACHED:
        contents.add_former(
            FormerRow(
                insee_code=checks.insee_code(record["COM"]),
                name=checks.name(record["LIBELLE"]),
                kind=ATTACHED[kind],
                successor=checks.insee_code(record["COMPARENT"]),
            )
        )
    elif kind == "ARM":
        contents.note(_("arrondissements municipaux laissés de côté"))
    else:
        raise BadRow(
            kind,
            _("Ce type de commune est inconnu."),
            _("TYPECOM vaut COM, COMD, COMA ou ARM."),
        )
