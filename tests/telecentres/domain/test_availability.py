from datetime import UTC, date, datetime, time, timedelta

import pytest

from telecentres.domain import errors
from telecentres.domain.availability import (
    day_offers,
    day_part,
    find_free,
    nearest_free,
    read_plan,
)
from telecentres.domain.calendar import PARIS, Slot, day_of
from telecentres.domain.open_days import opening_of
from telecentres.enums import BookingState, BookingUnit, DayPart
from telecentres.models import Booking
from tests.factories import ExceptionalHoursFactory, OpeningHoursFactory, SpaceFactory
from tests.telecentres.march import NOW, at, hold, march

MONDAY = date(2027, 3, 1)
HALF_DAY, DAY, HOUR = BookingUnit.HALF_DAY, BookingUnit.DAY, BookingUnit.HOUR
MORNING, WHOLE = march(1, "09:00", "12:00"), march(1, "09:00", "18:00")


def offered(site, spaces, people=1, now=NOW, day=MONDAY) -> list[tuple]:
    """Unit, start, end, free, total of each offer."""
    plan = read_plan(site, spaces, day, day)
    return [
        (
            offer.unit,
            f"{offer.slot.start.astimezone(PARIS):%H:%M}",
            f"{offer.slot.end.astimezone(PARIS):%H:%M}",
            offer.free,
            offer.total,
        )
        for offer in day_offers(plan, day, people=people, now=now)
    ]


def near(site, spaces, slot, people=1, now=NOW) -> tuple[Slot, ...]:
    return nearest_free(telecentre=site, spaces=spaces, slot=slot, people=people, now=now)


def find(site, spaces, slot=MORNING, people=1, now=NOW):
    return find_free(telecentre=site, spaces=spaces, slot=slot, people=people, now=now)


def is_free(space, slot: Slot) -> bool:
    plan = read_plan(space.telecentre, [space], day_of(slot.start), day_of(slot.end))
    return plan.is_free(space, slot)


def opens(site, first: int, last: int, day: date = MONDAY) -> None:
    ExceptionalHoursFactory(telecentre=site, day=day, opens_at=time(first), closes_at=time(last))


# ---- Offers of a day ------------------------------------------------------------------------
def test_day_offers_are_half_days_the_day_and_whole_hours(site):
    assert offered(site, [SpaceFactory(telecentre=site)]) == [
        (HALF_DAY, "09:00", "12:30", 1, 1),
        (HALF_DAY, "13:30", "18:00", 1, 1),
        (DAY, "09:00", "18:00", 1, 1),
        (HOUR, "09:00", "10:00", 1, 1),
        (HOUR, "10:00", "11:00", 1, 1),
        (HOUR, "11:00", "12:00", 1, 1),
        (HOUR, "13:30", "14:30", 1, 1),
        (HOUR, "14:30", "15:30", 1, 1),
        (HOUR, "15:30", "16:30", 1, 1),
        (HOUR, "16:30", "17:30", 1, 1),
    ]


@pytest.mark.parametrize(
    ("first", "last", "halves"),
    [
        (8, 19, [("08:00", "13:00"), ("13:00", "19:00")]),
        (9, 14, [("09:00", "14:00")]),
        (13, 20, [("13:00", "20:00")]),
        (7, 13, [("07:00", "13:00")]),
    ],
    ids=["long", "short", "afternoon", "morning"],
)
def test_day_offers_cut_a_long_day_without_a_break_at_one(site, first, last, halves):
    opens(site, first, last)
    desk = SpaceFactory(telecentre=site, units=[HALF_DAY])

    assert offered(site, [desk]) == [(HALF_DAY, *half, 1, 1) for half in halves]


def test_day_offers_of_a_closed_day_are_none(site):
    ExceptionalHoursFactory(telecentre=site)

    assert offered(site, [SpaceFactory(telecentre=site)]) == []


def test_day_offers_count_the_spaces_let_for_each_length(site):
    opens(site, 9, 11)
    spaces = [
        SpaceFactory(telecentre=site, units=units)
        for units in ([HOUR], [HOUR, DAY], [BookingUnit.WEEK], [])
    ]

    assert offered(site, spaces) == [
        (DAY, "09:00", "11:00", 1, 1),
        (HOUR, "09:00", "10:00", 2, 2),
        (HOUR, "10:00", "11:00", 2, 2),
    ]


