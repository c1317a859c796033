from datetime import UTC, timedelta

import pytest
from django.db import IntegrityError

from courrier.models import OutgoingMail
from telecentres.domain import errors
from telecentres.domain.answers import cancel_booking
from telecentres.domain.availability import find_free
from telecentres.domain.booking import block_space, book_space
from telecentres.domain.calendar import Slot
from telecentres.enums import BookingAct, BookingOrigin, BookingState
from telecentres.models import Booking
from tests.factories import SpaceFactory, TelecentreGrantFactory, UserFactory
from tests.telecentres.march import NOW, at, hold, march

MORNING = march(1, "09:00", "12:00")
WORDS = "lundi 1er mars 2027, de 09:00 à 12:00"


def book(site, spaces, slot=MORNING, **values) -> Booking:
    values = {"holder": None, "now": NOW} | values
    values["holder"] = values["holder"] or UserFactory()
    return book_space(telecentre=site, spaces=spaces, slot=slot, **values)


def mails() -> list[tuple[str, str, str]]:
    """Recipient, message, subject of each, in their order."""
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", "message", "subject"))


def changes(booking) -> list[tuple]:
    return list(booking.changes.values_list("act", "author", "reason"))


def facts(booking) -> tuple:
    """What an act may change of a booking, as the database has it."""
    row = Booking.objects.get(pk=booking.pk)
    return row.state, row.sequence, row.space_id, Slot.of(row.period), row.answer_before


def nothing_written() -> bool:
    return (Booking.objects.count(), OutgoingMail.objects.count()) == (0, 0)


# ---- Book -----------------------------------------------------------------------------------
def test_book_space_confirms_at_once(site):
    desk, holder = SpaceFactory(telecentre=site, capacity=4), UserFactory()

    booking = book(site, [desk], holder=holder, people=3, note="Avec un écran")

    assert booking == Booking.objects.get()
    assert (booking.space, booking.territory, booking.holder) == (desk, site.territory, holder)
    assert (booking.people, booking.note) == (3, "Avec un écran")
    assert (booking.state, booking.origin) == (BookingState.CONFIRMED, BookingOrigin.SITE)
    assert (booking.answer_before, booking.sequence, booking.booked_at) == (None, 0, NOW)
    assert Slot.of(booking.period) == Slot.of(booking.occupied) == MORNING
    assert not booking.is_long
    [change] = booking.changes.all()
    assert (change.act, change.at, change.author) == (BookingAct.BOOKED, NOW, holder)
    assert (change.reason, change.former_space, change.former_period) == ("", None, None)
    subject = f"Cap Delta\N{NO-BREAK SPACE}: c’est réservé, {WORDS}"
    assert mails() == [(holder.email, "telecentres.reservation", subject)]


def test_book_space_at_the_counter_names_who_wrote_it(site):
    holder, manager = UserFactory(), UserFactory()
    desk = SpaceFactory(telecentre=site)

    booking = book(site, [desk], holder=holder, author=manager, origin=BookingOrigin.COUNTER)

    assert booking.origin == BookingOrigin.COUNTER
    assert changes(booking) == [(BookingAct.BOOKED, manager.pk, "")]
    assert [recipient for recipient, *_rest in mails()] == [holder.email]


def test_book_space_without_a_time_said_is_now(site):
    slot = march(1, "09:00", "12:00")
    past = Slot(slot.start - timedelta(days=9000), slot.end - timedelta(days=9000))

    with pytest.raises(errors.InThePast):
        book(site, [SpaceFactory(telecentre=site)], past, now=None)

    assert nothing_written()


@pytest.mark.parametrize(
    ("before", "answer_before"),
    [
        (timedelta(days=7), MORNING.start - timedelta(days=5)),
        (timedelta(days=2), MORNING.start),
        (timedelta(hours=3), MORNING.start),
    ],
)
def test_book_space_on_approval_asks_the_managers(site, before, answer_before):
    room = SpaceFactory(telecentre=site, needs_approval=True)
    holder = UserFactory()
    manager = TelecentreGrantFactory(telecentre=site).user

    booking = book(site, [room], holder=holder, now=MORNING.start.astimezone(UTC) - before)

    assert (booking.state, booking.answer_before) == (BookingState.REQUESTED, answer_before)
    assert changes(booking) == [(BookingAct.REQUESTED, holder.pk, "")]
    assert mails() == [
        (
            holder.email,
            "telecentres.demande",
            f"Cap Delta\N{NO-BREAK SPACE}: votre demande pour {WORDS}",
        ),
        (
            manager.email,
            "telecentres.demande-a-traiter",
            "Cap Delta\N{NO-BREAK SPACE}: une demande à accepter ou refuser",
        ),
    ]


