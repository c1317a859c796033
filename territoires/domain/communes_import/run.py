"""The act: import one file of official communes, whole or not at all."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from territoires.domain.communes_import import base, coverage, endings, merging, staging
from territoires.domain.communes_import.contents import Contents
from territoires.domain.communes_import.layouts import read_contents
from territoires.domain.communes_import.merging import Tally
from territoires.domain.communes_import.refusals import FileRefused, printable
from territoires.enums import ImportOutcome
from territoires.models import DataVersion, Department, ImportRun

Progress = Callable[[str], None]

IMPORTER = "communes"
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# The population in force on 1 January is that of three years before (INSEE).
POPULATION_LAG = 3


@dataclass(frozen=True)
class Options:
    skip_bad: bool
    dry_run: bool
    complete: bool
    accept_older: bool
    vintage: int | None
    population_year: int | None


class RowsRefused(Exception):
    """Some rows are bad and nobody said to skip them: nothing is written."""


def import_communes(
    path: Path,
    *,
    skip_bad: bool = False,
    dry_run: bool = False,
    complete: bool = False,
    accept_older: bool = False,
    vintage: int | None = None,
    population_year: int | None = None,
    progress: Progress = lambda _sentence: None,
) -> ImportRun:
    """Import one official file about communes; a second time, it changes nothing.

    `path` is a CSV, JSON, GeoJSON or NDJSON in UTF-8, gzip or not; its layout is recognised by
    content (see `layouts`). Places and contours are WGS 84 (SRID 4326), longitude first in
    GeoJSON, in degrees; areas in hectares; populations in inhabitants. Contours must be Polygons
    or MultiPolygons; those that rounding broke are repaired, and all living communes are then
    simplified together (`CommuneContour.simplified`, steps of 0.0001°).

    - `skip_bad` leaves bad rows out; without it one bad row refuses the file.
    - `dry_run` tells what would happen and writes nothing, not even the ImportRun.
    - `complete`: the file lists all the communes of its departments, however many are missing;
      otherwise a list that lacks more than a tenth of them is taken for a part and ends nobody.
    - `accept_older` takes a list older than the one in place.
    - `vintage` is the year of the list (1 January); by default the one in the file's name.
      `population_year` is the year of its populations; by default three before the vintage.
    - `progress` is called with a French sentence at each step.

    A commune absent from a list of its department is ended, with its successor when the file or
    the base knows it, and one that comes back lives again. Contours, former communes and events
    end nobody. All is one transaction, alone (a second import waits).

    Returns the ImportRun, saved unless `dry_run`, with its counts and its report. Never raises for
    what the file holds: the outcome is then REFUSED, nothing was changed, and
    `report["problems"]` says line, value, reason and remedy. Raises django.db.Error when the
    database fails, with nothing changed.
    """
    options = Options(skip_bad, dry_run, complete, accept_older, vintage, population_year)
    run = ImportRun(
        importer=IMPORTER,
        file_name=printable(path.name),
        started_at=timezone.now(),
        outcome=ImportOutcome.REFUSED,
    )
    _read_and_load(path, run, options, progress)
    run.finished_at = timezone.now()
    if not dry_run:
        run.save()
    return run


def _read_and_load(path: Path, run: ImportRun, options: Options, progress: Progress) -> None:
    try:
        progress(_("lecture du fichier"))
        departments = frozenset(Department.objects.values_list("code", flat=True))
        _load_whole(path, read_contents(path, departments), run, options, progress)
    except RowsRefused:
        pass
    except FileRefused as refusal:
        run.rows_refused += 1
        run.report = {"problems": [vars(refusal.problem)], **run.report}


def _load_whole(
    path: Path, contents: Contents, run: ImportRun, options: Options, progress: Progress
) -> None:
    """Load all of the contents, or nothing."""
    years = _years(path, contents, options)
    run.layout = str(contents.layout.title)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import_communes'))")
        known = base.Known.read()
        if not options.accept_older:
            base.require_recent_list(contents, years["vintage"])
        base.keep_what_concerns(contents, known)
        run.rows_read, run.rows_refused = contents.rows_read, contents.problems.total
        if contents.problems.total and not options.skip_bad:
            run.report = _report(contents, years)
            raise RowsRefused
        tally = _load(contents, known, years, options, progress)
        if tally.altered:
            DataVersion.advance(DataVersion.MAP)
        transaction.set_rollback(options.dry_run)
    _fill(run, contents, tally, years)


def _years(path: Path, contents: Contents, options: Options) -> dict[str, int | None]:
    """The years of the list and of its populations: given, else written in the file's name."""
    in_name = set(map(int, YEAR.findall(path.name)))
    named = in_name.pop() if len(in_name) == 1 else None
    vintage = options.vintage or named or contents.layout.edition
    lagged = vintage - POPULATION_LAG if vintage else None
    years = {"vintage": vintage, "population_year": options.population_year or lagged}
    if contents.layout.is_list and not vintage:
        contents.note(_("année de la liste inconnue : donnez-la avec --vintage"))
    return years


