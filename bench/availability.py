"""Which of all the spaces are free on a morning: read once for all, or space by space.

The bookings obey the exclusion constraint and stand in the table in the order in which they were
made, weeks before they begin: what is held on one day lies scattered, as it does in life.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, Exists, ExpressionWrapper, Func, OuterRef, Value
from django.db.models.expressions import CombinedExpression, Expression

from bench.directory_page import make_territory
from bench.measuring import Goal, Race, Scale, Way
from telecentres.domain.calendar import Slot
from telecentres.domain.free_spaces import find_free_spaces
from telecentres.enums import SpaceKind
from telecentres.models import Booking, Space, Telecentre
from territoires.models import Commune, Territory

TITLE = "Les espaces libres un matin"
SPACES_PER_PLACE = 10
FIRST = datetime(2026, 1, 5, tzinfo=UTC)
# Minutes that one space in ten asks for, after a booking.
TIDYING = 15
# A space takes 1.5 bookings a day, seven days a week.
PER_DAY = 1.5

# Each day a morning and an afternoon, three times in four; they begin on the hour and last two to
# four. One space in fifty is let by the month instead. One booking in twelve was given back.
BOOKINGS = """
INSERT INTO telecentres_booking (territory_id, space_id, reference, period, occupied, people,
    state, origin, note, sequence, booked_at)
SELECT %(territory)s, space_id, 'B' || lpad(row_number() OVER (ORDER BY booked_at)::text, 9, '0'),
    tstzrange(starts, ends), tstzrange(starts, ends + after * interval '1 minute'), 1,
    CASE WHEN (drawn / 7) %% 12 = 0 THEN 'cancelled' ELSE 'confirmed' END, 'site', '', 0, booked_at
