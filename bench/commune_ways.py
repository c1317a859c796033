"""The ways of writing communes that `commune_import` races, all given the same prepared rows."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from django.db import connection, transaction

from territoires.domain.communes_import import coverage, merging, staging
from territoires.domain.communes_import.contents import Contents
from territoires.domain.communes_import.coverage import Drawing
from territoires.domain.communes_import.layouts import read_contents
from territoires.models import Commune, CommuneContour, Department, Epci

SOURCE = "bench"
FIELDS = (
    "name", "sort_name", "department_id", "epci_id", "canton_name", "postcodes", "siren",
    "population", "population_year", "area_ha", "centre", "town_hall", "source", "vintage",
)  # fmt: skip
CONTOUR_COLUMNS = {
    "commune_id": "varchar",
    "outline": "bytea",
    "simplified": "bytea",
    "source": "varchar",
}
ANSWER = """
SELECT (SELECT md5(string_agg(concat_ws('|', insee_code, name, sort_name, department_id, epci_id,
            canton_name, postcodes, siren, population, population_year, area_ha, vintage,
            ST_AsText(centre), ST_AsText(town_hall)), ',' ORDER BY insee_code)) FROM {commune}),
       (SELECT md5(string_agg(md5(ST_AsBinary(outline)) || md5(ST_AsBinary(simplified)), ','
            ORDER BY commune_id)) FROM {contour})
"""
BARE = """
DROP TABLE IF EXISTS bare_commune, bare_contour;
CREATE TABLE bare_commune AS SELECT {columns} FROM territoires_commune WITH NO DATA;
CREATE TABLE bare_contour AS
    SELECT commune_id, outline, simplified, source FROM territoires_communecontour WITH NO DATA;
"""


@dataclass(frozen=True)
class Taken:
    seconds: float
    processor: float

    @classmethod
    def by(cls, work: Callable[[], object]) -> "Taken":
        clock, processor = time.perf_counter(), time.process_time()
        work()
        return cls(time.perf_counter() - clock, time.process_time() - processor)


class Situation:
    """A file read and its coverage drawn once: what every way of writing is given."""

    contents: Contents
    drawing: Drawing

    def __init__(self, path: Path, year: int) -> None:
        self.path = path
        self.years = {"vintage": year, "population_year": year - 3}
        self.reading = Taken.by(self._read)
        self.drawn_in = Taken.by(self._draw)

    def _read(self) -> None:
        departments = frozenset(Department.objects.values_list("code", flat=True))
        self.contents = read_contents(self.path, departments)

    def _draw(self) -> None:
        outlines = np.array(list(self.contents.contours.values()))
        self.drawing = Drawing(list(self.contents.contours), *coverage.simplify_together(outlines))

    def written(self) -> object:
        return answer("territoires_commune", "territoires_communecontour")


def merge(situation: Situation) -> None:
    """Ours, from the same prepared rows; contours that did not change are compared and left."""
    contents = situation.contents
    with transaction.atomic():
        staging.stage_epcis(contents)
        merging.merge_epcis()
        staging.stage_communes(contents, **situation.years)
        merging.merge_communes(contents)
        staging.stage_outlines(contents.contours)
        if coverage.has_changed(contents.layout.contour_source):
            coverage.write(situation.drawing, contents.layout.contour_source)


def save_each(situation: Situation) -> None:
    with transaction.atomic():
        for epci in _epcis(situation):
            epci.save()
        for commune in _communes(situation):
            commune.save()
        for contour in _contours(situation):
            contour.save()


def bulk_create(situation: Situation) -> None:
    with transaction.atomic():
        Epci.objects.bulk_create(_epcis(situation), batch_size=1000)
        Commune.objects.bulk_create(_communes(situation), batch_size=1000)
        CommuneContour.objects.bulk_create(_contours(situation), batch_size=1000)


def update_or_create(situation: Situation, share: float = 1.0) -> None:
    count = round(len(situation.contents.communes) * share)
    with transaction.atomic():
        for commune in islice(_communes(situation), count):
            Commune.objects.update_or_create(
                insee_code=commune.insee_code,
                defaults={name: getattr(commune, name) for name in FIELDS},
            )
        for contour in islice(_contours(situation), count):
            CommuneContour.objects.update_or_create(
                commune_id=contour.commune_id,
                defaults={"outline": contour.outline, "simplified": contour.simplified},
            )


def copy_into(situation: Situation, commune: str, contour: str) -> None:
    """COPY the same rows straight into these tables, which must be empty."""
    contents, drawing = situation.contents, situation.drawing
    with transaction.atomic(), connection.cursor() as cursor:
        rows = staging.commune_rows(contents, **situation.years)
        staging.copy_rows(cursor, commune, staging.COMMUNE_COLUMNS, rows)
        outlines = staging.written(list(contents.contours.values()))
        simplified = staging.written(drawing.shapes)
        sources = [SOURCE] * len(outlines)
        staging.copy_rows(
            cursor,
            contour,
            CONTOUR_COLUMNS,
            zip(drawing.codes, outlines, simplified, sources, strict=True),
        )


def _epcis(situation: Situation) -> list[Epci]:
    return [Epci(siren=siren, name=name) for siren, name in situation.contents.epcis.items()]


def _communes(situation: Situation) -> Iterator[Commune]:
    for row in situation.contents.communes.values():
        yield Commune(
            insee_code=row.insee_code,
            name=row.name,
            sort_name=row.sort_name,
            department_id=row.department,
            epci_id=row.epci,
            canton_name=row.canton_name or "",
            postcodes=row.postcodes or [],
            siren=row.siren or "",
            population=row.population,
            area_ha=row.area_ha,
            centre=Point(*row.centre, srid=4326) if row.centre else None,
            town_hall=Point(*row.town_hall, srid=4326) if row.town_hall else None,
            source=SOURCE,
            **situation.years,
        )


def _contours(situation: Situation) -> Iterator[CommuneContour]:
    outlines = shapely.to_wkb(list(situation.contents.contours.values()))
    simplified = shapely.to_wkb(situation.drawing.shapes)
    for code, outline, shape in zip(situation.drawing.codes, outlines, simplified, strict=True):
        yield CommuneContour(
            commune_id=code,
            outline=_geos(outline),
            simplified=_geos(shape),
            source=SOURCE,
        )


def _geos(wkb: bytes) -> MultiPolygon:
    shape = GEOSGeometry(memoryview(wkb), srid=4326)
    assert isinstance(shape, MultiPolygon)
    return shape


def start_from(situation: Situation) -> None:
    clear()
    merge(situation)


def clear(epcis: Mapping[str, str] = MappingProxyType({})) -> None:
    """No commune, and only these EPCI."""
    execute("TRUNCATE territoires_commune, territoires_epci, territoires_communecontour CASCADE")
    Epci.objects.bulk_create([Epci(siren=siren, name=name) for siren, name in epcis.items()])


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def answer(commune: str, contour: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(ANSWER.format(commune=commune, contour=contour))
        return cursor.fetchone()
