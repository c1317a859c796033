"""Sixteen people book at once: each their own space, then all of them the same one.

Ours is the statement that every booking goes through, with its history; the naive ways check
before they write. Rules, hours and mails are the same for all, and left out.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, OperationalError, connection, transaction

from bench.directory_page import make_territory
from bench.measuring import Goal, Race, Scale, Way
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import SlotTaken
from telecentres.domain.taking import new_reference, take_first_free
from telecentres.enums import BookingAct, BookingOrigin, BookingState
from telecentres.models import Booking, BookingChange, Space, Telecentre
from territoires.models import Commune, Territory

TITLE = "Réserver à plusieurs"
THREADS = 16
FIRST = datetime(2027, 3, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)

# The same two rows, without asking whether the space is free.
RAW = """
WITH booked AS (
    INSERT INTO telecentres_booking (territory_id, space_id, reference, period, occupied, people,
        state, origin, note, sequence, booked_at)
    VALUES (%s, %s, %s, tstzrange(%s, %s), tstzrange(%s, %s), 1, 'confirmed', 'site', '', 0, now())
    RETURNING id
)
INSERT INTO telecentres_bookingchange (booking_id, act, at, reason)
SELECT id, 'booked', now(), '' FROM booked
"""

Act = Callable[[Space, Slot], bool]


def races(scale: Scale) -> Iterator[Race]:
    territory = make_territory()
    spaces = furnish(territory, THREADS)
    each = scale.pick(small=20, full=100)
    yield _apart(spaces, each, scale.pick(small=3, full=7))
    yield _together(spaces[0], scale.pick(small=20, full=200), scale.pick(small=1, full=3))


def furnish(territory: Territory, count: int) -> list[Space]:
    commune = Commune.objects.exclude(centre=None).get(pk="09122")
    assert commune.centre
    place = Telecentre.objects.create(
        territory=territory, name="Bench", slug="bench", commune=commune, point=commune.centre
    )
    Space.objects.bulk_create(
        Space(telecentre=place, name=f"Poste {number}", kind="desk") for number in range(count)
    )
    return list(Space.objects.select_related("telecentre").order_by("pk"))


# ---- The ways ------------------------------------------------------------------------------------
def ours(space: Space, slot: Slot) -> bool:
    try:
        take_first_free(
            spaces=[space],
            slot=slot,
            act=BookingAct.BOOKED,
            territory=space.telecentre.territory_id,
            holder=None,
            people=1,
            origin=BookingOrigin.SITE,
            note="",
            answer_before=None,
            author=None,
            now=FIRST,
        )
    except SlotTaken:
        return False
    return True


def lock_and_check(space: Space, slot: Slot) -> bool:
    """The space locked, a bounded look at what overlaps, then a row and its history."""
    with transaction.atomic():
        Space.objects.select_for_update(of=("self",), no_key=True).get(pk=space.pk)
        period = slot.period
        held = Booking.objects.touching(slot.start, slot.end).filter(space=space)
        if held.filter(occupied__overlap=period).exists():
            return False
        BookingChange.objects.create(booking=_row(space, slot), act=BookingAct.BOOKED)
    return True


def unlocked_check(space: Space, slot: Slot) -> bool:
    """What a first version does: it looks, then writes. The constraint alone refuses the second."""
    if Booking.objects.holding().filter(space=space, occupied__overlap=slot.period).exists():
        return False
    try:
        with transaction.atomic():
            _row(space, slot)
    except (IntegrityError, OperationalError):
        return False
    return True


def raw(space: Space, slot: Slot) -> bool:
    bounds = [slot.start, slot.end]
    with connection.cursor() as cursor:
        cursor.execute(
            RAW, [space.telecentre.territory_id, space.pk, new_reference(), *bounds, *bounds]
        )
    return True


def _row(space: Space, slot: Slot) -> Booking:
    period = slot.period
    return Booking.objects.create(
        territory_id=space.telecentre.territory_id,
        space=space,
        reference=new_reference(),
        period=period,
        occupied=period,
        state=BookingState.CONFIRMED,
    )


# ---- The races -----------------------------------------------------------------------------------
def _apart(spaces: Sequence[Space], each: int, rounds: int) -> Race:
    """Each thread its own space, hour after hour."""

    def run(act: Act) -> Callable[[], object]:
        def one(space: Space) -> None:
            for number in range(each):
                assert act(space, Slot(FIRST + number * HOUR, FIRST + (number + 1) * HOUR))

        return lambda: _at_once([lambda space=space: one(space) for space in spaces])  # type: ignore[misc]

    count = len(spaces) * each
    return Race(
        f"{count} réservations, {THREADS} fils, chacun son espace",
        [
            Way("la nôtre", run(ours), _empty, Booking.objects.count),
            Way(
                "verrou, puis vérification",
                run(lock_and_check),
                _empty,
                Booking.objects.count,
                goal=Goal(faster=3),
            ),
            Way(
                "l’insertion SQL, nue (limite)",
                run(raw),
                _empty,
                Booking.objects.count,
                goal=Goal(within=1 / 0.6),
            ),
        ],
        rounds=rounds,
    )


def _together(space: Space, slots: int, rounds: int) -> Race:
    """All of them the same slot, one slot after the other: exactly one gets it."""

    def run(act: Act) -> Callable[[], object]:
        def all_of_them() -> None:
            won.clear()
            for number in range(slots):
                slot = Slot(FIRST + number * HOUR, FIRST + (number + 1) * HOUR)
                won.append(sum(_at_once([lambda: act(space, slot)] * THREADS)))  # noqa: B023

        return all_of_them

    won: list[int] = []

    def answer() -> tuple[int, int]:
        return (sum(won), sum(number != 1 for number in won))

    return Race(
        f"{slots} créneaux, {THREADS} à la fois pour chacun",
        [
            Way("la nôtre", run(ours), _empty, answer),
            Way("verrou, puis vérification", run(lock_and_check), _empty, answer),
            Way("vérification sans verrou", run(unlocked_check), _empty),
        ],
        rounds=rounds,
        note="réponse : gagnants en tout, créneaux qui n’en ont pas exactement un",
    )


_pool = ThreadPoolExecutor(THREADS)


def _at_once(acts: Sequence[Callable[[], bool | None]]) -> list[bool]:
    """Each in its own thread, whose connection is kept from one to the next."""
    return [bool(done) for done in _pool.map(lambda act: act(), acts)]


def _empty() -> None:
    BookingChange.objects.all().delete()
    Booking.objects.all().delete()
