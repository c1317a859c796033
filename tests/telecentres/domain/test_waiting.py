from datetime import UTC, time, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from courrier.models import OutgoingMail
from telecentres.domain import errors
from telecentres.domain.answers import accept_offer, answer_request, cancel_booking, expire_requests
from telecentres.domain.booking import block_space
from telecentres.domain.calendar import Slot
from telecentres.domain.moving import move_booking
from telecentres.domain.waiting import join_line, leave_line, serve_lines
from telecentres.enums import BookingAct, BookingOrigin, BookingState, SpaceKind, WaitState
from telecentres.models import Booking, OpeningHours, Space, Telecentre, Wait
from tests.factories import SpaceFactory, TelecentreFactory, UserFactory, WaitFactory
from tests.telecentres.march import NOW, at, hold, march

MORNING, AFTERNOON, DAY = (
    march(1, "09:00", "12:00"),
    march(1, "14:00", "17:00"),
    march(1, "09:00", "17:00"),
)
TOMORROW = NOW + timedelta(hours=24)
OFFER = "telecentres.place-proposee"


def waiting(site, slot=MORNING, **values) -> Wait:
    period = DateTimeTZRange(slot.start, slot.end)
    return WaitFactory(telecentre=site, period=period, **values)


def states(*waits: Wait) -> list[str]:
    return [Wait.objects.get(pk=wait.pk).state for wait in waits]


def offer_to(wait: Wait) -> Booking | None:
    return Wait.objects.select_related("booking__space").get(pk=wait.pk).booking


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", "message"))


def give_back(booking: Booking, now=NOW) -> None:
    cancel_booking(booking=booking, author=booking.holder, now=now)


@pytest.fixture
def desk(site) -> Space:
    return SpaceFactory(telecentre=site, name="Poste bleu")


@pytest.fixture
def held(desk) -> Booking:
    return hold(desk, MORNING)


# ---- Join and leave -------------------------------------------------------------------------
def join(site, slot=MORNING, **values) -> Wait:
    values = {"kind": SpaceKind.DESK, "now": NOW, **values}
    values.setdefault("holder", UserFactory())
    return join_line(telecentre=site, slot=slot, **values)


def test_join_line_of_a_full_slot(site, held):
    holder = UserFactory()

    wait = join(site, holder=holder)

    assert wait == Wait.objects.get()
    assert (wait.territory, wait.telecentre, wait.kind) == (site.territory, site, SpaceKind.DESK)
    assert (wait.holder, wait.people, wait.asked_at) == (holder, 1, NOW)
    assert (Slot.of(wait.period), wait.state, wait.booking) == (MORNING, WaitState.WAITING, None)
    assert mails() == []


def test_join_line_of_a_slot_that_is_free_is_refused(site, held):
    with pytest.raises(errors.StillFree):
        join(site, AFTERNOON)

    assert not Wait.objects.exists()


@pytest.mark.parametrize("state", WaitState.open())
def test_join_line_twice_for_one_slot_is_refused(site, held, state):
    booking = held if state == WaitState.OFFERED else None
    wait = waiting(site, state=state, booking=booking)

    with pytest.raises(errors.AlreadyWaiting):
        join(site, holder=wait.holder)

    assert list(Wait.objects.all()) == [wait]


def test_join_line_again_for_another_slot_or_after_leaving_passes(site, held):
    hold(held.space, AFTERNOON)
    first = join(site)
    join(site, AFTERNOON, holder=first.holder)
    leave_line(wait=first)

    join(site, holder=first.holder)

    assert Wait.objects.open().filter(holder=first.holder).count() == 2


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"people": 2}, errors.TooManyPeople),
        ({"kind": SpaceKind.WORKSHOP}, errors.NotBookable),
        ({"slot": march(6, "09:00", "12:00")}, errors.OutsideHours),
        ({"now": MORNING.start + timedelta(seconds=1)}, errors.InThePast),
        ({"now": MORNING.start - timedelta(minutes=89)}, errors.TooLateToWait),
    ],
)
def test_join_line_against_the_rules_is_refused(site, held, values, refusal):
    with pytest.raises(refusal):
        join(site, **values)

    assert not Wait.objects.exists()


def test_join_line_is_possible_until_nobody_could_answer(site, held):
    join(site, now=MORNING.start - timedelta(minutes=90))

    assert Wait.objects.count() == 1


def test_join_line_without_a_time_said_is_now(site, held):
    past = Slot(MORNING.start - timedelta(days=9000), MORNING.end - timedelta(days=9000))

    with pytest.raises(errors.InThePast):
        join(site, past, now=None)


