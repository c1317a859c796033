"""Each official layout, recognised by its content under a name that says nothing."""

import gc
import gzip
import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from territoires.domain.communes_import import import_communes
from territoires.domain.communes_import.layouts import collector_paused
from territoires.enums import FormerCommuneKind, ImportOutcome
from territoires.models import Commune, CommuneContour, Epci, FormerCommune, ImportRun
from tests.factories import CommuneContourFactory, CommuneFactory, EpciFactory
from tests.territoires.domain.communes_files import DATA, features, records, write_csv


@pytest.fixture
def anonymous(tmp_path):
    """A copy of a fixture under a name without any hint, alone or compressed."""

    def copy(name: str) -> Path:
        return Path(shutil.copy(DATA / name, tmp_path / "fichier"))

    return copy


def essais(*codes: str) -> None:
    for code in codes:
        CommuneFactory(
            insee_code=code, name=f"Ancien nom {code}", sort_name="Ancien nom", centre=None
        )


def formers() -> list[tuple[str, str, str, str]]:
    return list(
        FormerCommune.objects.order_by("insee_code").values_list(
            "insee_code", "name", "kind", "successor_id"
        )
    )


def test_csv_list_takes_every_column(db, anonymous):
    run = import_communes(anonymous("communes.csv"))

    assert run.layout == "Liste des communes (CSV)"
    first = Commune.objects.get(insee_code="09901")
    assert (first.name, first.sort_name, first.department_id) == ("L'Essai", "Essai", "09")
    assert (first.postcodes, first.siren) == (["09990", "09991"], "210909901")
    assert (first.population, first.population_year, first.vintage) == (1200, 2023, 2026)
    assert (first.canton_name, first.area_ha) == ("Les Essais", Decimal("1234.5"))
    assert first.epci == Epci.objects.get(siren="209000001", name="CC des Essais")
    assert first.centre is not None
    assert first.town_hall is not None
    assert (first.centre.coords, first.centre.srid) == ((1.55, 42.95), 4326)
    assert first.town_hall.coords == (1.5512, 42.9512)


def test_csv_list_accepts_missing_centre_and_counts_it(db, anonymous):
    run = import_communes(anonymous("communes.csv"))

    overseas = Commune.objects.get(insee_code="98799")
    assert (overseas.department_id, overseas.centre, overseas.population) == ("987", None, None)
    assert run.report["notices"] == {"communes sans centre": 1}
    assert (run.rows_created, run.rows_refused) == (4, 0)


def test_csv_list_reads_semicolons_byte_order_mark_and_windows_lines(db, tmp_path):
    text = (DATA / "communes.csv").read_text(encoding="utf-8").replace(",", ";")
    path = tmp_path / "liste.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert import_communes(path).rows_created == 4


def test_csv_list_gzipped_is_recognised_without_suffix(db, tmp_path):
    path = tmp_path / "liste"
    path.write_bytes(gzip.compress((DATA / "communes.csv").read_bytes()))

    assert import_communes(path).rows_created == 4


@pytest.mark.parametrize(
    ("name", "options", "years"),
    [
        ("liste.csv", {}, (2026, 2023)),
        ("communes-france-2027.csv", {}, (2027, 2024)),
        ("liste.csv", {"vintage": 2028}, (2028, 2025)),
        ("communes-2027.csv", {"vintage": 2028, "population_year": 2026}, (2028, 2026)),
    ],
)
def test_years_come_from_options_then_name_then_layout(db, tmp_path, name, options, years):
    path = Path(shutil.copy(DATA / "communes.csv", tmp_path / name))

    import_communes(path, **options)

    commune = Commune.objects.get(insee_code="09901")
    assert (commune.vintage, commune.population_year) == years


def test_geojson_list_brings_communes_and_contours(db, anonymous):
    run = import_communes(anonymous("communes.geojson"))

    assert run.layout == "Communes et contours (GeoJSON)"
    assert run.report["notices"] == {"communes sans centre": 1, "communes sans contour": 1}
    first = Commune.objects.get(insee_code="09901")
    assert (first.population, first.population_year, first.vintage) == (1200, 2023, 2026)
    assert list(CommuneContour.objects.order_by("pk").values_list("pk", "source")) == [
        ("09901", "IGN, contours administratifs d’Etalab"),
        ("09902", "IGN, contours administratifs d’Etalab"),
    ]


