"""Bring rows to the database in bulk: COPY into temporary tables, gone with the transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import Struct
from typing import Any

import shapely
from django.db import connection
from psycopg import sql

from territoires.domain.communes_import.contents import Contents
from territoires.models import Commune, CommuneContour, Epci, FormerCommune

# Byte order, point with SRID, SRID, longitude, latitude.
EWKB_POINT = Struct("<BIIdd")
# Geometries travel as EWKB, which is what PostGIS receives in binary.
COMMUNE_COLUMNS = {
    "insee_code": "varchar",
    "name": "varchar",
    "sort_name": "varchar",
    "department_id": "varchar",
    "epci_id": "varchar",
    "canton_name": "varchar",
    "postcodes": "varchar[]",
    "siren": "varchar",
    "population": "int4",
    "population_year": "int2",
    "area_ha": "numeric",
    "centre": "bytea",
    "town_hall": "bytea",
    "source": "varchar",
    "vintage": "int2",
}


def stage_communes(contents: Contents, *, vintage: int | None, population_year: int | None) -> None:
    rows = commune_rows(contents, vintage=vintage, population_year=population_year)
    _stage("incoming_commune", Commune, COMMUNE_COLUMNS, rows)


def commune_rows(
    contents: Contents, *, vintage: int | None, population_year: int | None
) -> Iterator[tuple[Any, ...]]:
    """The communes as COPY takes them, in the order of COMMUNE_COLUMNS."""
    source = contents.layout.source
    for row in contents.communes.values():
        yield (
            row.insee_code, row.name, row.sort_name, row.department, row.epci, row.canton_name,
            row.postcodes, row.siren, row.population, population_year, row.area_ha,
            _point(row.centre), _point(row.town_hall), source, vintage,
        )  # fmt: skip


def stage_epcis(contents: Contents) -> None:
    _stage("incoming_epci", Epci, {"siren": "varchar", "name": "varchar"}, contents.epcis.items())


def stage_members(contents: Contents) -> None:
    _stage(
        "incoming_member",
        Commune,
        {"insee_code": "varchar", "epci_id": "varchar"},
        contents.members.items(),
    )


def stage_formers(contents: Contents) -> None:
    _stage(
        "incoming_former",
        FormerCommune,
        dict.fromkeys(("insee_code", "name", "kind", "successor_id"), "varchar"),
        (
            (former.insee_code, former.name, former.kind.value, former.successor)
            for former in contents.formers.values()
        ),
    )


ENDS = {"insee_code": "varchar", "ended_on": "date", "successor_id": "varchar"}


def stage_departures(departures: Iterable[tuple[str, Any, str | None]]) -> None:
    _stage("incoming_end", Commune, ENDS, departures)


def stage_outlines(contours: dict[str, Any]) -> None:
    _stage_shapes("incoming_contour", "outline", list(contours), list(contours.values()))


def stage_simplified(codes: Sequence[str], shapes: Any) -> None:
    _stage_shapes("incoming_simplified", "simplified", codes, shapes)


def _stage_shapes(table: str, column: str, codes: Sequence[str], shapes: Any) -> None:
    rows = zip(codes, written(shapes), strict=True)
    _stage(table, CommuneContour, {"commune_id": "varchar", column: "bytea"}, rows)


def written(shapes: Any) -> Any:
    """Shapes as COPY takes them: EWKB."""
    return shapely.to_wkb(shapely.set_srid(shapes, 4326), include_srid=True)


def _stage(
    table: str, model: Any, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
) -> None:
    """A temporary table with these columns of the model's table, the key first, holding `rows`."""
    fill = {
        "table": sql.Identifier(table),
        "key": sql.Identifier(next(iter(columns))),
        "names": sql.SQL(", ").join(map(sql.Identifier, columns)),
        "model": sql.Identifier(model._meta.db_table),  # noqa: SLF001
    }
    create = sql.SQL(
        "CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS SELECT {names} FROM {model} WITH NO DATA"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{table}").format(**fill))
        cursor.execute(create.format(**fill))
        copy_rows(cursor, table, columns, rows)
        # Merges join by the key alone; the statistics of a geometry take longer than its COPY.
        cursor.execute(sql.SQL("ANALYZE {table} ({key})").format(**fill))


def copy_rows(
    cursor: Any, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
) -> None:
    """COPY in binary: nothing is turned into text and back. `columns` are names and types."""
    into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(into) as copy:
        copy.set_types(list(columns.values()))
        for row in rows:
            copy.write_row(row)


def _point(place: tuple[float, float] | None) -> bytes | None:
    return EWKB_POINT.pack(1, 0x20000001, 4326, *place) if place else None