def test_day_offers_show_what_is_taken_with_nothing_free(site):
    opens(site, 9, 11)
    desks = SpaceFactory.create_batch(2, telecentre=site, units=[HOUR])
    hold(desks[0], march(1, "09:00", "10:00"))
    hold(desks[0], march(1, "10:00", "11:00"), state=BookingState.CANCELLED)
    hold(desks[1], march(1, "09:30", "10:00"), state=BookingState.BLOCKED)

    assert offered(site, desks) == [
        (HOUR, "09:00", "10:00", 0, 2),
        (HOUR, "10:00", "11:00", 2, 2),
    ]


def test_day_offers_leave_out_what_has_begun_or_is_too_near(site):
    desk = SpaceFactory(telecentre=site, units=[HALF_DAY, HOUR], notice=60)

    assert offered(site, [desk], now=at(1, "14:30").astimezone(UTC)) == [
        (HOUR, "15:30", "16:30", 1, 1),
        (HOUR, "16:30", "17:30", 1, 1),
    ]


def test_day_offers_for_too_many_people_are_none(site):
    opens(site, 9, 10)
    spaces = [SpaceFactory(telecentre=site, units=[HOUR], capacity=size) for size in (2, 4)]

    assert offered(site, spaces, people=3) == [(HOUR, "09:00", "10:00", 1, 1)]
    assert offered(site, spaces, people=5) == []


def test_day_offers_of_hours_last_an_hour_in_the_night_of_spring(site):
    night = date(2027, 3, 28)
    opens(site, 0, 5, day=night)
    plan = read_plan(site, [SpaceFactory(telecentre=site, units=[HOUR])], night, night)

    offers = day_offers(plan, night, people=1, now=NOW)

    midnight = datetime(2027, 3, 27, 23, tzinfo=UTC)
    starts = [offer.slot.start.astimezone(UTC) for offer in offers]
    assert starts == [midnight + timedelta(hours=number) for number in range(4)]
    assert [offer.slot.length for offer in offers] == [timedelta(hours=1)] * 4


# ---- What is free ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("slot", "answer"),
    [
        (march(1, "08:00", "09:00"), True),
        (march(1, "12:00", "13:00"), True),
        (march(1, "08:00", "09:01"), False),
        (march(1, "11:59", "13:00"), False),
        (march(1, "10:00", "11:00"), False),
        (march(1, "08:00", "18:00"), False),
    ],
)
def test_plan_is_free_around_a_booking_that_only_touches(site, slot, answer):
    desk = SpaceFactory(telecentre=site)
    hold(desk, MORNING)

    assert is_free(desk, slot) is answer


@pytest.mark.parametrize(
    ("slot", "answer"),
    [
        (march(1, "13:15", "14:00"), True),
        (march(1, "13:14", "14:00"), False),
        (march(1, "08:00", "08:15"), True),
        (march(1, "08:00", "08:16"), False),
    ],
)
def test_plan_counts_the_buffers_of_both_neighbours(site, slot, answer):
    """A quarter of an hour before each, half an hour after: three quarters between two."""
    room = SpaceFactory(telecentre=site, buffer_before=15, buffer_after=30)
    hold(room, march(1, "09:00", "12:30"))

    assert is_free(room, slot) is answer


def test_plan_counts_the_buffer_as_it_passes_in_the_night_of_spring(site):
    room = SpaceFactory(telecentre=site)
    hold(room, march(28, "00:30", "01:30"))
    room.buffer_before = 60

    assert not is_free(room, march(28, "03:00", "05:00"))
    assert is_free(room, march(28, "03:30", "05:00"))


def test_plan_sees_a_booking_next_day_that_a_long_buffer_reaches(site):
    room = SpaceFactory(telecentre=site, buffer_after=24 * 60, units=[DAY])
    hold(room, march(2, "09:00", "12:00"))

    assert offered(site, [room]) == [(DAY, "09:00", "18:00", 0, 1)]
    with pytest.raises(errors.SlotTaken):
        find(site, [room])