def test_contours_alone_change_nothing_else(db, anonymous):
    essais("09901", "09902", "09903")
    before = list(Commune.objects.order_by("pk").values_list("name", "population", "vintage"))

    run = import_communes(anonymous("etalab-contours.geojson"))

    assert run.layout == "Contours des communes (GeoJSON)"
    assert (run.rows_created, run.rows_changed, run.rows_ended) == (0, 2, 0)
    assert CommuneContour.objects.count() == 2
    assert (
        list(Commune.objects.order_by("pk").values_list("name", "population", "vintage")) == before
    )
    assert run.report["notices"] == {"arrondissements municipaux laissés de côté": 1}


def test_contours_alone_give_a_centre_where_none_is_official(db, anonymous):
    essais("09901")
    kept = CommuneFactory(insee_code="09902")
    assert kept.centre is not None

    import_communes(anonymous("etalab-contours.geojson"))

    found = Commune.objects.select_related("contour").get(insee_code="09901")
    assert found.centre is not None
    assert found.contour.outline.contains(found.centre)
    assert Commune.objects.get(insee_code="09902").centre == kept.centre


def test_contours_alone_create_the_communes_that_they_name(db, anonymous):
    EpciFactory(siren="209000001", name="CC des Essais")

    run = import_communes(anonymous("etalab-contours.geojson"), vintage=2026)

    assert run.rows_created == 2
    created = Commune.objects.get(insee_code="09901")
    assert (created.name, created.sort_name, created.epci_id) == ("L'Essai", "Essai", "209000001")
    assert (created.vintage, created.population, created.postcodes) == (2026, None, [])


def test_contours_alone_bring_no_ended_commune_back(db, anonymous):
    essais("09901", "09902")
    Commune.objects.filter(insee_code="09902").update(ended_on=date(2020, 1, 1))

    run = import_communes(anonymous("etalab-contours.geojson"))

    assert Commune.objects.get(insee_code="09902").ended_on == date(2020, 1, 1)
    assert list(CommuneContour.objects.values_list("pk", flat=True)) == ["09901"]
    assert run.report["notices"]["contours d’anciennes communes laissés de côté"] == 1


def test_contours_of_delegated_communes_draw_no_commune(db, tmp_path):
    essais("09901", "09902")
    collection = features("etalab-contours.geojson")
    collection["features"][0]["properties"] |= {"type": "commune-deleguee", "chefLieu": "09901"}
    path = tmp_path / "f"
    path.write_text(json.dumps(collection), encoding="utf-8")

    run = import_communes(path)

    assert list(CommuneContour.objects.values_list("pk", flat=True)) == ["09902"]
    assert run.report["notices"]["contours d’anciennes communes laissés de côté"] == 1


def test_simplified_ndjson_fills_blanks(db, anonymous):
    essais("09901", "09902")

    run = import_communes(anonymous("contours-simplified.ndjson"))

    assert run.layout == "Contours simplifiés des communes (NDJSON)"
    assert CommuneContour.objects.count() == 2


def test_simplified_ndjson_never_replaces_a_finer_contour(db, anonymous):
    CommuneContourFactory(commune=CommuneFactory(insee_code="09901"), source="contours détaillés")
    finer = CommuneContour.objects.get().outline
    essais("09902")

    run = import_communes(anonymous("contours-simplified.ndjson"))

    assert CommuneContour.objects.get(pk="09901").outline.equals_exact(finer)
    assert run.report["notices"] == {"contours plus fins gardés": 1}
    assert CommuneContour.objects.count() == 2


def test_former_communes_lead_to_present_ones(db, anonymous):
    essais("09901", "09902")

    run = import_communes(anonymous("communes-anciennes.csv"))

    assert run.layout == "Anciennes communes (CSV)"
    assert formers() == [
        ("09911", "Vieil-Essai", FormerCommuneKind.DELEGATED, "09901"),
        ("09912", "", FormerCommuneKind.FORMER, "09902"),
    ]
    assert run.report["notices"] == {"anciennes communes d’autres départements laissées de côté": 1}


def test_former_communes_without_name_keep_the_one_known(db, anonymous):
    essais("09901", "09902")
    import_communes(anonymous("communes-anciennes.csv"))
    FormerCommune.objects.filter(pk="09912").update(name="Hameau-Essai")

    run = import_communes(anonymous("communes-anciennes.csv"))

    assert run.rows_changed == 0
    assert FormerCommune.objects.get(pk="09912").name == "Hameau-Essai"


