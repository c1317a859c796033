"""Contours in GeoJSON: with every fact about the commune, or with little more than its code.

A FeatureCollection whose features give a population or postcodes is a list of communes too. Any
other (Etalab's contours, simplified contours one feature a line) only draws them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territoires.domain.communes_import import checks, shapes
from territoires.domain.communes_import.contents import ELEMENT, CommuneRow, Contents, Layout
from territoires.domain.communes_import.etalab import ATTACHED, mapping
from territoires.domain.communes_import.listings import COMMUNES, add_commune, fields_of
from territoires.domain.communes_import.names import without_article
from territoires.domain.communes_import.refusals import BadRow, FileRefused
from territoires.domain.communes_import.source_file import read_json

CONTOUR_SOURCE = "IGN, contours administratifs d’Etalab"
LIST = Layout(
    title=gettext_lazy("Communes et contours (GeoJSON)"),
    source=COMMUNES.source,
    is_list=True,
    contour_source=CONTOUR_SOURCE,
    edition=COMMUNES.edition,
    unit=ELEMENT,
)
CONTOURS = Layout(
    title=gettext_lazy("Contours des communes (GeoJSON)"),
    source=CONTOUR_SOURCE,
    contour_source=CONTOUR_SOURCE,
    unit=ELEMENT,
)
GENERALISED = Layout(
    title=gettext_lazy("Contours simplifiés des communes (NDJSON)"),
    source=CONTOUR_SOURCE,
    contour_source=f"{CONTOUR_SOURCE}, simplifiés",
    is_generalised=True,
)
FACTS = {"population", "codesPostaux"}


def is_list(features: list[Any]) -> bool:
    """Whether the features tell enough to be a list of communes: the first one says so."""
    first = features[0] if features else None
    properties = first.get("properties") if isinstance(first, dict) else None
    return isinstance(properties, dict) and not FACTS.isdisjoint(properties)


def read_list(features: list[Any], contents: Contents) -> None:
    contents.columns = fields_of(features[0]["properties"])
    contents.take(enumerate(features, start=1), lambda feature: _read_commune(contents, feature))
    shapes.build(contents)


def _read_commune(contents: Contents, feature: object) -> None:
    properties, geometry = _feature(feature)
    row = add_commune(
        contents,
        properties,
        centre=_pair(properties.get("centre")),
        town_hall=_pair(properties.get("mairie")),
    )
    try:
        _add_contour(contents, row.insee_code, row.department, geometry)
    except BadRow:
        del contents.communes[row.insee_code]
        raise


def read_contours(features: Iterable[tuple[int, Any]], contents: Contents) -> None:
    # Of use to the communes that the base does not hold yet: the others only take their contour.
    contents.columns = frozenset({"epci"})
    contents.take(features, lambda feature: _read_contour(contents, feature))
    shapes.build(contents)


def features_by_line(text: str) -> Iterable[tuple[int, str]]:
    """NDJSON: a feature a line."""
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _read_contour(contents: Contents, feature: object) -> None:
    properties, geometry = _feature(feature)
    code = checks.insee_code(properties.get("code"))
    if checks.is_municipal_district(code):
        contents.note(_("arrondissements municipaux laissés de côté"))
        return
    if properties.get("type") in ATTACHED or properties.get("chefLieu"):
        # It may share its code with the commune that it is a part of.
        contents.note(_("contours d’anciennes communes laissés de côté"))
        return
    code = contents.read_code(code)
    department = contents.read_department(
        properties.get("departement") or properties.get("codeDepartement"), code
    )
    name = checks.text(properties.get("nom"))
    _add_contour(contents, code, department, geometry)
    if name:
        contents.communes[code] = CommuneRow(
            insee_code=code,
            name=name,
            sort_name=without_article(name),
            department=department,
            epci=checks.siren(properties.get("epci")) or None,
        )


def _feature(feature: object) -> tuple[Mapping[str, Any], object]:
    if isinstance(feature, str):
        try:
            feature = read_json(feature)
        except FileRefused as refusal:
            problem = refusal.problem
            raise BadRow(problem.value, problem.reason, problem.remedy) from refusal
    found = mapping(feature)
    return mapping(found.get("properties")), found.get("geometry")


def _pair(raw: object) -> tuple[object, object]:
    if raw is None:
        return None, None
    if isinstance(raw, list) and len(raw) == 2:
        return raw[0], raw[1]
    raise BadRow(
        raw,
        _("Ce n’est pas un point."),
        _("Écrivez la longitude puis la latitude : [1.6053, 42.9658]."),
    )


def _add_contour(contents: Contents, code: str, department: str, geometry: object) -> None:
    rings = shapes.read_rings(geometry, department)
    if rings is None:
        contents.note(_("communes sans contour"))
    else:
        contents.contours[code] = rings