def test_plan_sees_a_booking_the_day_before_that_a_long_buffer_reaches(site):
    room = SpaceFactory(telecentre=site, buffer_before=24 * 60, units=[DAY])
    hold(room, march(1, "16:00", "18:00"))

    assert offered(site, [room], day=date(2027, 3, 2)) == [(DAY, "09:00", "18:00", 0, 1)]


@pytest.mark.parametrize(
    "slot",
    [
        Slot(at(10, "09:00") - timedelta(days=93), at(10, "09:00")),
        march(1, "09:00", "18:00", last=31),
        march(7, "22:00", "10:00", last=15),
    ],
    ids=["longest", "month", "week"],
)
def test_plan_sees_a_long_booking_over_the_whole_week(site, slot):
    desk = SpaceFactory(telecentre=site)
    booking = hold(desk, slot)
    booking.refresh_from_db()

    assert booking.is_long
    assert not is_free(desk, march(10, "08:00", "18:00"))
    assert find_taken(site, desk) == [booking]


def find_taken(site, desk) -> list[Booking]:
    plan = read_plan(site, [desk], date(2027, 3, 8), date(2027, 3, 14))
    return [
        Booking.objects.get(space=desk, occupied=(held.start, held.end))
        for held in plan.taken[desk.pk]
    ]


def test_plan_sees_the_longest_short_booking_by_its_buffer_alone(site):
    room = SpaceFactory(telecentre=site, buffer_after=12 * 60)
    booking = hold(room, march(7, "22:00", "00:00", last=8))
    booking.refresh_from_db()

    assert not booking.is_long
    assert find_taken(site, room) == [booking]
    assert not is_free(room, march(8, "11:00", "12:00"))
    assert is_free(room, march(8, "12:00", "13:00"))


@pytest.mark.parametrize("spaces", [1, 3])
@pytest.mark.parametrize("bookings", [1, 3])
def test_plan_is_read_in_two_queries(site, django_assert_num_queries, spaces, bookings):
    desks = SpaceFactory.create_batch(spaces, telecentre=site)
    for desk in desks:
        for hour in range(bookings):
            hold(desk, march(1, f"{9 + hour:02}:00", f"{10 + hour:02}:00"))

    with django_assert_num_queries(2):
        plan = read_plan(site, desks, MONDAY, date(2027, 3, 7))
        assert plan.free(march(1, "09:00", "10:00")) == []
        assert plan.free(march(1, "14:00", "15:00")) == desks
        assert len(day_offers(plan, MONDAY, people=1, now=NOW)) == 10


def test_find_free_answers_those_free_in_their_order(site):
    desks = SpaceFactory.create_batch(3, telecentre=site)
    hold(desks[1], march(1, "11:00", "14:00"))

    assert find(site, desks[::-1]) == [desks[2], desks[0]]


def test_find_free_when_all_are_taken_is_refused(site):
    desk = SpaceFactory(telecentre=site)
    hold(desk, MORNING)

    with pytest.raises(errors.SlotTaken):
        find(site, [desk])


def test_find_free_refuses_what_booking_refuses(site):
    with pytest.raises(errors.TooManyPeople) as caught:
        find(site, [SpaceFactory(telecentre=site)], people=2)

    assert caught.value == errors.TooManyPeople(1)


# ---- Another moment -------------------------------------------------------------------------
def test_nearest_free_is_the_same_day_first(site):
    desk = SpaceFactory(telecentre=site)
    hold(desk, MORNING)

    assert near(site, [desk], MORNING) == (
        march(1, "12:00", "15:00"),
        march(1, "13:30", "16:30"),
        march(1, "14:00", "17:00"),
    )


def test_nearest_free_goes_on_with_the_same_hour_of_other_days(site):
    desk = SpaceFactory(telecentre=site)
    hold(desk, WHOLE)
    hold(desk, march(3, "11:30", "12:30"))

    assert near(site, [desk], MORNING) == tuple(march(day, "09:00", "12:00") for day in (2, 4, 5))


def test_nearest_free_fills_up_what_the_day_lacks(site):
    desk = SpaceFactory(telecentre=site)
    hold(desk, march(1, "09:00", "15:00"))

    assert near(site, [desk], MORNING) == (
        march(1, "15:00", "18:00"),
        march(2, "09:00", "12:00"),
        march(3, "09:00", "12:00"),
    )