def test_book_space_prefers_what_needs_no_approval(site):
    room = SpaceFactory(telecentre=site, needs_approval=True)
    desk = SpaceFactory(telecentre=site)
    TelecentreGrantFactory(telecentre=site)

    booking = book(site, [room, desk])

    assert (booking.space, booking.state) == (desk, BookingState.CONFIRMED)
    assert len(mails()) == 1


def test_book_space_asks_for_the_one_that_is_found_free(site):
    """What `find_free` answers can be had, be it on approval."""
    room = SpaceFactory(telecentre=site, needs_approval=True)
    desk = SpaceFactory(telecentre=site)
    hold(desk, MORNING)
    assert find_free(telecentre=site, spaces=[desk, room], slot=MORNING, people=1, now=NOW) == [
        room
    ]

    booking = book(site, [desk, room])

    assert (booking.space, booking.state) == (room, BookingState.REQUESTED)


def test_book_space_falls_to_the_next_free_one_in_the_order_given(site):
    first, second, third = SpaceFactory.create_batch(3, telecentre=site)
    order = [second, third, first]

    taken = [book(site, order).space for _time in range(3)]

    assert taken == order
    with pytest.raises(errors.SlotTaken):
        book(site, order)
    assert (Booking.objects.count(), len(mails())) == (3, 3)


def test_book_space_between_two_neighbours_that_touch_passes(site):
    desk = SpaceFactory(telecentre=site)
    hold(desk, march(1, "09:00", "10:00"))
    hold(desk, march(1, "11:00", "12:00"))

    booking = book(site, [desk], march(1, "10:00", "11:00"))

    assert Slot.of(booking.period) == march(1, "10:00", "11:00")


@pytest.mark.parametrize(
    ("first", "refused", "accepted"),
    [
        (("09:00", "10:00"), ("10:44", "11:30"), ("10:45", "11:30")),
        (("11:00", "12:00"), ("09:00", "10:16"), ("09:00", "10:15")),
    ],
    ids=["after", "before"],
)
def test_book_space_keeps_both_buffers_between_neighbours(site, first, refused, accepted):
    """Half an hour to tidy after one, a quarter to prepare before the next."""
    room = SpaceFactory(telecentre=site, buffer_before=15, buffer_after=30)
    book(site, [room], march(1, *first))

    with pytest.raises(errors.SlotTaken):
        book(site, [room], march(1, *refused))
    assert (Booking.objects.count(), len(mails())) == (1, 1)

    booking = book(site, [room], march(1, *accepted))
    wide = Slot(
        at(1, accepted[0]) - timedelta(minutes=15), at(1, accepted[1]) + timedelta(minutes=30)
    )
    assert Slot.of(booking.occupied) == wide


def test_book_space_takes_what_was_given_back(site):
    desk = SpaceFactory(telecentre=site)
    for state in (BookingState.CANCELLED, BookingState.REFUSED, BookingState.EXPIRED):
        hold(desk, MORNING, state=state)

    assert book(site, [desk]).space == desk


@pytest.mark.parametrize(
    "state", [BookingState.REQUESTED, BookingState.CONFIRMED, BookingState.BLOCKED]
)
def test_book_space_that_somebody_holds_is_refused(site, state):
    desk = SpaceFactory(telecentre=site)
    hold(desk, march(1, "11:00", "14:00"), state=state, answer_before=NOW)

    with pytest.raises(errors.SlotTaken):
        book(site, [desk])

    assert (Booking.objects.count(), len(mails())) == (1, 0)


def test_book_space_against_the_rules_writes_nothing(site):
    desk = SpaceFactory(telecentre=site)

    with pytest.raises(errors.TooManyPeople):
        book(site, [desk], people=2)

    assert nothing_written()


def test_book_space_for_nobody_is_a_mistake_of_the_caller(site):
    """Control: another rule of the database is never taken for a space that is taken."""
    with pytest.raises(IntegrityError):
        book(site, [SpaceFactory(telecentre=site)], people=0)


