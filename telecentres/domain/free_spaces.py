"""Which spaces of many places nobody holds, asked once for all of them.

One range scan finds what is held around the slots, by the beginning of the bookings; the spaces
that are not among it are free. What the other ways cost: `bench/availability.py`.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import connection

from telecentres.domain.calendar import Slot
from telecentres.enums import BookingState
from telecentres.querysets import LONGEST, LONGEST_BUFFER, SHORT

# What `BookingQuerySet.touching` says, the short ones and the long ones apart: each read by its own
# index, and without the table. `held` is written once: else it would be read again for each space.
# bigint: an int4 would not use the index of the spaces; as text, for arrays of many lengths.
_FREE = """
WITH held AS MATERIALIZED (
    SELECT space_id, occupied FROM telecentres_booking
    WHERE state IN ({holding}) AND NOT is_long
        AND lower(occupied) > %(first)s - %(short)s AND lower(occupied) < %(last)s
        AND upper(occupied) > %(first)s
    UNION ALL
    SELECT space_id, occupied FROM telecentres_booking
    WHERE state IN ({holding}) AND is_long
        AND lower(occupied) > %(first)s - %(long)s AND lower(occupied) < %(last)s
        AND upper(occupied) > %(first)s
)
SELECT slot.number - 1, array_agg(space.id)
FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[], %(places)s::text[])
    WITH ORDINALITY AS slot (starts, ends, places, number)
JOIN telecentres_space AS space ON space.telecentre_id = ANY (slot.places::bigint[])
WHERE NOT EXISTS (
    SELECT FROM held
    WHERE held.space_id = space.id AND held.occupied && tstzrange(
        slot.starts - space.buffer_before * interval '1 minute',
        slot.ends + space.buffer_after * interval '1 minute'
    )
)
GROUP BY slot.number
"""
_HOLDING = ", ".join(f"'{state}'" for state in BookingState.holding())


def find_free_spaces(
    wanted: Mapping[Slot, Collection[int]], *, buffer: timedelta = LONGEST_BUFFER
) -> dict[Slot, set[int]]:
    """The keys of the spaces that are free for each slot in the places (by their keys) wanted then.

    Buffers included. One query, whatever the places, the slots and the bookings; it reads the fewer
    of them, the nearer `buffer` is to the longest that these spaces have.
    """
    if not wanted:
        return {}
    slots = list(wanted)
    values: dict[str, Any] = {
        # A slot at either end reaches further, by the buffers of its space.
        "first": min(slot.start for slot in slots) - buffer,
        "last": max(slot.end for slot in slots) + buffer,
        "short": SHORT,
        "long": LONGEST + 2 * LONGEST_BUFFER,
        "starts": [slot.start for slot in slots],
        "ends": [slot.end for slot in slots],
        "places": [f"{{{','.join(map(str, keys))}}}" for keys in wanted.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(_FREE.format(holding=_HOLDING), values)
        found = {slots[number]: set(keys) for number, keys in cursor.fetchall()}
    return {slot: found.get(slot, set()) for slot in slots}
