from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from portail.demo.diary import REASON, WALKED_IN, Diary
from portail.demo.visits import Fate, Visit
from telecentres.domain.calendar import Slot
from telecentres.domain.open_days import opening_of
from telecentres.enums import SpaceKind
from telecentres.models import Booking, BookingChange, BookingLine
from tests.factories import (
    OpeningHoursFactory,
    SpaceFactory,
    TariffFactory,
    TelecentreFactory,
    UserFactory,
)

START = datetime(2027, 3, 1, 8, tzinfo=UTC)
MORNING = Slot(START, START + timedelta(hours=3))
BOOKED = START - timedelta(days=2)
FATES = list(Fate)


@pytest.fixture
def place(territory):
    place = TelecentreFactory(territory=territory)
    OpeningHoursFactory(telecentre=place)
    TariffFactory(telecentre=place, price=Decimal(6))
    return place


@pytest.fixture
def counter(db):
    return UserFactory(email="comptoir@example.org")


@pytest.fixture
def diary(place, counter):
    def open_diary() -> Diary:
        return Diary(place, opening_of(place, date(2027, 2, 1), date(2027, 4, 1)), counter)

    return open_diary


@pytest.fixture
def holder(db):
    return UserFactory(email="ana@example.org")


def visit(holder, fate=Fate.SAID_SO, kind=SpaceKind.DESK, slot=MORNING, **values):
    return Visit(kind, slot, BOOKED, fate, holder, **values)


def written(diary: Diary) -> list[tuple[str, str, list[str]]]:
    """As the database takes them: space, state, acts."""
    Booking.objects.bulk_create(diary.bookings)
    BookingChange.objects.bulk_create(diary.changes)
    BookingLine.objects.bulk_create(diary.lines)
    rows = Booking.objects.order_by("pk").select_related("space").prefetch_related("changes")
    return [
        (row.space.name, row.state, [change.act for change in row.changes.all()]) for row in rows
    ]


def test_diary_gives_the_first_free_space_and_leaves_out_who_finds_none(place, diary, holder):
    for name in ("Poste 1", "Poste 2"):
        SpaceFactory(telecentre=place, name=name, buffer_after=15)
    page = diary()
    half_hour = timedelta(minutes=30)

    for slot in (
        MORNING,
        Slot(MORNING.end, MORNING.end + half_hour),
        Slot(MORNING.start + half_hour, MORNING.end),
        Slot(MORNING.end + half_hour, MORNING.end + 2 * half_hour),
    ):
        page.take(visit(holder, slot=slot))

    # The third finds both held, the first one by its buffer.
    assert [name for name, _state, _acts in written(page)] == ["Poste 1", "Poste 2", "Poste 1"]
    assert page.due == {(holder, date(2027, 3, 1)): Decimal(18)}


def test_diary_to_come_leaves_a_space_to_others(place, diary, holder):
    for name in ("Poste 1", "Poste 2"):
        SpaceFactory(telecentre=place, name=name)
    SpaceFactory(telecentre=place, name="Salle", kind=SpaceKind.MEETING_ROOM)
    page, room = diary(), SpaceKind.MEETING_ROOM

    for _time in range(3):
        page.take(visit(holder, Fate.TO_COME))
    page.take(replace(visit(holder, Fate.TO_COME, room), booked_at=START - timedelta(days=9)))
    page.take(visit(holder, Fate.TO_COME, room))

    assert written(page) == [
        ("Poste 1", "confirmed", ["booked"]),
        ("Salle", "confirmed", ["booked"]),
    ]
    assert page.bookings[1].booked_at == BOOKED


@pytest.mark.parametrize(
    ("fate", "state", "acts", "sequence"),
    [
        (Fate.CAME, "confirmed", ["booked"], 0),
        (Fate.SAID_SO, "confirmed", ["booked", "checked_in"], 0),
        (Fate.NOT_COME_TO, "no_show", ["booked", "no_show"], 1),
        (Fate.GIVEN_BACK, "cancelled", ["booked", "cancelled"], 1),
        # Nobody refuses what asks for no approval.
        (Fate.REFUSED, "confirmed", ["booked"], 0),
    ],
)
def test_diary_tells_what_became_of_a_desk(place, diary, holder, fate, state, acts, sequence):
    SpaceFactory(telecentre=place, name="Poste", release_after=60)
    page = diary()

    page.take(visit(holder, fate, late=timedelta(minutes=5)))

    assert written(page) == [("Poste", state, acts)]
    [booking] = page.bookings
    is_there = fate == Fate.SAID_SO
    assert booking.checked_in_at == (START + timedelta(minutes=5) if is_there else None)
    assert (booking.sequence, booking.price) == (sequence, Decimal(6))
    assert bool(page.due) == (state != "cancelled")


def test_diary_keeps_who_did_not_come_where_nobody_waits(place, diary, holder):
    SpaceFactory(telecentre=place, name="Poste")
    page = diary()

    page.take(visit(holder, Fate.NOT_COME_TO))

    assert written(page) == [("Poste", "confirmed", ["booked"])]


@pytest.mark.parametrize(
    ("fate", "state", "acts", "reason"),
    [
        (Fate.CAME, "confirmed", ["requested", "approved"], ""),
        (Fate.REFUSED, "refused", ["requested", "refused"], REASON),
    ],
)
def test_diary_has_the_manager_answer_requests(
    place, diary, holder, counter, fate, state, acts, reason
):
    room = SpaceKind.MEETING_ROOM
    SpaceFactory(telecentre=place, name="Salle", kind=room, capacity=4, needs_approval=True)
    page = diary()

    page.take(visit(holder, fate, room, people=6))

    assert written(page) == [("Salle", state, acts)]
    [booking], answer = page.bookings, page.changes[-1]
    assert (booking.people, booking.answer_before) == (4, START)
    assert (answer.author, answer.reason) == (counter, reason)


def test_diary_writes_a_walk_in_at_the_counter(place, diary, counter):
    SpaceFactory(telecentre=place, name="Poste")
    page = diary()

    page.take(replace(visit(None, Fate.WALKED_IN), booked_at=START))

    assert written(page) == [("Poste", "confirmed", ["booked"])]
    [booking] = page.bookings
    assert (booking.holder, booking.origin, booking.note) == (None, "counter", WALKED_IN)
    assert booking.checked_in_at == START
    assert page.changes[0].author == counter
    assert page.due == {}
