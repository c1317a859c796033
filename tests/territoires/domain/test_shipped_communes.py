import pytest

from territoires import tasks
from territoires.domain.shipped_communes import (
    DEPARTMENTS,
    ask_for,
    load_awaited,
    load_department,
    locatives,
)
from territoires.enums import ImportOutcome
from territoires.models import Commune, CommuneContour, Department, FormerCommune
from tests.factories import CommuneFactory, DepartmentFactory, TerritoryFactory


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    codes: list[str] = []
    monkeypatch.setattr(tasks.load_department, "delay", codes.append)
    return codes


def test_load_department_brings_list_contours_and_former_names(db):
    runs = load_department(code="46")

    assert [(run.file_name, run.rows_read, run.rows_refused) for run in runs] == [
        ("communes-france-2026.csv", 312, 0),
        ("contours-communes-france.ndjson", 312, 0),
        ("communes-anciennes.csv", 41, 0),
    ]
    assert (Commune.objects.count(), CommuneContour.objects.count()) == (312, 312)
    assert set(Commune.objects.values_list("department", flat=True)) == {"46"}
    cahors = Commune.objects.get(insee_code="46042")
    assert (cahors.name, cahors.vintage, cahors.population_year) == ("Cahors", 2026, 2023)
    assert FormerCommune.objects.count() == 41


def test_load_department_again_changes_nothing(db):
    load_department(code="75")

    assert [(run.rows_created, run.rows_changed) for run in load_department(code="75")] == [
        (0, 0),
        (0, 0),
    ]


def test_load_department_whose_communes_have_no_contour(db):
    runs = load_department(code="987")

    assert [(run.outcome, run.rows_created) for run in runs] == [(ImportOutcome.DONE, 48)]
    assert CommuneContour.objects.count() == 0


def test_load_department_is_all_or_nothing(db, monkeypatch):
    def fail(path):
        raise RuntimeError(path.name)

    monkeypatch.setattr("territoires.domain.shipped_communes.import_communes", fail)

    with pytest.raises(RuntimeError, match=r"communes-france-2026\.csv"):
        load_department(code="46")


def test_ask_for_tells_the_workers_what_is_missing(db, asked, django_capture_on_commit_callbacks):
    CommuneFactory(department=DepartmentFactory(code="09"))

    with django_capture_on_commit_callbacks(execute=True):
        ask_for(Department.objects.filter(code__in=["09", "46", "32"]))

    assert sorted(asked) == ["32", "46"]


def test_ask_for_survives_a_queue_that_is_away(db, monkeypatch, django_capture_on_commit_callbacks):
    def away(_code):
        raise ConnectionError

    monkeypatch.setattr(tasks.load_department, "delay", away)

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        ask_for(Department.objects.filter(code="46"))

    assert len(callbacks) == 1


def test_load_awaited_loads_once_what_a_territory_waits_for(db):
    TerritoryFactory().departments.set(["75"])
    TerritoryFactory().departments.set(["75"])

    assert [load_awaited(), load_awaited()] == [1, 0]
    assert Commune.objects.get().name == "Paris"


def test_locatives_of_every_department():
    words = locatives()

    assert len(words) == len(DEPARTMENTS.read_text(encoding="utf-8").splitlines()) - 1
    assert {code: words[code] for code in ("09", "32", "26", "61", "40", "974")} == {
        "09": "en", "32": "dans le", "26": "dans la", "61": "dans l’", "40": "dans les",
        "974": "à",
    }  # fmt: skip
