from datetime import UTC, date, datetime, time, timedelta

import pytest

from telecentres.domain import errors
from telecentres.domain.calendar import Slot, day_of, moment
from telecentres.domain.open_days import opening_of
from telecentres.domain.rules import allowed_spaces, check_hours, check_length, check_slot
from telecentres.enums import TelecentreState
from tests.factories import ExceptionalHoursFactory, SpaceFactory
from tests.telecentres.march import NOW, at, march

MORNING = march(1, "09:00", "12:00")
MINUTE = timedelta(minutes=1)
NIGHT = date(2027, 10, 31)


def check(site, spaces, slot=MORNING, people=1, now=NOW):
    return check_slot(telecentre=site, spaces=spaces, slot=slot, people=people, now=now)


def test_check_slot_answers_those_that_may_be_booked_in_their_order(site):
    wide = SpaceFactory(telecentre=site, capacity=4)
    desk = SpaceFactory(telecentre=site, capacity=2)
    SpaceFactory(telecentre=site, capacity=1)
    shown = SpaceFactory(telecentre=site, capacity=9, units=[])

    assert check(site, [wide, shown, desk], people=2) == [wide, desk]


@pytest.mark.parametrize("state", [TelecentreState.PLANNED, TelecentreState.CLOSED])
def test_check_slot_of_a_place_that_is_not_open_is_refused(site, state):
    site.state = state

    with pytest.raises(errors.NotBookable):
        check(site, [SpaceFactory(telecentre=site)])


def test_check_slot_of_a_place_that_takes_no_booking_is_refused(site):
    site.takes_bookings = False

    with pytest.raises(errors.NotBookable):
        check(site, [SpaceFactory(telecentre=site)])


def test_check_slot_backwards_is_refused(site):
    with pytest.raises(errors.EndsBeforeStart):
        check(site, [SpaceFactory(telecentre=site)], Slot(MORNING.end, MORNING.start))


def test_check_slot_that_begins_now_passes_and_that_has_begun_is_refused(site):
    desk = SpaceFactory(telecentre=site)

    assert check(site, [desk], now=MORNING.start) == [desk]
    with pytest.raises(errors.InThePast):
        check(site, [desk], now=MORNING.start + timedelta(microseconds=1))


def test_check_slot_outside_hours_is_refused(site):
    with pytest.raises(errors.OutsideHours) as caught:
        check(site, [SpaceFactory(telecentre=site)], march(6, "09:00", "12:00"))

    assert caught.value == errors.OutsideHours("")


def test_check_slot_asks_for_hours_in_one_query(site, django_assert_num_queries):
    desks = SpaceFactory.create_batch(3, telecentre=site)

    with django_assert_num_queries(1):
        assert check(site, desks, march(1, "09:00", "18:00", last=5)) == desks


# ---- Its length -----------------------------------------------------------------------------
def test_check_length_of_nothing_is_refused():
    with pytest.raises(errors.EndsBeforeStart):
        check_length(Slot(MORNING.start, MORNING.start))


def test_check_length_of_a_quarter_passes_and_a_minute_more_is_refused():
    """93 days of 24 hours: the summer's clock shows an hour more."""
    quarter = moment(date(2027, 6, 2), time(10))

    check_length(Slot(MORNING.start, quarter))
    with pytest.raises(errors.TooLong):
        check_length(Slot(MORNING.start, quarter + MINUTE))


@pytest.mark.parametrize(
    ("starts", "ends"), [(time(2, 30), time(2, 30)), (time(2, 50), time(2, 10))]
)
def test_check_length_over_the_hour_shown_twice_passes(starts, ends):
    slot = Slot(moment(NIGHT, starts, is_second=False), moment(NIGHT, ends, is_second=True))

    check_length(slot)


def test_check_length_backwards_within_the_hour_shown_twice_is_refused():
    slot = Slot(
        moment(NIGHT, time(2, 10), is_second=True), moment(NIGHT, time(2, 50), is_second=False)
    )

    with pytest.raises(errors.EndsBeforeStart):
        check_length(slot)


# ---- What each space asks for ---------------------------------------------------------------
def test_allowed_spaces_that_are_only_shown_are_not_bookable(site):
    with pytest.raises(errors.NotBookable):
        allowed_spaces([SpaceFactory(telecentre=site, units=[])], MORNING, 1, NOW)


def test_allowed_spaces_without_any_are_not_bookable():
    with pytest.raises(errors.NotBookable):
        allowed_spaces([], MORNING, 1, NOW)


def test_allowed_spaces_hold_as_many_as_their_places(site):
    spaces = [SpaceFactory(telecentre=site, capacity=number) for number in (2, 6)]
    spaces.append(SpaceFactory(telecentre=site, capacity=20, units=[]))

    assert allowed_spaces(spaces, MORNING, 6, NOW) == spaces[1:2]
    with pytest.raises(errors.TooManyPeople) as caught:
        allowed_spaces(spaces, MORNING, 7, NOW)
    assert caught.value == errors.TooManyPeople(6)