def test_leave_line_takes_them_out_once(site, held):
    wait = join(site)

    leave_line(wait=wait)

    assert states(wait) == [WaitState.LEFT]
    with pytest.raises(errors.NoLongerPossible):
        leave_line(wait=wait)
    give_back(held)
    assert Booking.objects.filter(state=BookingState.OFFERED).count() == 0


def test_leave_line_once_a_place_is_offered_is_refused(site, held):
    wait = join(site)
    give_back(held)

    with pytest.raises(errors.NoLongerPossible):
        leave_line(wait=wait)

    assert states(wait) == [WaitState.OFFERED]


# ---- Every way by which a space comes free --------------------------------------------------
def cancelled(desk: Space) -> None:
    give_back(hold(desk, MORNING))


def reopened(desk: Space) -> None:
    manager = UserFactory()
    closed = block_space(space=desk, slot=MORNING, author=manager, now=NOW)
    cancel_booking(booking=closed, author=manager, now=NOW)


def refused(desk: Space) -> None:
    asked = hold(desk, MORNING, state=BookingState.REQUESTED, answer_before=TOMORROW)
    answer_request(booking=asked, is_accepted=False, author=UserFactory(), now=NOW)


def expired(desk: Space) -> None:
    hold(desk, MORNING, state=BookingState.REQUESTED, answer_before=NOW)
    expire_requests(now=NOW)


def moved(desk: Space) -> None:
    held = hold(desk, MORNING)
    move_booking(booking=held, spaces=[desk], slot=AFTERNOON, author=held.holder, now=NOW)


def moved_next_door(desk: Space) -> None:
    held, room = hold(desk, MORNING), SpaceFactory(telecentre=desk.telecentre, kind="office")
    move_booking(booking=held, spaces=[room], slot=AFTERNOON, author=UserFactory(), now=NOW)


@pytest.mark.parametrize("way", [cancelled, reopened, refused, expired, moved, moved_next_door])
def test_what_comes_free_is_offered_to_the_first_in_line(site, desk, way):
    first, second = waiting(site, people=1), waiting(site)

    way(desk)

    assert states(first, second) == [WaitState.OFFERED, WaitState.WAITING]
    offer = offer_to(first)
    assert (offer.state, offer.space, Slot.of(offer.period)) == (
        BookingState.OFFERED,
        desk,
        MORNING,
    )
    assert (offer.holder, offer.people, offer.answer_before) == (first.holder, 1, TOMORROW)
    assert (offer.origin, offer.note, offer.booked_at) == (BookingOrigin.SITE, "", NOW)
    assert list(offer.changes.values_list("act", "at", "author")) == [
        (BookingAct.OFFERED, NOW, None)
    ]
    assert mails()[-1] == (first.holder.email, OFFER)
    assert OutgoingMail.objects.get(message=OFFER).calendar == ""


def test_request_that_is_accepted_is_offered_to_nobody(site, desk):
    wait = waiting(site)
    asked = hold(desk, MORNING, state=BookingState.REQUESTED, answer_before=TOMORROW)

    answer_request(booking=asked, is_accepted=True, author=UserFactory(), now=NOW)

    assert states(wait) == [WaitState.WAITING]


def test_move_within_the_same_time_is_offered_to_nobody(site, held):
    wait = waiting(site)

    move_booking(
        booking=held,
        spaces=[held.space],
        slot=march(1, "10:00", "12:30"),
        author=held.holder,
        now=NOW,
    )

    assert states(wait) == [WaitState.WAITING]


# ---- Whom it fits ---------------------------------------------------------------------------
def test_offer_goes_to_the_next_when_it_does_not_fit_the_first(site, held):
    hold(held.space, AFTERNOON)
    longer, several = waiting(site, DAY), waiting(site, people=2)
    fits, after = waiting(site, march(1, "10:00", "11:00")), waiting(site)

    give_back(held)

    assert states(longer, several, fits, after) == [
        WaitState.WAITING,
        WaitState.WAITING,
        WaitState.OFFERED,
        WaitState.WAITING,
    ]


def test_one_space_given_back_serves_several_whom_it_fits(site, desk):
    whole = hold(desk, DAY)
    early, same, late = waiting(site), waiting(site), waiting(site, AFTERNOON)

    give_back(whole)

    assert states(early, same, late) == [WaitState.OFFERED, WaitState.WAITING, WaitState.OFFERED]


def test_offer_is_longer_than_what_came_free_where_its_neighbour_is_free_too(site, held):
    wait = waiting(site, DAY)

    give_back(held)

    assert Slot.of(offer_to(wait).period) == DAY