FROM (
    SELECT space.id AS space_id, space.buffer_after AS after, drawn, starts,
        CASE WHEN space.id %% 50 = 0 THEN starts + interval '27 days'
             ELSE starts + (2 + drawn %% 3) * interval '1 hour' END AS ends,
        starts - (drawn %% 30) * interval '1 day' AS booked_at
    FROM telecentres_space AS space
    CROSS JOIN generate_series(0, %(days)s - 1) AS day
    CROSS JOIN (VALUES (8), (13)) AS half (hour)
    CROSS JOIN LATERAL (SELECT abs(hashint8(space.id * 1000003 + day * 2 + hour)::bigint) AS drawn,
        %(first)s::timestamptz + day * interval '1 day' + hour * interval '1 hour' AS starts) AS a
    WHERE CASE WHEN space.id %% 50 = 0 THEN day %% 28 = 0 AND hour = 8 ELSE drawn %% 4 > 0 END
) AS made
ORDER BY booked_at
"""
# What is held that morning and begins near enough to it, then the spaces that are not among it.
BARE = """
SELECT id FROM telecentres_space AS space WHERE NOT EXISTS (
    SELECT FROM (
        SELECT space_id, occupied FROM telecentres_booking
        WHERE state IN ('offered', 'requested', 'confirmed', 'blocked') AND NOT is_long
            AND lower(occupied) > %(start)s - interval '14 hours 15 minutes'
            AND lower(occupied) < %(end)s + interval '15 minutes'
        UNION ALL
        SELECT space_id, occupied FROM telecentres_booking
        WHERE state IN ('offered', 'requested', 'confirmed', 'blocked') AND is_long
            AND lower(occupied) > %(start)s - interval '95 days 15 minutes'
            AND lower(occupied) < %(end)s + interval '15 minutes'
    ) AS held
    WHERE held.space_id = space.id AND held.occupied && tstzrange(
        %(start)s - buffer_before * interval '1 minute',
        %(end)s + buffer_after * interval '1 minute')
)
"""

Keys = set[int]


def races(scale: Scale) -> Iterator[Race]:
    places, bookings = scale.pick(small=(30, 50_000), full=(300, 5_000_000))
    days = fill(make_territory(), places, bookings)
    middle = FIRST + timedelta(days=days // 2)
    yield _race(Slot(middle.replace(hour=8), middle.replace(hour=12)))


def fill(territory: Territory, places: int, bookings: int) -> int:
    """Places, their spaces and about so many bookings; over how many days."""
    days = round(bookings / (places * SPACES_PER_PLACE * PER_DAY))
    furnish(territory, places)
    with connection.cursor() as cursor:
        cursor.execute(BOOKINGS, {"territory": territory.pk, "days": days, "first": FIRST})
        # As the database's own housekeeping leaves a table that only grows.
        cursor.execute("VACUUM ANALYZE telecentres_booking, telecentres_space")
    return days


def furnish(territory: Territory, places: int) -> None:
    communes = Commune.objects.exclude(centre=None).order_by("pk")[:places]
    made = Telecentre.objects.bulk_create(
        Telecentre(
            territory=territory,
            name=f"Lieu {number}",
            slug=f"lieu-{number}",
            commune=commune,
            point=commune.centre,
            takes_bookings=True,
        )
        for number, commune in enumerate(communes)
        if commune.centre
    )
    Space.objects.bulk_create(
        Space(
            telecentre=place,
            name=f"Poste {number}",
            kind=SpaceKind.DESK,
            buffer_after=TIDYING if number == 0 else 0,
        )
        for place in made
        for number in range(SPACES_PER_PLACE)
    )


def _race(slot: Slot) -> Race:
    spaces, places = (
        list(Space.objects.all()),
        list(Telecentre.objects.values_list("pk", flat=True)),
    )
    wanted = {slot: places}
    found: dict[str, Keys] = {}

    def way(name: str, find: Callable[[], Keys], **details: object) -> Way:
        def run() -> None:
            found[name] = find()

        return Way(name, run, answer=lambda: sorted(found[name]), **details)  # type: ignore[arg-type]

    return Race(
        f"{len(spaces)} espaces de {len(places)} lieux, {Booking.objects.count()} réservations",
        [
            way("la nôtre", lambda: ours(wanted)),
            way("une requête par espace", lambda: space_by_space(spaces, slot), rounds=1),
            way("~Exists", lambda: not_exists(slot), goal=Goal(faster=15)),
            way("le SQL, nu (limite)", lambda: bare(slot), goal=Goal(within=2)),
        ],
        rounds=21,
    )


# ---- The ways ------------------------------------------------------------------------------------
def ours(wanted: dict[Slot, list[int]]) -> Keys:
    return set().union(*find_free_spaces(wanted, buffer=timedelta(minutes=TIDYING)).values())


def space_by_space(spaces: list[Space], slot: Slot) -> Keys:
    return {
        space.pk
        for space in spaces
        if not Booking.objects.holding()
        .filter(space=space, occupied__overlap=(slot.start - space.before, slot.end + space.after))
        .exists()
    }


def not_exists(slot: Slot) -> Keys:
    """Django's own idiom, buffers included."""
    reach = Func(
        _moved(slot.start, "-", "buffer_before"),
        _moved(slot.end, "+", "buffer_after"),
        function="tstzrange",
    )
    held = Booking.objects.holding().filter(space=OuterRef("pk"), occupied__overlap=reach)
    return set(Space.objects.filter(~Exists(held)).values_list("pk", flat=True))


def bare(slot: Slot) -> Keys:
    with connection.cursor() as cursor:
        cursor.execute(BARE, {"start": slot.start, "end": slot.end})
        return {key for (key,) in cursor.fetchall()}


def _moved(at: datetime, sign: str, minutes: str) -> Expression:
    length = CombinedExpression(OuterRef(minutes), "*", Value(timedelta(minutes=1)))
    return ExpressionWrapper(
        CombinedExpression(Value(at), sign, length), output_field=DateTimeField()
    )
