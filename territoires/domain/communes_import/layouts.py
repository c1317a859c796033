"""Recognise a file by what it holds, never by its name, and read it."""

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from territoires.domain.communes_import import cog, etalab, geojson, listings, movements
from territoires.domain.communes_import.contents import Contents, Layout
from territoires.domain.communes_import.refusals import FileRefused
from territoires.domain.communes_import.source_file import Table, read_json, read_text

FEATURE = "Feature"
TextReader = Callable[[str, Contents], None]
TABLES: list[tuple[Layout, frozenset[str], TextReader]] = [
    (listings.COMMUNES, listings.COMMUNE_COLUMNS, listings.read_communes),
    (listings.FORMERS, listings.FORMER_COLUMNS, listings.read_formers),
    (cog.COMMUNES, cog.COLUMNS, cog.read_communes),
    (movements.MOVEMENTS, movements.COLUMNS, movements.read_movements),
]


def read_contents(path: Path, departments: frozenset[str]) -> Contents:
    """Everything the file says, bad rows apart. `departments` are the codes that exist.

    Raises FileRefused when the file can't be read or no layout fits it.
    """
    text = read_text(path)
    read = _read_json if text.lstrip()[:1] in {"{", "["} else _read_table
    with collector_paused():
        contents = read(text, departments)
    if contents.rows_read == 0:
        raise FileRefused(
            _("Ce fichier ne contient aucune ligne."), _("Téléchargez-le de nouveau.")
        )
    return contents


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let Python's cycle collector rest: reading France takes five times less.

    A parsed file is millions of lists that all stay and hold no cycle; the collector would go
    over them again and again for nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read_table(text: str, departments: frozenset[str]) -> Contents:
    found = set(Table(text).columns)
    layout, columns, read = max(TABLES, key=lambda table: len(table[1] & found) / len(table[1]))
    if len(columns & found) * 2 < len(columns):
        raise _unrecognised(text)
    if missing := sorted(columns - found):
        raise FileRefused(
            _("Il manque des colonnes : %(columns)s.") % {"columns": ", ".join(missing)},
            _("Reprenez le fichier d’origine (%(layout)s), sans renommer ses colonnes.")
            % {"layout": layout.title},
            line=1,
        )
    contents = Contents(layout, departments)
    read(text, contents)
    return contents


def _read_json(text: str, departments: frozenset[str]) -> Contents:
    first_line, _newline, others = text.partition("\n")
    if others.strip() and _is_feature(first_line):
        return _read_lines(text, departments)
    value = read_json(text)
    if isinstance(value, dict):
        if isinstance(value.get("features"), list):
            return _read_features(value["features"], departments)
        if value.get("type") == FEATURE:
            return _read_lines(text, departments)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _read_items(value, departments)
    raise _unrecognised(text)


def _is_feature(line: str) -> bool:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("type") == FEATURE


def _read_lines(text: str, departments: frozenset[str]) -> Contents:
    contents = Contents(geojson.GENERALISED, departments)
    geojson.read_contours(geojson.features_by_line(text), contents)
    return contents


def _read_features(features: list[Any], departments: frozenset[str]) -> Contents:
    if geojson.is_list(features):
        contents = Contents(geojson.LIST, departments)
        geojson.read_list(features, contents)
    else:
        contents = Contents(geojson.CONTOURS, departments)
        geojson.read_contours(enumerate(features, start=1), contents)
    return contents


def _read_items(items: list[Any], departments: frozenset[str]) -> Contents:
    if "membres" in items[0]:
        contents = Contents(etalab.EPCIS, departments)
        etalab.read_epcis(items, contents)
    elif {"code", "type"} <= items[0].keys():
        contents = Contents(etalab.COMMUNES, departments)
        etalab.read_communes(items, contents)
    else:
        raise _unrecognised(str(items[0]))
    return contents


def _unrecognised(text: str) -> FileRefused:
    return FileRefused(
        _("Ce fichier n’est d’aucun format connu."),
        _("Donnez l’un des fichiers décrits dans docs/donnees.md."),
        value=text[:60],
    )