def test_nearest_free_of_a_day_closed_is_another_day(site):
    desk = SpaceFactory(telecentre=site)

    assert near(site, [desk], march(6, "09:00", "12:00")) == tuple(
        march(day, "09:00", "12:00") for day in (8, 9, 10)
    )


def test_nearest_free_leaves_out_what_has_begun(site):
    desk = SpaceFactory(telecentre=site)
    asked = march(1, "14:00", "15:00")
    hold(desk, asked)

    assert near(site, [desk], asked, now=at(1, "13:45").astimezone(UTC)) == (
        march(1, "15:00", "16:00"),
        march(1, "15:30", "16:30"),
        march(1, "16:00", "17:00"),
    )


def test_nearest_free_goes_no_further_than_the_horizon(site):
    desk = SpaceFactory(telecentre=site, horizon=2)
    hold(desk, WHOLE)

    assert near(site, [desk], MORNING, now=at(1, "08:00").astimezone(UTC)) == (
        march(2, "09:00", "12:00"),
    )


def test_nearest_free_in_a_week_all_taken_is_none(site):
    desk = SpaceFactory(telecentre=site)
    hold(desk, march(1, "09:00", "18:00", last=8))

    assert near(site, [desk], MORNING) == ()


def test_nearest_free_skips_an_hour_that_the_clocks_jump_over(site):
    desk = SpaceFactory(telecentre=site)
    for day in (27, 28, 30, 31):
        ExceptionalHoursFactory(
            telecentre=site, day=date(2027, 3, day), opens_at=time(0), closes_at=time(23)
        )
    hold(desk, march(27, "00:00", "23:30"))

    assert near(site, [desk], march(27, "02:30", "04:30")) == (
        march(30, "02:30", "04:30"),
        march(31, "02:30", "04:30"),
    )


def test_nearest_free_over_the_night_of_spring_keeps_its_length(site):
    desk = SpaceFactory(telecentre=site)
    asked = march(26, "09:00", "12:00", last=30)
    hold(desk, march(26, "09:00", "10:00"))

    found = near(site, [desk], asked)

    assert [slot.length for slot in found] == [asked.length] * 3


@pytest.mark.parametrize("opened", [True, False], ids=["taken", "closed"])
def test_nearest_free_over_a_night_reads_the_day_when_one_leaves(site, opened):
    """The last proposal would end on the ninth, a day after the week that is looked through."""
    desk = SpaceFactory(telecentre=site)
    hold(desk, march(1, "09:00", "12:00", last=8))
    if opened:
        hold(desk, march(9, "09:00", "18:00"))
    else:
        ExceptionalHoursFactory(telecentre=site, day=date(2027, 3, 9))

    assert near(site, [desk], march(1, "15:00", "12:00", last=2)) == ()


def test_nearest_free_is_read_in_two_queries(site, django_assert_num_queries):
    desks = SpaceFactory.create_batch(3, telecentre=site)
    for desk in desks:
        hold(desk, WHOLE)
    OpeningHoursFactory(telecentre=site, weekday=6)

    with django_assert_num_queries(2):
        assert len(near(site, desks, MORNING)) == 3


@pytest.mark.parametrize(
    ("first", "last", "parts"),
    [
        (8, 19, [("08:00", "19:00"), ("08:00", "13:00"), ("13:00", "19:00")]),
        (9, 14, [("09:00", "14:00"), ("09:00", "14:00"), None]),
        (13, 20, [("13:00", "20:00"), None, ("13:00", "20:00")]),
    ],
    ids=["long", "short", "afternoon"],
)
def test_day_part_is_the_day_or_a_half_of_it(site, first, last, parts):
    opens(site, first, last)
    day = opening_of(site, MONDAY, MONDAY).on(MONDAY)

    assert [day_part(day, part) for part in DayPart] == [part and march(1, *part) for part in parts]


def test_day_part_of_a_closed_day_is_none(site):
    sunday = date(2027, 3, 7)
    day = opening_of(site, sunday, sunday).on(sunday)

    assert [day_part(day, part) for part in DayPart] == [None, None, None]
