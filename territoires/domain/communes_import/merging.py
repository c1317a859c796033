"""Merge what was staged: one statement a table, which writes only the rows that differ.

A row that is the same is neither rewritten nor locked, so importing a file again costs a
comparison. Every statement returns the codes that it wrote, and whether each one is new.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from psycopg import sql

from territoires.domain.communes_import.contents import Contents
from territoires.domain.communes_import.staging import COMMUNE_COLUMNS

KINDS = ("commune", "former", "epci")


@dataclass
class Tally:
    """What became of each thing that the file names, by kind: sets of codes."""

    named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    created: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    changed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ended: set[str] = field(default_factory=set)
    restored: set[str] = field(default_factory=set)
    # Communes drawn again because a neighbour's contour changed.
    redrawn: int = 0

    @property
    def altered(self) -> bool:
        written = [*self.created.values(), *self.changed.values()]
        return any(written) or bool(self.ended or self.redrawn)

    def count(self, kind: str, merged: dict[str, bool], *, named: Iterable[str] = ()) -> None:
        """Add what a merge returned: code → whether its row was created."""
        self.named[kind].update(named)
        self.created[kind].update(code for code, created in merged.items() if created)
        self.changed[kind].update(code for code, created in merged.items() if not created)

    def counts(self) -> dict[str, dict[str, int]]:
        """Kind → how many were created, changed, and named without changing."""
        return {
            kind: {
                "created": len(self.created[kind]),
                "changed": len(self.changed[kind] - self.created[kind]),
                "unchanged": len(self.named[kind] - self.created[kind] - self.changed[kind]),
            }
            for kind in KINDS
        }


# Field of a commune → what it becomes. i is the row of the file, c the one of the base.
KEPT = {
    "canton_name": "coalesce(c.canton_name, '')",
    "postcodes": "coalesce(c.postcodes, '{}')",
    "siren": "coalesce(c.siren, '')",
}
GIVEN = {
    "canton_name": "coalesce(i.canton_name, '')",
    "postcodes": "coalesce(i.postcodes, '{}')",
    "siren": "coalesce(i.siren, '')",
    # A contour's own centre fills in until an official one is given, never the reverse.
    "centre": "coalesce(i.centre, c.centre)",
}
ALWAYS = {
    "name": "i.name",
    "sort_name": "i.sort_name",
    "department_id": "i.department_id",
    "source": "i.source",
    "vintage": "coalesce(i.vintage, c.vintage)",
}
# The year follows the figure: a new figure of unknown year has no year at all.
POPULATION_YEAR = """CASE
    WHEN i.population IS NULL THEN NULL
    WHEN i.population IS DISTINCT FROM c.population THEN i.population_year
    ELSE coalesce(i.population_year, c.population_year) END"""
# Field of the contents → column of the table.
COLUMN = {"epci": "epci_id"}

# An upsert would compute generated columns and checks twice for each row that exists: once for
# the insertion that it tries first. So existing rows are updated, and only new ones inserted.
MERGE_COMMUNES = """
WITH wanted AS (
    SELECT i.insee_code, {values}
    FROM incoming_commune i LEFT JOIN territoires_commune c USING (insee_code)
),
different AS MATERIALIZED (
    SELECT w.*, c.insee_code IS NULL AS is_new
    FROM wanted w LEFT JOIN territoires_commune c USING (insee_code)
    WHERE c.insee_code IS NULL OR c.ended_on IS NOT NULL
        OR ({current}) IS DISTINCT FROM ({wanted})
),
updated AS (
    UPDATE territoires_commune t
    SET ({columns}, ended_on, successor_id) = ROW ({new}, NULL, NULL)
    FROM different d WHERE d.insee_code = t.insee_code AND NOT d.is_new
    RETURNING t.insee_code
),
inserted AS (
    INSERT INTO territoires_commune (insee_code, {columns})
    SELECT d.insee_code, {new} FROM different d WHERE d.is_new
    RETURNING insee_code
)
SELECT insee_code, false FROM updated UNION ALL SELECT insee_code, true FROM inserted
"""
MERGE_EPCIS = """
INSERT INTO territoires_epci AS t (siren, name)
SELECT i.siren, i.name FROM incoming_epci i LEFT JOIN territoires_epci e USING (siren)
WHERE e.name IS DISTINCT FROM i.name
ON CONFLICT (siren) DO UPDATE SET name = excluded.name
RETURNING t.siren, t.xmax = 0
"""
MERGE_MEMBERS = """
UPDATE territoires_commune c SET epci_id = i.epci_id
FROM incoming_member i
WHERE i.insee_code = c.insee_code AND c.epci_id IS DISTINCT FROM i.epci_id
RETURNING c.insee_code, false
"""
# A file that knows only a code must not erase the name that another one gave.
MERGE_FORMERS = """
WITH wanted AS (
    SELECT i.insee_code, coalesce(nullif(i.name, ''), f.name, c.name, '') AS name, i.kind,
           i.successor_id
    FROM incoming_former i
    LEFT JOIN territoires_formercommune f USING (insee_code)
    LEFT JOIN territoires_commune c
        ON c.insee_code = i.insee_code AND c.insee_code <> i.successor_id
)
INSERT INTO territoires_formercommune AS t (insee_code, name, kind, successor_id)
SELECT w.* FROM wanted w LEFT JOIN territoires_formercommune f USING (insee_code)
WHERE f.insee_code IS NULL
    OR (f.name, f.kind, f.successor_id) IS DISTINCT FROM (w.name, w.kind, w.successor_id)
ON CONFLICT (insee_code) DO UPDATE
    SET (name, kind, successor_id) = ROW (excluded.name, excluded.kind, excluded.successor_id)
RETURNING t.insee_code, t.xmax = 0
"""


def merge_communes(contents: Contents) -> dict[str, bool]:
    """Write the communes that differ; one that had ended lives again. Code → created."""
    values = _commune_values(contents.columns)
    # Facts that another source confirms keep the source that first gave them.
    facts = [column for column in values if column != "source"]
    columns = sql.SQL(", ").join(map(sql.Identifier, values))

    def prefixed(table: str, names: Iterable[str]) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(table, name) for name in names)

    return run_merge(
        sql.SQL(MERGE_COMMUNES).format(
            values=sql.SQL(", ").join(
                sql.SQL("{} AS {}").format(sql.SQL(value), sql.Identifier(column))
                for column, value in values.items()
            ),
            columns=columns,
            current=prefixed("c", facts),
            wanted=prefixed("w", facts),
            new=prefixed("d", values),
        )
    )


def _commune_values(given: frozenset[str]) -> dict[str, str]:
    """Column → SQL of its new value: the file's when it speaks for it, else what is there."""
    spoken_for = {COLUMN.get(name, name) for name in given}
    values = dict(ALWAYS)
    for column in COMMUNE_COLUMNS:
        if column in spoken_for:
            values[column] = GIVEN.get(column, f"i.{column}")
        elif column != "insee_code" and column not in values:
            values[column] = KEPT.get(column, f"c.{column}")
    if "population" in spoken_for:
        values["population_year"] = POPULATION_YEAR
    return values


def merge_epcis() -> dict[str, bool]:
    return run_merge(MERGE_EPCIS)


def merge_members() -> dict[str, bool]:
    return run_merge(MERGE_MEMBERS)


def merge_formers() -> dict[str, bool]:
    return run_merge(MERGE_FORMERS)


def run_merge(statement: str | sql.Composed, parameters: Sequence[str] = ()) -> dict[str, bool]:
    """Code → whether its row was created, for the rows written."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return dict(cursor.fetchall())
