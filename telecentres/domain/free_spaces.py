"""Which spaces of many places nobody holds, asked once for all of them.

One range scan finds what is held around the slots, by the beginning of the bookings; the spaces
that are not among it are free. What the other ways cost: `bench/availability.py`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from telecentres.domain.calendar import Slot
from telecentres.models import Booking
from telecentres.querysets import LONGEST_BUFFER

# `held` is written once: else it would be read again for each space. bigint: an int4 would not use
# the index of the spaces.
_FREE = """
WITH held AS MATERIALIZED ({held}),
wanted AS (
    SELECT asked.number, asked.place, slot.starts, slot.ends
    FROM unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY AS asked (place, slot, number)
    JOIN unnest(%s::timestamptz[], %s::timestamptz[])
        WITH ORDINALITY AS slot (starts, ends, number) ON slot.number = asked.slot
)
SELECT wanted.number - 1, space.id
FROM wanted JOIN telecentres_space AS space ON space.telecentre_id = wanted.place
WHERE NOT EXISTS (
    SELECT FROM held
    WHERE held.space_id = space.id AND held.occupied && tstzrange(
        wanted.starts - space.buffer_before * interval '1 minute',
        wanted.ends + space.buffer_after * interval '1 minute'
    )
)
"""


def find_free_spaces(
    wanted: Sequence[tuple[int, Slot]], *, buffer: timedelta = LONGEST_BUFFER
) -> list[set[int]]:
    """For each place (its key) and slot, the keys of the spaces that are free, buffers included.

    One query, whatever the places, the slots and the bookings; it reads the fewer of them, the
    nearer `buffer` is to the longest that these spaces have.
    """
    found: list[set[int]] = [set() for _each in wanted]
    if not wanted:
        return found
    # Many places keep the same hours, and a moment takes long to write.
    ranks: dict[Slot, int] = {}
    asked = [ranks.setdefault(slot, len(ranks) + 1) for _place, slot in wanted]
    starts, ends = [slot.start for slot in ranks], [slot.end for slot in ranks]
    # A slot at either end reaches further, by the buffers of its space.
    sql, values = _held(min(starts) - buffer, max(ends) + buffer)
    places = [place for place, _slot in wanted]
    with connection.cursor() as cursor:
        cursor.execute(_FREE.format(held=sql), [*values, places, asked, starts, ends])
        for number, space in cursor.fetchall():
            found[number].add(space)
    return found


def _held(start: datetime, end: datetime) -> tuple[str, tuple[Any, ...]]:
    """The statement that finds what is held from one moment to another."""
    short, long = (
        rows.order_by().values("space_id", "occupied")
        for rows in Booking.objects.touching_apart(start, end)
    )
    statement: tuple[str, tuple[Any, ...]] = short.union(long, all=True).query.sql_with_params()
    return statement