def test_etalab_json_brings_communes_and_former_ones(db, anonymous):
    run = import_communes(anonymous("etalab-communes.json"), vintage=2026)

    assert run.layout == "Communes d’Etalab (JSON)"
    assert list(
        Commune.objects.order_by("pk").values_list(
            "pk", "name", "sort_name", "population", "population_year", "siren", "postcodes"
        )
    ) == [
        ("09901", "L'Essai", "Essai", 1200, 2023, "210909901", ["09990", "09991"]),
        ("09902", "Val-d'Essai", "Val-d'Essai", 340, 2023, "210909902", ["09990"]),
    ]
    assert formers() == [
        ("09911", "Vieil-Essai", FormerCommuneKind.DELEGATED, "09901"),
        ("09912", "", FormerCommuneKind.FORMER, "09901"),
    ]


def test_etalab_json_keeps_what_it_does_not_tell(db, anonymous):
    import_communes(anonymous("communes.csv"))

    run = import_communes(anonymous("etalab-communes.json"))

    commune = Commune.objects.get(insee_code="09901")
    assert (commune.epci_id, commune.canton_name) == ("209000001", "Les Essais")
    assert (commune.area_ha, commune.vintage) == (Decimal("1234.5"), 2026)
    assert run.rows_changed == 0


def test_list_of_unknown_year_dates_no_new_figure(db, anonymous):
    import_communes(anonymous("communes.csv"))
    Commune.objects.filter(insee_code="09901").update(population=1)

    run = import_communes(anonymous("etalab-communes.json"))

    assert list(
        Commune.objects.filter(pk__in=["09901", "09902"])
        .order_by("pk")
        .values_list("population", "population_year")
    ) == [(1200, None), (340, 2023)]
    assert run.report["notices"]["année de la liste inconnue : donnez-la avec --vintage"] == 1


def test_etalab_epci_names_members_of_the_base_only(db, anonymous):
    essais("09901", "09902")

    run = import_communes(anonymous("etalab-epci.json"))

    assert run.layout == "Intercommunalités d’Etalab (JSON)"
    assert list(Commune.objects.order_by("pk").values_list("epci__name", flat=True)) == [
        "CC des Essais",
        "CC des Essais",
    ]
    assert run.report["counts"]["epci"] == {"created": 1, "changed": 0, "unchanged": 0}
    assert not Epci.objects.filter(siren="209000002").exists()


def test_insee_list_brings_communes_and_attached_ones(db, anonymous):
    run = import_communes(anonymous("v_commune_2026.csv"), vintage=2026)

    assert run.layout == "INSEE, code officiel géographique (CSV)"
    assert list(Commune.objects.order_by("pk").values_list("name", "sort_name", "vintage")) == [
        ("L'Essai", "Essai", 2026),
        ("Val-d'Essai", "Val-d'Essai", 2026),
    ]
    assert formers() == [
        ("09911", "Vieil-Essai", FormerCommuneKind.DELEGATED, "09901"),
        ("09913", "Le Petit-Essai", FormerCommuneKind.ASSOCIATED, "09902"),
    ]
    assert run.report["notices"] == {"arrondissements municipaux laissés de côté": 1}


@pytest.mark.parametrize(
    "name",
    [
        "communes.csv",
        "communes.geojson",
        "etalab-contours.geojson",
        "contours-simplified.ndjson",
        "etalab-communes.json",
        "v_commune_2026.csv",
    ],
)
def test_any_list_twice_changes_nothing(db, anonymous, name):
    import_communes(anonymous(name))
    before = list(Commune.objects.order_by("pk").values())

    run = import_communes(anonymous(name))

    assert run.outcome == ImportOutcome.DONE
    assert (run.rows_created, run.rows_changed, run.rows_ended) == (0, 0, 0)
    assert run.report["redrawn"] == 0
    assert list(Commune.objects.order_by("pk").values()) == before


def test_layout_is_the_one_that_most_columns_tell(db, tmp_path):
    rows = [row | {"codeActuel": "09901"} for row in records("communes.csv")]

    run = import_communes(write_csv(tmp_path / "f.csv", rows))

    assert run.layout == "Liste des communes (CSV)"
    assert ImportRun.objects.count() == 1


def test_csv_list_passes_over_blank_lines_and_a_last_separator(db, tmp_path):
    row = records("communes.csv")[0] | {"codesPostaux": "09000|09100|"}
    path = write_csv(tmp_path / "communes", [row])
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")

    run = import_communes(path)

    assert (run.rows_created, run.rows_read) == (1, 1)
    assert Commune.objects.get().postcodes == ["09000", "09100"]


def test_single_feature_is_a_file_of_one_line(db, tmp_path):
    (first, *_others) = (
        (DATA / "contours-simplified.ndjson").read_text(encoding="utf-8").splitlines()
    )
    path = tmp_path / "contours"
    path.write_text(first, encoding="utf-8")

    assert import_communes(path).rows_read == 1


def test_collector_paused_leaves_it_as_it_was():
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()

    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