# ---- Close a space --------------------------------------------------------------------------
def test_block_space_holds_it_whatever_its_hours(site):
    desk, manager = SpaceFactory(telecentre=site, buffer_after=30), UserFactory()
    weekend = march(6, "00:00", "00:00", last=8)

    booking = block_space(space=desk, slot=weekend, author=manager, note="Travaux", now=NOW)

    assert (booking.state, booking.origin) == (BookingState.BLOCKED, BookingOrigin.COUNTER)
    assert (booking.holder, booking.territory, booking.note) == (None, site.territory, "Travaux")
    assert (Slot.of(booking.period), booking.booked_at) == (weekend, NOW)
    assert Slot.of(booking.occupied).end == weekend.end + timedelta(minutes=30)
    assert booking.is_long
    assert changes(booking) == [(BookingAct.BLOCKED, manager.pk, "")]
    assert mails() == []
    with pytest.raises(errors.SlotTaken):
        book(site, [desk], march(5, "17:00", "10:00", last=8))


def test_block_space_that_somebody_holds_is_refused(site):
    desk = SpaceFactory(telecentre=site)
    held = hold(desk, MORNING)

    with pytest.raises(errors.SlotTaken):
        block_space(space=desk, slot=march(1, "00:00", "23:00"), author=UserFactory())

    assert (list(Booking.objects.all()), changes(held), mails()) == ([held], [], [])


@pytest.mark.parametrize(
    ("slot", "refusal"),
    [
        (Slot(MORNING.end, MORNING.start), errors.EndsBeforeStart),
        (Slot(MORNING.start, MORNING.end + timedelta(days=93)), errors.TooLong),
    ],
)
def test_block_space_that_is_no_booking_is_refused(site, slot, refusal):
    with pytest.raises(refusal):
        block_space(space=SpaceFactory(telecentre=site), slot=slot, author=UserFactory(), now=NOW)

    assert nothing_written()


# ---- Give back ------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [BookingState.CONFIRMED, BookingState.REQUESTED])
def test_cancel_booking_gives_the_space_back(site, state):
    desk, manager = SpaceFactory(telecentre=site), UserFactory()
    held = hold(desk, MORNING, state=state, answer_before=NOW)

    booking = cancel_booking(booking=held, author=manager, reason="Fuite d’eau", now=NOW)

    assert facts(booking) == (BookingState.CANCELLED, 1, desk.pk, MORNING, NOW)
    assert (booking.state, booking.holds) == (BookingState.CANCELLED, False)
    assert changes(booking) == [(BookingAct.CANCELLED, manager.pk, "Fuite d’eau")]
    subject = f"Cap Delta\N{NO-BREAK SPACE}: réservation annulée, {WORDS}"
    assert mails() == [(held.holder.email, "telecentres.reservation-annulee", subject)]
    assert OutgoingMail.objects.get().variables["mot"] == "Fuite d’eau"
    assert book(site, [desk]).space == desk


def test_cancel_booking_is_dated_when_it_is_done(site):
    held = hold(SpaceFactory(telecentre=site), MORNING)

    [change] = cancel_booking(booking=held, author=None, now=NOW).changes.all()

    assert (change.at, change.author) == (NOW, None)


def test_cancel_booking_of_a_closed_space_opens_it_and_writes_to_nobody(site):
    manager = UserFactory()
    closed = block_space(space=SpaceFactory(telecentre=site), slot=MORNING, author=manager, now=NOW)

    cancel_booking(booking=closed, author=manager, now=NOW)

    assert facts(closed)[:2] == (BookingState.CANCELLED, 1)
    assert [act for act, *_rest in changes(closed)] == [BookingAct.BLOCKED, BookingAct.CANCELLED]
    assert mails() == []


def test_cancel_booking_again_is_refused(site):
    held = hold(SpaceFactory(telecentre=site), MORNING)
    cancel_booking(booking=held, author=held.holder, now=NOW)
    before = facts(held), changes(held), mails()

    with pytest.raises(errors.NoLongerPossible):
        cancel_booking(booking=held, author=held.holder, now=NOW)

    assert (facts(held), changes(held), mails()) == before


def test_cancel_booking_is_possible_until_its_end_and_refused_then(site):
    held = hold(SpaceFactory(telecentre=site), MORNING)
    before = facts(held)

    with pytest.raises(errors.NoLongerPossible):
        cancel_booking(booking=held, author=held.holder, now=MORNING.end)
    assert (facts(held), changes(held), mails()) == (before, [], [])

    cancel_booking(booking=held, author=None, now=MORNING.end - timedelta(seconds=1))
    assert facts(held)[0] == BookingState.CANCELLED


def test_cancel_booking_without_a_time_said_is_now(site):
    past = Slot(MORNING.start - timedelta(days=9000), MORNING.end - timedelta(days=9000))
    held = hold(SpaceFactory(telecentre=site), past)

    with pytest.raises(errors.NoLongerPossible):
        cancel_booking(booking=held, author=None)

    assert (facts(held)[0], mails()) == (BookingState.CONFIRMED, [])