def test_allowed_spaces_are_booked_until_exactly_their_notice(site):
    small = SpaceFactory(telecentre=site, notice=0)
    spaces = [SpaceFactory(telecentre=site, notice=minutes, capacity=4) for minutes in (60, 120)]
    now = MORNING.start.astimezone(UTC) - timedelta(hours=1)

    assert allowed_spaces([small, *spaces], MORNING, 4, now) == spaces[:1]
    with pytest.raises(errors.TooLate) as caught:
        allowed_spaces([small, *spaces], MORNING, 4, now + timedelta(microseconds=1))
    assert caught.value == errors.TooLate(60)


def test_allowed_spaces_are_booked_from_exactly_their_horizon_on(site):
    spaces = [SpaceFactory(telecentre=site, horizon=days) for days in (7, 30)]
    spaces.append(SpaceFactory(telecentre=site, horizon=90, notice=50_000))
    now = MORNING.start.astimezone(UTC) - timedelta(days=30)

    assert allowed_spaces(spaces, MORNING, 1, now) == spaces[1:2]
    with pytest.raises(errors.TooEarly) as caught:
        allowed_spaces(spaces, MORNING, 1, now - timedelta(microseconds=1))
    assert caught.value == errors.TooEarly(30)


# ---- Its hours ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "slot",
    [
        march(1, "09:00", "12:30"),
        march(1, "12:29", "18:00"),
        march(1, "09:00", "13:31"),
        march(1, "13:30", "18:00"),
        march(1, "17:59", "09:01", last=2),
        march(5, "14:00", "10:00", last=8),
    ],
    ids=["morning", "over the break", "into the afternoon", "afternoon", "night", "week-end"],
)
def test_check_hours_asks_only_to_come_and_leave_while_open(site, slot):
    check_hours(opening_of(site, day_of(slot.start), day_of(slot.end)), slot)


@pytest.mark.parametrize(
    "slot",
    [
        march(1, "08:59", "12:00"),
        march(1, "09:00", "12:31"),
        march(1, "12:30", "14:00"),
        march(1, "12:45", "14:00"),
        march(1, "09:00", "13:30"),
        march(1, "14:00", "18:01"),
        march(1, "18:00", "10:00", last=2),
        march(1, "14:00", "09:00", last=2),
        march(6, "09:00", "10:00", last=8),
        march(5, "09:00", "10:00", last=6),
    ],
    ids=[
        "before opening",
        "into the break",
        "from closing on",
        "from the break on",
        "until opening",
        "after closing",
        "from evening on",
        "until the next opening",
        "from Saturday on",
        "until Saturday",
    ],
)
def test_check_hours_refuses_to_come_or_leave_while_closed(site, slot):
    with pytest.raises(errors.OutsideHours) as caught:
        check_hours(opening_of(site, day_of(slot.start), day_of(slot.end)), slot)

    assert caught.value == errors.OutsideHours("")


@pytest.mark.parametrize(
    ("slot", "why"),
    [
        (march(29, "09:00", "10:00"), "Lundi de Pâques"),
        (march(26, "09:00", "10:00", last=29), "Lundi de Pâques"),
        (march(2, "09:00", "10:00", last=3), "Inventaire"),
        (march(3, "09:00", "10:00", last=4), "Inventaire"),
    ],
)
def test_check_hours_tells_why_the_place_is_closed(site, slot, why):
    ExceptionalHoursFactory(telecentre=site, day=date(2027, 3, 3), reason="Inventaire")

    with pytest.raises(errors.OutsideHours) as caught:
        check_hours(opening_of(site, day_of(slot.start), day_of(slot.end)), slot)

    assert caught.value == errors.OutsideHours(why)


def test_check_hours_lets_days_closed_lie_between(site):
    ExceptionalHoursFactory(telecentre=site, day=date(2027, 3, 3))
    slot = march(2, "09:00", "18:00", last=4)

    check_hours(opening_of(site, day_of(slot.start), day_of(slot.end)), slot)


def test_check_hours_reads_a_moment_of_any_clock(site):
    """What the database gives back is in UTC: 17:00 there is the closing in Paris."""
    opening = opening_of(site, date(2027, 3, 1), date(2027, 3, 1))
    day = Slot(datetime(2027, 3, 1, 8, tzinfo=UTC), datetime(2027, 3, 1, 17, tzinfo=UTC))

    check_hours(opening, day)
    with pytest.raises(errors.OutsideHours):
        check_hours(opening, Slot(day.start, at(1, "18:00") + MINUTE))
