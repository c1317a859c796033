from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from territoires.enums import ImportOutcome
from territoires.models import Commune, FormerCommune, ImportRun
from tests.territoires.domain.communes_files import DATA, records, write_csv


def run(*arguments: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_communes", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


@pytest.fixture
def bad_file(tmp_path) -> Path:
    rows = records("communes.csv")
    rows[1]["population"] = "beaucoup"
    return write_csv(tmp_path / "liste-2026.csv", rows)


def test_import_communes_takes_files_in_order_and_sums_up(db):
    out, err = run(DATA / "communes.csv", DATA / "communes-anciennes.csv")

    assert err == ""
    assert "lues : 4, créées : 4, modifiées : 0, inchangées : 0, closes : 0, refusées : 0" in out
    assert "lues : 3, créées : 2, modifiées : 0, inchangées : 0, closes : 0, refusées : 0" in out
    assert (Commune.objects.count(), FormerCommune.objects.count()) == (4, 2)


def test_import_communes_shows_each_step(db):
    out, _err = run(DATA / "communes.geojson")

    assert [line.strip() for line in out.splitlines() if "…" in line] == [
        "… lecture du fichier",
        "… comparaison de 3 communes",
        "… dessin des contours, tous ensemble",
    ]


def test_import_communes_stops_at_a_bad_file(db, bad_file):
    with pytest.raises(CommandError) as refusal:
        call_command(
            "import_communes",
            str(bad_file),
            str(DATA / "communes.csv"),
            stdout=StringIO(),
            stderr=StringIO(),
        )

    assert str(refusal.value) == (
        "liste-2026.csv est refusé : rien n’a été changé. Fichiers non lus : communes.csv."
    )
    assert refusal.value.returncode == 1
    assert Commune.objects.count() == 0
    assert [row.outcome for row in ImportRun.objects.all()] == [ImportOutcome.REFUSED]


def test_import_communes_says_line_value_and_remedy(db, bad_file):
    _out, err = run(bad_file)

    assert err.splitlines()[0].strip() == (
        "ligne 3 [beaucoup] : Ce n’est pas un nombre entier. "
        "Écrivez le nombre en chiffres, sans espace."
    )


def test_import_communes_skips_bad_rows_when_told(db, bad_file):
    out, err = run(bad_file, "--skip-bad")

    assert "lues : 4, créées : 3, modifiées : 0, inchangées : 0, closes : 0, refusées : 1" in out
    assert err.count("ligne 3") == 1
    assert Commune.objects.count() == 3


def test_import_communes_shows_the_first_bad_rows_only(db, tmp_path):
    row = records("communes.csv")[0] | {"population": "beaucoup"}
    rows = [row | {"code": f"09{number:03}"} for number in range(30)]

    _out, err = run(write_csv(tmp_path / "f.csv", rows))

    assert err.count("[beaucoup]") == 20
    assert "… et 10 autres" in err


def test_import_communes_dry_run_writes_nothing(db):
    out, _err = run(DATA / "communes.csv", "--dry-run")

    assert "créées : 4" in out
    assert "Essai à blanc : rien n’a été écrit." in out
    assert (Commune.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_import_communes_passes_years_on(db):
    run(DATA / "communes.csv", "--vintage", "2027", "--population-year", "2025")

    commune = Commune.objects.get(pk="09901")
    assert (commune.vintage, commune.population_year) == (2027, 2025)


@pytest.mark.parametrize("year", ["26", "deux mille", "20260"])
def test_import_communes_refuses_absurd_years(db, year):
    _out, err = run(DATA / "communes.csv", "--vintage", year)

    assert err == "Error: argument --vintage: donnez une année, par exemple 2026"
    assert Commune.objects.count() == 0
