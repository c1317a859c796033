from datetime import timedelta

import pytest

from courrier.models import OutgoingMail
from telecentres.domain import errors
from telecentres.domain.calendar import Slot
from telecentres.domain.counter import book_for_somebody, move_for_somebody
from telecentres.enums import BookingAct, BookingOrigin, BookingState, TelecentreState
from telecentres.models import Booking, Space
from tests.factories import ExceptionalHoursFactory, SpaceFactory, UserFactory
from tests.telecentres.march import NOW, at, hold, march

MORNING = march(1, "09:00", "12:00")
EVENING = march(1, "19:00", "21:00")
OUTSIDE = "Hors des horaires d’ouverture."


@pytest.fixture
def room(site) -> Space:
    """As hard to book on the site as can be."""
    rules = {"notice": 30 * 24 * 60, "horizon": 1, "needs_approval": True, "units": []}
    return SpaceFactory(telecentre=site, capacity=8, **rules)


def book(space, slot=MORNING, **values) -> Booking:
    given = {"author": UserFactory(), "now": NOW, **values}
    return book_for_somebody(space=space, slot=slot, **given)


def test_book_for_somebody_confirms_at_once_and_tells_the_holder(room):
    manager, holder = UserFactory(), UserFactory()

    booking = book(room, author=manager, holder=holder, people=8, note="L’écran")

    assert (booking.state, booking.origin) == (BookingState.CONFIRMED, BookingOrigin.COUNTER)
    assert (booking.holder, booking.people, booking.note) == (holder, 8, "L’écran")
    assert (Slot.of(booking.period), booking.booked_at) == (MORNING, NOW)
    [change] = booking.changes.all()
    assert (change.act, change.author, change.reason) == (BookingAct.BOOKED, manager, "")
    [mail] = OutgoingMail.objects.all()
    assert (mail.recipient, mail.message) == (holder.email, "telecentres.reservation")


def test_book_for_somebody_without_an_account_writes_to_nobody(room):
    booking = book(room, note="M. Roux, au téléphone")

    assert (booking.holder, booking.people) == (None, 1)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("slot", "is_outside_hours", "reason"),
    [(EVENING, True, OUTSIDE), (MORNING, True, "")],
    ids=["outside", "within all the same"],
)
def test_book_for_somebody_outside_hours_is_written_down(room, slot, is_outside_hours, reason):
    booking = book(room, slot, is_outside_hours=is_outside_hours)

    assert [change.reason for change in booking.changes.all()] == [reason]


@pytest.mark.parametrize(
    ("slot", "people", "refusal"),
    [
        (EVENING, 1, errors.OutsideHours()),
        (march(2, "09:00", "12:00"), 1, errors.OutsideHours("Inventaire")),
        (MORNING, 9, errors.TooManyPeople(8)),
        (march(1, "12:00", "09:00"), 1, errors.EndsBeforeStart()),
        (Slot(at(1, "09:00"), at(1, "09:00") + timedelta(days=94)), 1, errors.TooLong()),
        (Slot(NOW - timedelta(minutes=1), NOW + timedelta(hours=2)), 1, errors.InThePast()),
        (march(1, "11:00", "12:30"), 1, errors.SlotTaken()),
    ],
)
def test_book_for_somebody_against_the_rules_is_refused(site, room, slot, people, refusal):
    ExceptionalHoursFactory(telecentre=site, day="2027-03-02", reason="Inventaire")
    held = hold(room, march(1, "12:00", "14:00"))

    with pytest.raises(type(refusal)) as raised:
        book(room, slot, people=people)

    assert vars(raised.value) == vars(refusal)
    assert list(Booking.objects.all()) == [held]


def test_book_for_somebody_where_the_place_is_closed_for_good_is_refused(site, room):
    site.state = TelecentreState.CLOSED

    with pytest.raises(errors.NotBookable):
        book(room)

    assert not Booking.objects.exists()


def test_book_for_somebody_without_a_time_said_is_now(room):
    past = Slot(MORNING.start.replace(year=2020), MORNING.end.replace(year=2020))

    with pytest.raises(errors.InThePast):
        book(room, past, now=None)


# ---- Move -----------------------------------------------------------------------------------
def move(booking, space, slot=EVENING, **values) -> Booking:
    given = {"author": UserFactory(), "now": NOW, **values}
    return move_for_somebody(booking=booking, space=space, slot=slot, **given)


@pytest.mark.parametrize(
    ("state", "answer_before"),
    [(BookingState.CONFIRMED, None), (BookingState.REQUESTED, at(1, "08:00"))],
)
def test_move_for_somebody_keeps_its_state_and_tells_the_holder(site, room, state, answer_before):
    desk, manager = SpaceFactory(telecentre=site), UserFactory()
    held = hold(desk, MORNING, state=state, answer_before=answer_before)

    moved = move(held, room, author=manager, is_outside_hours=True)

    assert (moved.space, Slot.of(moved.period), moved.state) == (room, EVENING, state)
    [change] = moved.changes.all()
    assert (change.act, change.author, change.reason) == (BookingAct.MOVED, manager, OUTSIDE)
    assert (change.former_space, Slot.of(change.former_period)) == (desk, MORNING)
    [mail] = OutgoingMail.objects.all()
    assert (mail.recipient, mail.message) == (
        held.holder.email,
        "telecentres.reservation-deplacee",
    )


@pytest.mark.parametrize(
    ("slot", "refusal"),
    [(EVENING, errors.OutsideHours), (march(1, "14:00", "15:00"), errors.SlotTaken)],
)
def test_move_for_somebody_against_the_rules_changes_nothing(site, room, slot, refusal):
    held = hold(SpaceFactory(telecentre=site), MORNING)
    hold(room, march(1, "14:00", "16:00"))

    with pytest.raises(refusal):
        move(held, room, slot)

    held.refresh_from_db()
    assert (Slot.of(held.period), held.sequence) == (MORNING, 0)


def test_move_for_somebody_of_what_was_given_back_is_refused(site, room):
    held = hold(SpaceFactory(telecentre=site), MORNING, state=BookingState.CANCELLED)

    with pytest.raises(errors.NoLongerPossible):
        move(held, room, MORNING)


def test_move_for_somebody_without_a_time_said_is_now(site, room):
    past = Slot(MORNING.start.replace(year=2020), MORNING.end.replace(year=2020))

    with pytest.raises(errors.InThePast):
        move(hold(SpaceFactory(telecentre=site), MORNING), room, past, now=None)