def test_offer_of_a_space_with_a_buffer_counts_it(site, desk):
    Space.objects.update(buffer_before=60)
    hold(desk, march(1, "14:00", "15:00"))
    noon = waiting(site, march(1, "15:30", "16:30"))
    blocking = hold(desk, march(1, "16:00", "17:00"), holder=UserFactory())

    give_back(blocking)
    assert states(noon) == [WaitState.WAITING]

    give_back(Booking.objects.get(period__startswith=at(1, "14:00")))
    assert states(noon) == [WaitState.OFFERED]


def test_lines_of_another_kind_or_place_or_time_are_left_alone(site, held):
    others = [
        waiting(site, kind=SpaceKind.OFFICE),
        waiting(TelecentreFactory(territory=site.territory, takes_bookings=True)),
        waiting(site, march(8, "09:00", "12:00")),
    ]

    give_back(held)

    assert states(*others) == [WaitState.WAITING] * 3


def test_offer_prefers_what_needs_no_approval(site, held):
    room = SpaceFactory(telecentre=site, name="Poste beige", needs_approval=True)
    hold(room, MORNING, state=BookingState.CANCELLED)
    wait = waiting(site)

    give_back(held)

    assert offer_to(wait).space == held.space


# ---- The rules, when the offer is made ------------------------------------------------------
@pytest.mark.parametrize(
    "forbid",
    [
        lambda: Telecentre.objects.update(takes_bookings=False),
        lambda: Telecentre.objects.update(state="closed"),
        lambda: OpeningHours.objects.update(opens_at=time(10)),
        lambda: Space.objects.update(units=[]),
        lambda: Space.objects.update(horizon=6),
        lambda: Space.objects.update(notice=8 * 24 * 60),
        lambda: Wait.objects.get().holder.__class__.objects.update(is_active=False),
    ],
    ids=["not bookable", "closed", "hours", "no unit", "too early", "too late", "account closed"],
)
def test_offer_that_would_be_refused_is_not_made(site, held, forbid):
    wait = waiting(site)
    forbid()

    give_back(held)

    assert states(wait) == [WaitState.WAITING]
    assert Booking.objects.filter(state=BookingState.OFFERED).count() == 0


@pytest.mark.parametrize(
    ("ahead", "notice", "left"),
    [
        (timedelta(hours=25), 0, timedelta(hours=24)),
        (timedelta(hours=24), 0, timedelta(hours=23)),
        (timedelta(minutes=90), 0, timedelta(minutes=30)),
        (timedelta(hours=10), 120, timedelta(hours=8)),
        (timedelta(minutes=89), 0, None),
        (timedelta(minutes=149), 120, None),
    ],
)
def test_offer_is_answered_within_a_day_and_in_time(site, held, ahead, notice, left):
    now = MORNING.start.astimezone(UTC) - ahead
    wait = waiting(site)
    Space.objects.update(notice=notice)

    give_back(held, now)

    assert [offer_to(wait) and offer_to(wait).answer_before] == [left and now + left]


def test_what_has_begun_is_out_of_the_line_by_itself(site, held):
    wait = waiting(site)

    give_back(held, MORNING.start)

    assert states(wait) == [WaitState.WAITING]
    assert list(Wait.objects.in_line(MORNING.start)) == []
    assert list(Wait.objects.in_line(MORNING.start - timedelta(seconds=1))) == [wait]


# ---- The answer -----------------------------------------------------------------------------
@pytest.fixture
def offer(site, held) -> Booking:
    wait = waiting(site)
    give_back(held)
    OutgoingMail.objects.all().delete()
    booking = offer_to(wait)
    assert booking is not None
    return booking


def test_accept_offer_books_it(offer):
    booking = accept_offer(booking=offer, now=TOMORROW - timedelta(seconds=1))

    row = Booking.objects.get(pk=offer.pk)
    assert (row.state, row.sequence, row.answer_before) == (BookingState.CONFIRMED, 1, None)
    assert booking.state == BookingState.CONFIRMED
    assert list(row.changes.values_list("act", "author")) == [
        (BookingAct.OFFERED, None),
        (BookingAct.BOOKED, offer.holder.pk),
    ]
    assert states(offer.wait) == [WaitState.TAKEN]
    [mail] = OutgoingMail.objects.all()
    assert (mail.recipient, mail.message) == (offer.holder.email, "telecentres.reservation")
    assert "STATUS:CONFIRMED" in mail.calendar


def test_accept_offer_of_a_space_on_approval_asks_for_it(offer):
    Space.objects.update(needs_approval=True)

    booking = accept_offer(booking=offer, now=NOW)

    assert (booking.state, booking.answer_before) == (
        BookingState.REQUESTED,
        NOW + timedelta(days=2),
    )
    assert states(offer.wait) == [WaitState.TAKEN]
    assert mails() == [(offer.holder.email, "telecentres.demande")]


