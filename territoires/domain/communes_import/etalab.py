"""The yearly JSON of Etalab's « découpage administratif »: communes.json and epci.json."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territoires.domain.communes_import import checks
from territoires.domain.communes_import.contents import (
    ELEMENT,
    CommuneRow,
    Contents,
    FormerRow,
    Layout,
)
from territoires.domain.communes_import.names import without_article
from territoires.domain.communes_import.refusals import BadRow
from territoires.enums import FormerCommuneKind

COMMUNES = Layout(
    title=gettext_lazy("Communes d’Etalab (JSON)"),
    source="INSEE, La Poste (Etalab, découpage administratif)",
    is_list=True,
    unit=ELEMENT,
)
EPCIS = Layout(
    title=gettext_lazy("Intercommunalités d’Etalab (JSON)"),
    source="DGCL (Etalab, découpage administratif)",
    unit=ELEMENT,
)
COLUMNS = frozenset({"postcodes", "siren", "population"})
ATTACHED = {FormerCommuneKind.DELEGATED.value, FormerCommuneKind.ASSOCIATED.value}


def read_communes(items: list[Any], contents: Contents) -> None:
    contents.columns = COLUMNS
    # Old codes come last: a delegated or associated commune tells more than its bare code.
    old_codes: dict[str, str] = {}
    contents.take(
        enumerate(items, start=1), lambda item: _read_item(contents, mapping(item), old_codes)
    )
    for code, successor in old_codes.items():
        contents.formers.setdefault(code, FormerRow(code, "", FormerCommuneKind.FORMER, successor))


def mapping(item: object) -> Mapping[str, Any]:
    if isinstance(item, dict):
        return item
    raise BadRow(item, _("Ce n’est pas un objet JSON."), _("Téléchargez le fichier de nouveau."))


def _read_item(contents: Contents, item: Mapping[str, Any], old_codes: dict[str, str]) -> None:
    kind = item.get("type")
    if kind == "commune-actuelle":
        _read_commune(contents, item, old_codes)
    elif kind in ATTACHED:
        contents.add_former(
            FormerRow(
                insee_code=checks.insee_code(item.get("code")),
                name=checks.name(item.get("nom")),
                kind=FormerCommuneKind(kind),
                successor=checks.insee_code(item.get("chefLieu")),
            )
        )
    elif kind == "arrondissement-municipal":
        contents.note(_("arrondissements municipaux laissés de côté"))
    else:
        raise BadRow(
            kind,
            _("Ce type de commune est inconnu."),
            _("Vérifiez que le fichier est communes.json du découpage administratif."),
        )


def _read_commune(contents: Contents, item: Mapping[str, Any], old_codes: dict[str, str]) -> None:
    code = contents.read_code(item.get("code"))
    department = contents.read_department(item.get("departement"), code)
    name = checks.name(item.get("nom"))
    row = CommuneRow(
        insee_code=code,
        name=name,
        sort_name=without_article(name),
        department=department,
        postcodes=checks.postcodes(item.get("codesPostaux")),
        siren=checks.siren(item.get("siren")),
        population=checks.population(item.get("population")),
    )
    former_codes = item.get("anciensCodes") or []
    if not isinstance(former_codes, list):
        raise BadRow(former_codes, _("Ce n’est pas une liste."), _("Corrigez anciensCodes."))
    old_codes.update((checks.insee_code(old), code) for old in former_codes)
    contents.communes[code] = row


def read_epcis(items: list[Any], contents: Contents) -> None:
    contents.take(
        enumerate(items, start=1), lambda item: _read_epci(contents, mapping(item)), listing=False
    )


def _read_epci(contents: Contents, item: Mapping[str, Any]) -> None:
    siren, members = checks.siren(item.get("code")), item.get("membres")
    if not siren or not isinstance(members, list):
        raise BadRow(
            item.get("code"),
            _("Le SIREN ou les membres de l’intercommunalité manquent."),
            _("Vérifiez que le fichier est epci.json du découpage administratif."),
        )
    name = checks.text(item.get("nom"), most=150)
    codes = [checks.insee_code(mapping(member).get("code")) for member in members]
    if not name:
        raise BadRow(siren, _("Le nom manque."), _("Complétez le nom de l’intercommunalité."))
    if taken := next((code for code in codes if code in contents.members), None):
        raise BadRow(
            taken,
            _("Cette commune est déjà membre d’une autre intercommunalité."),
            _("Gardez-la dans une seule."),
        )
    contents.epcis[siren] = name
    contents.members.update(dict.fromkeys(codes, siren))