def _load(
    contents: Contents,
    known: base.Known,
    years: dict[str, int | None],
    options: Options,
    progress: Progress,
) -> Tally:
    tally = Tally()
    _load_epcis(contents, tally)
    if contents.communes:
        progress(_("comparaison de %(count)d communes") % {"count": len(contents.communes)})
        staging.stage_communes(contents, **years)
        tally.count("commune", merging.merge_communes(contents), named=contents.communes)
        tally.restored = {
            code for code in contents.communes if known.communes.get(code, ("", None))[1]
        }
    if contents.formers:
        staging.stage_formers(contents)
        tally.count("former", merging.merge_formers(), named=contents.formers)
    _load_ends(contents, known, tally, years["vintage"], complete=options.complete)
    if contents.contours:
        tally.count("commune", {}, named=contents.contours)
        _load_contours(contents, tally, progress)
    return tally


def _load_epcis(contents: Contents, tally: Tally) -> None:
    if contents.epcis:
        staging.stage_epcis(contents)
        tally.count("epci", merging.merge_epcis(), named=contents.epcis)
    if contents.members:
        staging.stage_members(contents)
        tally.count("commune", merging.merge_members(), named=contents.members)


def _load_ends(
    contents: Contents, known: base.Known, tally: Tally, vintage: int | None, *, complete: bool
) -> None:
    if contents.layout.is_list:
        first_day = date(vintage, 1, 1) if vintage else None
        tally.ended = set(endings.end_absent(contents, known, on=first_day, complete=complete))
    if contents.departures:
        tally.count("commune", endings.complete_ends(contents), named=contents.departures)
    tally.count("commune", endings.keep_names(tally.restored))


def _load_contours(contents: Contents, tally: Tally, progress: Progress) -> None:
    source = contents.layout.contour_source
    staging.stage_outlines(contents.contours)
    if contents.layout.is_generalised:
        contents.note(_("contours plus fins gardés"), coverage.keep_finer(source))
    if not coverage.has_changed(source) and not tally.ended and not tally.restored:
        return
    progress(_("dessin des contours, tous ensemble"))
    drawing = coverage.draw()
    contents.note(_("contours simplifiés réparés après arrondi"), drawing.repaired)
    written = coverage.write(drawing, source)
    given = written.keys() & contents.contours.keys()
    tally.redrawn = len(written) - len(given)
    # A commune is created once, by its list; its contour comes to it as a change.
    tally.count("commune", dict.fromkeys(given, False))
    coverage.fill_centres()


def _fill(run: ImportRun, contents: Contents, tally: Tally, years: dict[str, int | None]) -> None:
    counts = tally.counts()
    # The file's own rows: EPCI come along with the communes, unless they are what it lists.
    about = ["epci"] if contents.members else ["commune", "former"]
    run.outcome = ImportOutcome.DONE
    run.rows_created = sum(counts[kind]["created"] for kind in about)
    run.rows_changed = sum(counts[kind]["changed"] for kind in about)
    run.rows_unchanged = sum(counts[kind]["unchanged"] for kind in about)
    run.rows_ended = len(tally.ended)
    run.report = _report(contents, years) | {
        "counts": counts,
        "restored": sorted(tally.restored),
        "ended": sorted(tally.ended),
        "redrawn": tally.redrawn,
    }


def _report(contents: Contents, years: dict[str, int | None]) -> dict[str, Any]:
    return {
        **years,
        "source": contents.layout.source,
        "unit": str(contents.layout.unit),
        "problems": contents.problems.as_json(),
        "notices": dict(contents.notices),
        "repaired": contents.repaired,
    }
