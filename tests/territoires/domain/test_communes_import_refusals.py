"""Bad files and bad rows: a sentence for each, and nothing changed."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from territoires.domain.communes_import import checks, import_communes, refusals, source_file
from territoires.enums import ImportOutcome
from territoires.models import Commune, CommuneContour, DataVersion, Epci, FormerCommune, ImportRun
from tests.factories import CommuneFactory
from tests.territoires.domain.communes_files import (
    DATA,
    features,
    records,
    spoiled_geojson,
    write_csv,
)

LIST = (DATA / "communes.csv").read_bytes()
GEOJSON = (DATA / "communes.geojson").read_bytes()


def nothing_written() -> bool:
    models = (Commune, CommuneContour, Epci, FormerCommune, DataVersion)
    return not any(model.objects.exists() for model in models)


def refused(path: Path, *, skip_bad: bool = False) -> dict[str, Any]:
    """The only problem of a refused import, after checking that nothing else was written."""
    run = import_communes(path, skip_bad=skip_bad)

    assert (run.outcome, run.rows_created, run.rows_refused) == (ImportOutcome.REFUSED, 0, 1)
    assert ImportRun.objects.get() == run
    assert nothing_written()
    problem: dict[str, Any]
    (problem,) = run.report["problems"]
    assert problem["reason"].endswith(".")
    assert problem["remedy"].endswith(".")
    return problem


FILES = {
    "empty": (b"", "Ce fichier est vide."),
    "blank": (b" \n\n", "Ce fichier est vide."),
    "gzip truncated": (gzip.compress(LIST)[:-40], "L’archive gzip est tronquée ou abîmée."),
    "gzip corrupt": (
        gzip.compress(LIST)[:60] + b"\x00" * 40,
        "L’archive gzip est tronquée ou abîmée.",
    ),
    "workbook": (b"PK\x03\x04" + b"\x00" * 50, "Ce fichier est une archive zip ou un classeur."),
    "PDF": (b"%PDF-1.7\n", "Ce fichier est un document PDF."),
    "UTF-16": (LIST.decode().encode("utf-16"), "Ce fichier est un texte en UTF-16."),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "Ce fichier n’est d’aucun format connu."),
    "not a CSV": (b"Bonjour, monde.\n", "Ce fichier n’est d’aucun format connu."),
    "NUL bytes": (b"\x00" * 1000, "Ce fichier n’est d’aucun format connu."),
    "other CSV": (b"date,valeur\n2026-01-01,3\n", "Ce fichier n’est d’aucun format connu."),
    "header only": (LIST.split(b"\n")[0] + b"\n", "Ce fichier ne contient aucune ligne."),
    "missing column": (
        LIST.replace(b"population,", b"habitants,", 1),
        "Il manque des colonnes : population.",
    ),
    "open quotation": (
        LIST.replace(b"L'Essai", b"\"L'Essai", 1),
        "Le CSV s’interrompt ou se trompe : guillemet mal fermé ou valeur démesurée.",
    ),
    "huge field": (
        LIST.replace(b"L'Essai", b"L" * 200_000, 1),
        "Le CSV s’interrompt ou se trompe : guillemet mal fermé ou valeur démesurée.",
    ),
    "JSON truncated": (GEOJSON[:-200], "Le JSON s’interrompt ou se trompe."),
    "JSON of something else": (b'{"a": 1}', "Ce fichier n’est d’aucun format connu."),
    "JSON list of something else": (b'[{"a": 1}]', "Ce fichier n’est d’aucun format connu."),
    "JSON empty list": (b"[]", "Ce fichier n’est d’aucun format connu."),
    "no feature": (
        b'{"type": "FeatureCollection", "features": []}',
        "Ce fichier ne contient aucune ligne.",
    ),
    "JSON NaN": (
        GEOJSON.replace(b"1234.5", b"NaN"),
        "Le JSON contient une valeur démesurée ou qui n’est pas un nombre.",
    ),
    "JSON nested deep": (
        b"[" * 200_000,
        "Le JSON contient une valeur démesurée ou qui n’est pas un nombre.",
    ),
    "JSON endless number": (
        GEOJSON.replace(b"1200", b"9" * 5000),
        "Le JSON contient une valeur démesurée ou qui n’est pas un nombre.",
    ),
}


@pytest.mark.parametrize("skip_bad", [False, True])
@pytest.mark.parametrize(("content", "reason"), FILES.values(), ids=FILES.keys())
def test_bad_file_is_refused_whole(db, tmp_path, content, reason, skip_bad):
    path = tmp_path / "fichier"
    path.write_bytes(content)

    assert refused(path, skip_bad=skip_bad)["reason"] == reason


def test_missing_file_is_refused(db, tmp_path):
    assert refused(tmp_path / "absent.csv")["reason"] == "Ce fichier n’existe pas."


def test_folder_and_device_are_refused(db, tmp_path):
    assert refused(tmp_path)["reason"] == "Ce fichier n’existe pas."
    ImportRun.objects.all().delete()
    assert refused(Path("/dev/zero"))["reason"] == "Ce fichier n’existe pas."


def test_pipe_is_refused_without_waiting(db, tmp_path):
    os.mkfifo(tmp_path / "tube")

    assert refused(tmp_path / "tube")["reason"] == "Ce fichier n’existe pas."


def test_bomb_is_refused_before_it_fills_the_memory(db, tmp_path, monkeypatch):
    monkeypatch.setattr(source_file, "MOST_BYTES", 4 * 1024 * 1024)
    path = tmp_path / "bombe.gz"
    path.write_bytes(gzip.compress(b"0" * 64 * 1024 * 1024))

    assert path.stat().st_size < 100_000
    assert refused(path)["reason"] == "Une fois décompressé, ce fichier dépasse 4 Mio."


ROWS = {
    "code": ({"code": "9901X"}, "Ce n’est pas un code INSEE."),
    "code without zero": ({"code": "9901"}, "Ce n’est pas un code INSEE."),
    "code with NUL": ({"code": "0990\x00"}, "Ce n’est pas un code INSEE."),
    "department": ({"codeDepartement": "99"}, "Ce département n’existe pas."),
    "other department": (
        {"codeDepartement": "32"},
        "La commune 09901 n’est pas de ce département.",
    ),
    "no name": ({"nom": " "}, "Le nom manque."),
    "name with NUL": (
        {"nom": "Es\x00sai"},
        "Ce texte est dans un autre encodage, ou contient des caractères de commande.",
    ),
    "name encoded twice": (
        {"nom": "Séronais".encode().decode("latin-1")},
        "Ce texte est dans un autre encodage, ou contient des caractères de commande.",
    ),
    "long name": ({"nom": "N" * 101}, "Ce texte dépasse 100 signes."),
    "postcode": ({"codesPostaux": "9990"}, "Ce n’est pas un code postal."),
    "population": ({"population": "1 200"}, "Ce n’est pas un nombre entier."),
    "decimal population": ({"population": "1200.5"}, "Ce n’est pas un nombre entier."),
    "negative population": ({"population": "-1"}, "Cette population est impossible."),
    "huge population": ({"population": "9" * 15}, "Cette population est impossible."),
    "endless population": ({"population": "9" * 5000}, "Ce n’est pas un nombre entier."),
    "area": ({"surface_ha": "grande"}, "Cette superficie est impossible."),
    "negative area": ({"surface_ha": "-3"}, "Cette superficie est impossible."),
    "infinite area": ({"surface_ha": "Infinity"}, "Cette superficie est impossible."),
    "SIREN": ({"siren": "12"}, "Ce n’est pas un SIREN."),
    "EPCI without name": ({"nomEpci": ""}, "Le nom de l’intercommunalité manque."),
    "latitude": ({"centre_lat": "142.95"}, "Ce point est hors de France."),
    "infinite latitude": (
        {"centre_lat": "inf"},
        "Cette coordonnée manque ou n’est pas un nombre.",
    ),
    "latitude alone": ({"centre_lon": ""}, "Cette coordonnée manque ou n’est pas un nombre."),
    "comma in latitude": (
        {"centre_lat": "42,95"},
        "Cette coordonnée manque ou n’est pas un nombre.",
    ),
    "swapped": (
        {"centre_lat": "1.55", "centre_lon": "42.95"},
        "La latitude et la longitude semblent échangées.",
    ),
    "duplicate": ({"code": "09902"}, None),
}


@pytest.mark.parametrize(("change", "reason"), ROWS.values(), ids=ROWS.keys())
def test_bad_row_refuses_the_file(db, tmp_path, change, reason):
    rows = records("communes.csv")
    rows[0] |= change

    problem = refused(write_csv(tmp_path / "liste.csv", rows))

    if reason:
        assert (problem["line"], problem["reason"]) == (2, reason)
    else:
        assert (problem["line"], problem["reason"]) == (3, "Ce code est déjà à la ligne 2.")


@pytest.mark.parametrize(("change", "reason"), ROWS.values(), ids=ROWS.keys())
def test_bad_row_skipped_leaves_the_others(db, tmp_path, change, reason):
    rows = records("communes.csv")
    rows[0] |= change

    run = import_communes(write_csv(tmp_path / "liste.csv", rows), skip_bad=True)

    assert (run.outcome, run.rows_created, run.rows_refused) == (ImportOutcome.DONE, 3, 1)
    assert Commune.objects.count() == 3


def test_bad_row_tells_value_and_remedy(db, tmp_path):
    rows = records("communes.csv")
    rows[0]["code"] = "9901"

    assert refused(write_csv(tmp_path / "liste.csv", rows)) == {
        "line": 2,
        "value": "9901",
        "reason": "Ce n’est pas un code INSEE.",
        "remedy": "Le zéro du début a disparu (tableur ?) : écrivez 09901.",
    }


def test_row_in_latin_1_is_refused_alone(db, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_bytes(LIST.replace(b"Bourg-Essai", "Bourg-Séronais".encode("latin-1")))

    problem = refused(path)

    assert (problem["line"], problem["value"]) == (4, "Bourg-S\N{REPLACEMENT CHARACTER}ronais")
    assert problem["remedy"] == "Enregistrez le fichier en UTF-8."


def test_truncated_row_is_refused(db, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_bytes(LIST[:-30])

    assert refused(path)["reason"] == "Cette ligne a 3 valeurs au lieu de 19."


def test_every_bad_row_is_counted_and_the_first_ones_listed(db, tmp_path):
    row = records("communes.csv")[0] | {"population": "beaucoup"}
    rows = [row | {"code": f"09{number:03}"} for number in range(600)]

    run = import_communes(write_csv(tmp_path / "liste.csv", rows))

    assert (run.rows_refused, len(run.report["problems"])) == (600, 500)
    assert [problem["line"] for problem in run.report["problems"][:3]] == [2, 3, 4]


@pytest.mark.parametrize("skip_bad", [False, True])
def test_file_of_bad_rows_is_not_read_to_its_end(db, tmp_path, monkeypatch, skip_bad):
    monkeypatch.setattr(refusals, "MOST_PROBLEMS", 10)
    path = tmp_path / "liste.csv"
    path.write_bytes(LIST.split(b"\n")[0] + b"\nn'importe quoi" * 1000)

    problem = refused(path, skip_bad=skip_bad)

    assert (problem["line"], problem["value"]) == (2, "n'importe quoi")
    assert problem["reason"] == "Plus de 10 lignes sont fautives."


SQUARE = [[1.5, 42.9], [1.6, 42.9], [1.6, 43.0], [1.5, 43.0], [1.5, 42.9]]
BOW_TIE = [[1.5, 42.9], [1.6, 43.0], [1.6, 42.9], [1.5, 43.0], [1.5, 42.9]]
SWAPPED = [[latitude, longitude] for longitude, latitude in SQUARE]
OPEN_RING = "Un anneau n’est pas fermé : son dernier point diffère."
SHORT_RING = "Un anneau compte au moins quatre points à deux coordonnées."
NOT_A_NUMBER = "Une coordonnée n’est pas un nombre."
GEOMETRIES = {
    "point": ({"type": "Point", "coordinates": [1, 2]}, None),
    "text": ("POLYGON EMPTY", None),
    "no coordinates": ({"type": "MultiPolygon"}, "Ce contour est vide."),
    "null coordinates": ({"type": "Polygon", "coordinates": None}, "Des coordonnées manquent."),
    "no ring": ({"type": "Polygon", "coordinates": []}, "Ce contour est vide."),
    "number": ({"type": "Polygon", "coordinates": 3}, "Des coordonnées manquent."),
    "open": ({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, OPEN_RING),
    "short": ({"type": "Polygon", "coordinates": [SQUARE[:3]]}, SHORT_RING),
    "flat": ({"type": "Polygon", "coordinates": [[1, 2, 3, 4]]}, SHORT_RING),
    "ragged": ({"type": "Polygon", "coordinates": [[*SQUARE[:-1], [1]]]}, NOT_A_NUMBER),
    "words": ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, NOT_A_NUMBER),
    "nulls": ({"type": "Polygon", "coordinates": [[[None, None]] * 4]}, NOT_A_NUMBER),
    "huge": ({"type": "Polygon", "coordinates": [[[10**400, 1]] * 4]}, NOT_A_NUMBER),
    "bow-tie": ({"type": "Polygon", "coordinates": [BOW_TIE]}, "Le contour se recoupe lui-même."),
    "flattened": (
        {"type": "Polygon", "coordinates": [[SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]]]},
        "Le contour se recoupe lui-même.",
    ),
    "swapped": (
        {"type": "Polygon", "coordinates": [SWAPPED]},
        "La latitude et la longitude semblent échangées.",
    ),
    "elsewhere": (
        {"type": "Polygon", "coordinates": [[[x + 90, y] for x, y in SQUARE]]},
        "Ce point est hors de France.",
    ),
}


@pytest.mark.parametrize(("geometry", "reason"), GEOMETRIES.values(), ids=GEOMETRIES.keys())
def test_broken_contour_refuses_the_file(db, tmp_path, geometry, reason):
    path = spoiled_geojson(tmp_path / "f", lambda feature: feature.update(geometry=geometry))

    problem = refused(path)

    expected = reason or "Un contour est un Polygon ou un MultiPolygon."
    assert (problem["line"], problem["reason"]) == (1, expected)


@pytest.mark.parametrize(("geometry", "reason"), GEOMETRIES.values(), ids=GEOMETRIES.keys())
def test_broken_contour_skipped_leaves_its_commune_out(db, tmp_path, geometry, reason):
    path = spoiled_geojson(tmp_path / "f", lambda feature: feature.update(geometry=geometry))

    run = import_communes(path, skip_bad=True)

    assert (run.rows_created, run.rows_refused) == (2, 1)
    assert list(CommuneContour.objects.values_list("pk", flat=True)) == ["09902"]
    assert sorted(Commune.objects.values_list("pk", flat=True)) == ["09902", "09903"]


PROPERTIES = {
    "no properties": lambda feature: feature.pop("properties"),
    "centre": lambda feature: feature["properties"].update(centre=[1.5]),
    "centre in words": lambda feature: feature["properties"].update(centre=["a", "b"]),
    "code": lambda feature: feature["properties"].update(code=["09901"]),
    "name": lambda feature: feature["properties"].update(nom={"fr": "Essai"}),
    "name with NUL": lambda feature: feature["properties"].update(nom="Es\x00sai"),
    "lone surrogate": lambda feature: feature["properties"].update(nom="Es\ud800sai"),
    "population": lambda feature: feature["properties"].update(population=1.5),
    "true population": lambda feature: feature["properties"].update(population=True),
    "postcodes": lambda feature: feature["properties"].update(codesPostaux=[9990]),
    "area": lambda feature: feature["properties"].update(surface_ha=[1]),
}


@pytest.mark.parametrize("spoil", PROPERTIES.values(), ids=PROPERTIES.keys())
def test_bad_property_is_reported_with_its_feature(db, tmp_path, spoil):
    path = tmp_path / "f"
    collection = features()
    collection["features"].reverse()  # the first one tells the layout: keep it sound
    spoil(collection["features"][2])
    path.write_text(json.dumps(collection), encoding="utf-8")

    assert refused(path)["line"] == 3


def test_truncated_ndjson_refuses_its_last_line(db, tmp_path):
    path = tmp_path / "f"
    path.write_bytes((DATA / "contours-simplified.ndjson").read_bytes()[:-60])

    problem = refused(path)

    assert (problem["line"], problem["reason"]) == (2, "Le JSON s’interrompt ou se trompe.")


ITEMS = {
    "no object": ("etalab-communes.json", "x", "Ce n’est pas un objet JSON."),
    "unknown type": (
        "etalab-communes.json",
        {"code": "09905", "nom": "Essai", "type": "hameau"},
        "Ce type de commune est inconnu.",
    ),
    "old codes": (
        "etalab-communes.json",
        {"code": "09905", "nom": "Essai", "type": "commune-actuelle", "anciensCodes": "09906"},
        "Ce n’est pas une liste.",
    ),
    "attached twice": (
        "etalab-communes.json",
        {"code": "09911", "nom": "Essai", "type": "commune-deleguee", "chefLieu": "09901"},
        "Cet ancien code est déjà dans le fichier.",
    ),
    "EPCI without members": (
        "etalab-epci.json",
        {"code": "209000009", "nom": "CC"},
        "Le SIREN ou les membres de l’intercommunalité manquent.",
    ),
    "EPCI without name": (
        "etalab-epci.json",
        {"code": "209000009", "membres": []},
        "Le nom manque.",
    ),
    "member of two EPCI": (
        "etalab-epci.json",
        {"code": "209000009", "nom": "CC", "membres": [{"code": "09901"}]},
        "Cette commune est déjà membre d’une autre intercommunalité.",
    ),
}


@pytest.mark.parametrize(("name", "item", "reason"), ITEMS.values(), ids=ITEMS.keys())
def test_bad_item_of_etalab_is_refused(db, tmp_path, name, item, reason):
    items = json.loads((DATA / name).read_text(encoding="utf-8"))
    path = tmp_path / "f"
    path.write_text(json.dumps([*items, item]), encoding="utf-8")

    problem = refused(path)

    assert (problem["line"], problem["reason"]) == (len(items) + 1, reason)


def test_unknown_type_of_insee_is_refused(db, tmp_path):
    rows = records("v_commune_2026.csv")
    rows[4]["TYPECOM"] = "QPV"

    problem = refused(write_csv(tmp_path / "f", rows))

    assert (problem["line"], problem["reason"]) == (6, "Ce type de commune est inconnu.")


def test_former_commune_of_unknown_kind_is_refused(db, tmp_path):
    rows = records("communes-anciennes.csv")
    rows[0]["type"] = "hameau"

    assert refused(write_csv(tmp_path / "f", rows[:1]))["reason"] == (
        "Cette nature d’ancienne commune est inconnue."
    )


def test_former_commune_without_present_one_is_refused(db, tmp_path):
    CommuneFactory(insee_code="09902")

    run = import_communes(write_csv(tmp_path / "f", records("communes-anciennes.csv")))

    assert run.outcome == ImportOutcome.REFUSED
    assert [problem["reason"] for problem in run.report["problems"]] == [
        "La commune actuelle de 09911 n’est pas dans la base."
    ]
    assert FormerCommune.objects.count() == 0


def test_contour_of_unnamed_unknown_commune_is_refused(db, tmp_path):
    collection = features("etalab-contours.geojson")
    del collection["features"][0]["properties"]["nom"]
    path = tmp_path / "f"
    path.write_text(json.dumps(collection), encoding="utf-8")

    assert refused(path)["remedy"] == "Importez d’abord la liste des communes."


def test_bad_date_of_event_is_refused(db, tmp_path):
    rows = records("v_mvt_commune_2026.csv")
    rows[3]["DATE_EFF"] = "01/01/2019"

    problem = refused(write_csv(tmp_path / "f", rows))

    assert (problem["line"], problem["reason"]) == (5, "Ce n’est pas une date.")


def test_dry_run_of_a_bad_file_writes_no_run(db, tmp_path):
    path = tmp_path / "fichier"
    path.write_bytes(b"")

    run = import_communes(path, dry_run=True)

    assert run.outcome == ImportOutcome.REFUSED
    assert ImportRun.objects.count() == 0


def test_file_that_cannot_be_read_is_refused(db):
    """A process's own memory is a file, and its first byte belongs to nobody."""
    problem = refused(Path("/proc/self/mem"))

    assert problem["reason"] == "Ce fichier ne peut pas être lu."


def test_json_that_lists_no_commune_is_refused(db, tmp_path):
    path = tmp_path / "communes"
    path.write_text("[1, 2]")

    assert refused(path)["reason"] == "Ce fichier n’est d’aucun format connu."


def test_printable_integer_too_long_for_python_is_named():
    assert refusals.printable(10**5000) == "nombre démesuré"


def test_postcodes_given_as_a_number_are_refused():
    with pytest.raises(refusals.BadRow, match=r"Ce n’est pas un code postal\."):
        checks.postcodes(9000)
