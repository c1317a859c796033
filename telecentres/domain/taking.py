"""Put a booking into a space, whoever else wants it in the same second: the statement itself."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from telecentres.domain.calendar import Slot
from telecentres.domain.errors import SlotTaken
from telecentres.enums import BookingAct, BookingState
from telecentres.models import Space

T = TypeVar("T")

# Read aloud on the telephone: no I, L, O, 0 or 1.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
REFERENCE_LENGTH = 8

# One space needs no looking at: the constraint says whether it is free. A third less work.
_SOLE = """
WITH free AS (
    SELECT %(space)s::bigint AS id, tstzrange(
        %(start)s - %(before)s, %(end)s + %(after)s
    ) AS occupied
)"""
# The first of several spaces that is free, if any.
# bigint: an int4 would not use the constraint's index.
_FIRST_FREE = """
WITH wanted AS (
    SELECT space.id, space.place, tstzrange(
        %(start)s - space.before, %(end)s + space.after
    ) AS occupied
    FROM unnest(%(spaces)s::bigint[], %(before)s::interval[], %(after)s::interval[])
        WITH ORDINALITY AS space (id, before, after, place)
), free AS (
    SELECT wanted.id, wanted.occupied FROM wanted
    WHERE NOT EXISTS (
        SELECT FROM telecentres_booking AS booking
        WHERE booking.space_id = wanted.id AND booking.occupied && wanted.occupied
            AND booking.state IN ({holding})
    )
    ORDER BY wanted.place LIMIT 1
)"""
_HOLDING = ", ".join(f"'{state}'" for state in BookingState.holding())
# The booking and its history, unless somebody else's is there, or is committed meanwhile.
_TAKE = """, booked AS (
    INSERT INTO telecentres_booking (
        territory_id, space_id, holder_id, reference, period, occupied, people, state, origin,
        note, series, answer_before, sequence, booked_at
    )
    SELECT %(territory)s, free.id, %(holder)s, %(reference)s, tstzrange(%(start)s, %(end)s),
        free.occupied, %(people)s, %(state)s, %(origin)s, %(note)s, %(series)s,
        %(answer_before)s, 0, %(now)s
    FROM free
    ON CONFLICT DO NOTHING
    RETURNING id
), logged AS (
    INSERT INTO telecentres_bookingchange (booking_id, act, at, author_id, reason)
    SELECT booked.id, %(act)s, %(now)s, %(author)s, %(reason)s FROM booked
)
SELECT (SELECT id FROM free), (SELECT id FROM booked)
"""


def take_first_free(*, spaces: Sequence[Space], slot: Slot, act: BookingAct, **values: Any) -> int:
    """Write a booking into the first free one of `spaces`; its key. Raises SlotTaken.

    Whoever loses the race for one space tries the next one that is free. `reason`, of its
    history, and `series` may be left out.
    """
    given = {
        "reason": "",
        "series": None,
        **values,
        "act": act,
        "state": act.leads_to,
        "start": slot.start,
        "end": slot.end,
    }
    look, wanted = _where(spaces)
    for _lost in spaces:
        free, booked = once_more_on_deadlock(lambda: _take(look, given | wanted))
        if booked:
            return booked
        if free is None:
            break
    raise SlotTaken


def _where(spaces: Sequence[Space]) -> tuple[str, dict[str, Any]]:
    """The statement's beginning, and what it is told of the spaces."""
    if len(spaces) == 1:
        (space,) = spaces
        return _SOLE, {"space": space.pk, "before": space.before, "after": space.after}
    return _FIRST_FREE.format(holding=_HOLDING), {
        "spaces": [space.pk for space in spaces],
        "before": [space.before for space in spaces],
        "after": [space.after for space in spaces],
    }


def _take(look: str, given: dict[str, Any]) -> tuple[int | None, int | None]:
    # Alone, a statement is its own transaction; within another, it must be possible to go on.
    within = transaction.atomic() if connection.in_atomic_block else nullcontext()
    with within, connection.cursor() as cursor:
        cursor.execute(look + _TAKE, {**given, "reference": new_reference()})
        free, booked = cursor.fetchone()
    return free, booked


def once_more_on_deadlock(act: Callable[[], T]) -> T:
    """PostgreSQL ends one of two who wait for each other: that one finds the way clear."""
    try:
        return act()
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
        return act()


def new_reference() -> str:
    """Eight letters and figures: 852 billion of them, too many to guess."""
    return "".join(secrets.choice(ALPHABET) for _rank in range(REFERENCE_LENGTH))