def test_accept_offer_at_the_second_when_it_ends_is_refused(offer):
    with pytest.raises(errors.NoLongerPossible):
        accept_offer(booking=offer, now=TOMORROW)

    assert Booking.objects.get(pk=offer.pk).state == BookingState.OFFERED
    assert (states(offer.wait), mails()) == ([WaitState.OFFERED], [])


def test_accept_offer_twice_is_refused(offer):
    accept_offer(booking=offer, now=NOW)

    with pytest.raises(errors.NoLongerPossible):
        accept_offer(booking=offer, now=NOW)

    assert len(mails()) == 1


def test_accept_offer_of_a_request_is_refused(desk):
    """Nobody accepts their own request by that way."""
    asked = hold(desk, MORNING, state=BookingState.REQUESTED, answer_before=TOMORROW)

    with pytest.raises(errors.NoLongerPossible):
        accept_offer(booking=asked, now=NOW)

    assert Booking.objects.get().state == BookingState.REQUESTED


def test_accept_offer_without_a_time_said_is_now(offer):
    Booking.objects.filter(pk=offer.pk).update(answer_before=NOW - timedelta(days=9000))

    with pytest.raises(errors.NoLongerPossible):
        accept_offer(booking=offer)


def test_offer_declined_goes_to_the_next_and_writes_to_whoever_declines_nothing(site, offer):
    second = waiting(site)

    cancel_booking(booking=offer, author=offer.holder, now=NOW)

    row = Booking.objects.get(pk=offer.pk)
    assert (row.state, row.changes.last().act) == (BookingState.CANCELLED, BookingAct.DECLINED)
    assert states(offer.wait, second) == [WaitState.LEFT, WaitState.OFFERED]
    assert mails() == [(second.holder.email, OFFER)]


def test_offer_withdrawn_by_the_manager_is_told(site, offer):
    manager = UserFactory()

    cancel_booking(booking=offer, author=manager, reason="Travaux", now=NOW)

    assert Booking.objects.get(pk=offer.pk).state == BookingState.EXPIRED
    change = offer.changes.last()
    assert (change.act, change.author, change.reason) == (BookingAct.LAPSED, manager, "Travaux")
    assert states(offer.wait) == [WaitState.LAPSED]
    [mail] = OutgoingMail.objects.all()
    assert (mail.message, mail.variables["mot"]) == ("telecentres.place-reprise", "Travaux")
    assert mail.calendar == ""


def test_offer_left_without_an_answer_goes_to_the_next(site, offer):
    second = waiting(site)
    assert expire_requests(now=TOMORROW - timedelta(seconds=1)) == []

    assert expire_requests(now=TOMORROW) == [offer]

    row = Booking.objects.get(pk=offer.pk)
    assert (row.state, row.changes.last().act) == (BookingState.EXPIRED, BookingAct.LAPSED)
    assert states(offer.wait, second) == [WaitState.LAPSED, WaitState.OFFERED]
    assert offer_to(second).answer_before == TOMORROW + timedelta(hours=24)
    assert mails() == [
        (offer.holder.email, "telecentres.place-reprise"),
        (second.holder.email, OFFER),
    ]


def test_offer_keeps_everyone_else_out(site, offer):
    with pytest.raises(errors.SlotTaken):
        block_space(space=offer.space, slot=MORNING, author=UserFactory(), now=NOW)


def test_offer_is_not_moved(offer):
    """It is taken first: a move would spend a place that nobody accepted."""
    with pytest.raises(errors.NoLongerPossible):
        move_booking(
            booking=offer, spaces=[offer.space], slot=AFTERNOON, author=offer.holder, now=NOW
        )


# ---- What came free by another way ----------------------------------------------------------
def test_serve_lines_offers_what_nobody_gave_back(site, held):
    first, second = waiting(site), waiting(site)
    room = waiting(site, kind=SpaceKind.MEETING_ROOM)
    assert serve_lines(now=NOW) == []

    SpaceFactory(telecentre=site)
    SpaceFactory(telecentre=site, kind=SpaceKind.MEETING_ROOM)

    assert serve_lines(now=NOW) == [offer_to(first), offer_to(room)]
    assert states(first, second, room) == [
        WaitState.OFFERED,
        WaitState.WAITING,
        WaitState.OFFERED,
    ]
    assert serve_lines(now=NOW) == []


def test_serve_lines_without_a_time_said_is_now(site, desk):
    past = Slot(MORNING.start - timedelta(days=9000), MORNING.end - timedelta(days=9000))
    waiting(site, past)

    assert serve_lines() == []


@pytest.mark.parametrize("number", [1, 3])
def test_line_that_nothing_fits_costs_the_same_for_one_and_three(
    site, held, django_assert_num_queries, number
):
    for _each in range(number):
        waiting(site)

    with django_assert_num_queries(8):
        assert serve_lines(now=NOW) == []
