"""Importing communes with contours: COPY and one merge, against save(), bulk_create() and COPY.

34,969 communes, as many as France has. Only those of Ariège ship with the project, so they are
laid side by side over the country until they are enough: real shapes, real names, invented places.

Two tables for each situation, because two questions are asked:

- *writing*: rows already read and contours already simplified, in memory, to committed. All ways
  are given the same; this is what the ways differ by, and where the goals stand.
- *whole*: from the file to committed. Every way must read the file and simplify the coverage too,
  which takes the same time for all: the naive ways' whole is that time plus their writing.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.commune_files import write_file
from bench.commune_ways import (
    BARE,
    Situation,
    answer,
    bulk_create,
    clear,
    copy_into,
    execute,
    merge,
    save_each,
    start_from,
    update_or_create,
)
from bench.measuring import Goal, Race, Scale, Way
from territoires.domain.communes_import import import_communes, staging

TITLE = "Import des communes"
FRANCE, A_TENTH = 34_969, 3_497
# The share of the communes that the slowest way is tried on where answers need no comparison.
SAMPLE = 0.2


def races(scale: Scale) -> Iterator[Race]:
    count = scale.pick(small=A_TENTH, full=FRANCE)
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        before = Situation(write_file(files / "2026.geojson.gz", count), 2026)
        yield from _first_import(before)
        figures = Situation(write_file(files / "2027.geojson.gz", count, more=1), 2027)
        yield from _next_year(before, figures)
        moved = Situation(write_file(files / "2028.geojson.gz", count, more=2, by=0.0003), 2028)
        yield from _all_moved(before, moved)
        yield from _same_again(before)


def _first_import(situation: Situation) -> Iterator[Race]:
    count = len(situation.contents.communes)
    ours = Way("COPY et fusion (le nôtre)", lambda: merge(situation), clear, situation.written)
    saves = Way(
        "save() un à un",
        lambda: save_each(situation),
        clear,
        situation.written,
        Goal(faster=20),
        rounds=1,
    )
    bulk = Way(
        "bulk_create par 1 000",
        lambda: bulk_create(situation),
        clear,
        situation.written,
        Goal(faster=10),
    )
    copy = Way(
        "COPY dans les tables (limite)",
        lambda: copy_into(situation, "territoires_commune", "territoires_communecontour"),
        lambda: clear(situation.contents.epcis),
        situation.written,
    )
    bare = _bare_copy(situation)
    yield Race(f"Premier import, écriture de {count} communes", [ours, saves, bulk, copy, bare])
    whole = Way("import_communes (le nôtre)", lambda: import_communes(situation.path), clear)
    yield Race(
        f"Premier import, du fichier à la base, {count} communes",
        [whole, *_with_reading(situation, [saves, bulk, copy, bare])],
        note=_preparation(situation),
    )


def _next_year(before: Situation, after: Situation) -> Iterator[Race]:
    """What happens every year: all figures change, contours do not."""
    count = len(after.contents.communes)
    ours = Way(
        "COPY et fusion (le nôtre)",
        lambda: merge(after),
        lambda: start_from(before),
        after.written,
    )
    each = Way(
        "update_or_create un à un",
        lambda: update_or_create(after),
        lambda: start_from(before),
        after.written,
        Goal(faster=40),
        rounds=1,
    )
    yield Race(
        f"Réimport, toutes les populations changées, écriture, {count} communes", [ours, each]
    )
    whole = Way(
        "import_communes (le nôtre)",
        lambda: import_communes(after.path),
        lambda: start_from(before),
    )
    yield Race(
        f"Réimport, toutes les populations changées, du fichier à la base, {count} communes",
        [whole, *_with_reading(after, [each], drawing=False)],
        note=f"dont, pour toutes : lire le fichier {after.reading.seconds:.2f} s",
    )


def _all_moved(before: Situation, after: Situation) -> Iterator[Race]:
    """The worst: every figure, every place and every contour changed."""
    count = len(after.contents.communes)
    ours = Way("COPY et fusion (le nôtre)", lambda: merge(after), lambda: start_from(before))
    each = _sampled_update(after, lambda: start_from(before))
    yield Race(f"Réimport, tout changé, contours compris, écriture, {count} communes", [ours, each])
    whole = Way(
        "import_communes (le nôtre)",
        lambda: import_communes(after.path),
        lambda: start_from(before),
    )
    yield Race(
        f"Réimport, tout changé, contours compris, du fichier à la base, {count} communes",
        [whole, *_with_reading(after, [each])],
        note=_preparation(after),
    )


def _same_again(before: Situation) -> Iterator[Race]:
    start_from(before)
    yield Race(
        f"Réimport, rien de changé, {len(before.contents.communes)} communes",
        [
            Way("COPY et fusion (le nôtre)", lambda: merge(before)),
            Way("du fichier à la base (le nôtre)", lambda: import_communes(before.path)),
            _sampled_update(before, lambda: None, Goal(faster=40)),
            _bare_copy(before),
        ],
    )


def _sampled_update(
    situation: Situation, prepare: Callable[[], None], goal: Goal | None = None
) -> Way:
    return Way(
        "update_or_create un à un",
        lambda: update_or_create(situation, share=SAMPLE),
        prepare,
        goal=goal or Goal(),
        share=SAMPLE,
        rounds=1,
    )


def _bare_copy(situation: Situation) -> Way:
    """COPY into tables without index, key, check or generated column: what no import can beat."""
    return Way(
        "COPY nu",
        lambda: copy_into(situation, "bare_commune", "bare_contour"),
        lambda: execute(BARE.format(columns=", ".join(staging.COMMUNE_COLUMNS))),
        lambda: answer("bare_commune", "bare_contour"),
    )


def _with_reading(situation: Situation, ways: list[Way], *, drawing: bool = True) -> list[Way]:
    """The same ways with the time to read the file added, and to draw the coverage."""
    added = [situation.reading, situation.drawn_in] if drawing else [situation.reading]
    seconds = sum(taken.seconds for taken in added)
    processor = sum(taken.processor for taken in added)
    return [
        Way(
            way.name,
            rounds=0,
            seconds=[time + seconds for time in way.seconds],
            processor=[time + processor for time in way.processor],
        )
        for way in ways
    ]


def _preparation(situation: Situation) -> str:
    return (
        f"dont, pour toutes : lire le fichier {situation.reading.seconds:.2f} s, "
        f"dessiner la couverture {situation.drawn_in.seconds:.2f} s"
    )
