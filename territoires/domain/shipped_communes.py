"""The official communes that come with the project: a department is loaded without a download.

List, contours and former communes of all France, from Etalab and IGN (docs/donnees.md). A file
that the agency imports later, newer or finer, takes their place.
"""

import csv
import gzip
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.db import transaction

from territoires import tasks
from territoires.domain.communes_import import import_communes
from territoires.domain.communes_import.checks import department_of
from territoires.models import Department, ImportRun

DATA = Path(__file__).parents[1] / "data"
DEPARTMENTS = DATA / "departements.csv"
# In the order of their import; where each line says the code of its present commune.
FILES = (
    (DATA / "communes-france-2026.csv.gz", re.compile(r"(\w{5}),")),
    (DATA / "contours-communes-france.ndjson.gz", re.compile(r'\{"type":"Feature","id":"(\w{5})"')),
    (DATA / "communes-anciennes.csv", re.compile(r'\w{5},(?:"[^"]*"|[^,]*),(\w{5}),')),
)


def load_department(*, code: str) -> list[ImportRun]:
    """Import what ships about one department, all of it or nothing: list, contours, former ones.

    Contours are generalised to about 300 m (SRID 4326) and never replace finer ones. Returns one
    run per file, as `import_communes` does; run again, it changes nothing.
    """
    with TemporaryDirectory() as folder, transaction.atomic():
        return [import_communes(path) for path in _extracts(code, Path(folder))]


def ask_for(departments: Iterable[Department]) -> None:
    """Have the workers load those that have no commune yet, once this transaction is kept.

    Whether or not the workers can be told: `load_awaited` finds what nobody loaded.
    """
    chosen = {department.code for department in departments}
    missing = Department.objects.filter(code__in=chosen, communes=None)
    for code in missing.values_list("code", flat=True):
        _tell_workers(code)


def load_awaited() -> int:
    """Load the departments of territories that have no commune; how many there were."""
    awaited = Department.objects.filter(territories__isnull=False, communes=None).distinct()
    codes = list(awaited.values_list("pk", flat=True))
    for code in codes:
        load_department(code=code)
    return len(codes)


@cache
def locatives() -> dict[str, str]:
    """Department code → what stands before its name to say where: « en », « dans le »…"""
    with DEPARTMENTS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["locatif"] for row in csv.DictReader(file)}


def _tell_workers(code: str) -> None:
    transaction.on_commit(lambda: tasks.load_department.delay(code), robust=True)


def _extracts(code: str, folder: Path) -> Iterator[Path]:
    """The shipped files cut down to one department; one that says nothing of it is left out."""
    for source, present_code in FILES:
        with _opened(source) as lines:
            header = [] if source.name.endswith(".ndjson.gz") else [next(lines)]
            rows = [
                line
                for line in lines
                if (found := present_code.match(line)) and department_of(found[1]) == code
            ]
        if rows:
            extract = folder / source.name.removesuffix(".gz")
            extract.write_text("".join(header + rows), encoding="utf-8")
            yield extract


def _opened(source: Path) -> IO[str]:
    if source.suffix == ".gz":
        return gzip.open(source, "rt", encoding="utf-8")
    return source.open(encoding="utf-8")
