from datetime import UTC, date, timedelta
from decimal import Decimal

import pytest

from courrier.models import OutgoingMail
from telecentres.domain import errors
from telecentres.domain.answers import cancel_booking
from telecentres.domain.calendar import PARIS, Slot
from telecentres.domain.moving import move_booking
from telecentres.domain.prices import Line
from telecentres.domain.series import (
    MOST_AT_ONCE,
    Asked,
    book_series,
    cancel_following,
    every_week,
    look_ahead,
)
from telecentres.enums import BookingState, BookingUnit, LineKind
from telecentres.models import Booking, BookingLine
from tests.factories import (
    ExceptionalHoursFactory,
    FreeAllowanceFactory,
    PackFactory,
    RightsGroupFactory,
    RightsMemberFactory,
    SpaceFactory,
    TariffFactory,
    UserFactory,
)
from tests.telecentres.march import NOW, hold, march

MORNING = march(1, "09:00", "12:00")
MONDAYS = [date(2027, 3, day) for day in (1, 8, 15, 22, 29)]
# Of the plan, for whom the spaces are kept and what may be used to pay.
LOOK_QUERIES = 7


@pytest.fixture
def desks(site):
    return SpaceFactory.create_batch(3, telecentre=site)


@pytest.fixture
def camille(db):
    return UserFactory(email="camille@exemple.fr")


def asked(site, desks, holder, **values) -> Asked:
    return Asked(site, desks, holder, **values)


def mornings(weeks: int) -> list[Slot]:
    return every_week(MORNING, MONDAYS[0] + timedelta(weeks=weeks - 1))


def days(dates) -> list[date]:
    return [each.day for each in dates]


def refusals(dates) -> list[str]:
    return [type(each.refusal).__name__ for each in dates]


def totals(dates) -> list[Decimal]:
    return [each.quote.total for each in dates]


def facts() -> list[tuple[int, date, str]]:
    """The space, the day and the state of each booking, in the order of the days."""
    rows = Booking.objects.order_by("period", "pk")
    return [
        (row.space_id, row.period.lower.astimezone(PARIS).date(), str(row.state)) for row in rows
    ]


# ---- Every week ---------------------------------------------------------------------------------
def test_every_week_keeps_the_hours_of_the_clock_when_summer_comes():
    slots = every_week(march(22, "09:00", "12:00"), date(2027, 4, 6))

    assert [slot.start.astimezone(UTC).hour for slot in slots] == [8, 7, 7]
    assert [slot.start.astimezone(PARIS).strftime("%d/%m %H:%M") for slot in slots] == [
        "22/03 09:00",
        "29/03 09:00",
        "05/04 09:00",
    ]
    assert {slot.length for slot in slots} == {timedelta(hours=3)}


@pytest.mark.parametrize(
    ("until", "number"),
    [(date(2027, 2, 1), 1), (date(2027, 3, 1), 1), (date(2027, 3, 14), 2), (date(2027, 3, 15), 3)],
)
def test_every_week_ends_with_the_last_day_that_it_reaches(until, number):
    assert len(every_week(MORNING, until)) == number


def test_every_week_keeps_slots_of_several_days():
    slots = every_week(march(5, "09:00", "18:00", last=8), date(2027, 3, 12))

    assert slots[1] == march(12, "09:00", "18:00", last=15)


def test_every_week_over_hours_that_the_clocks_jump_begins_when_they_jump():
    slots = every_week(march(21, "02:30", "05:00"), date(2027, 3, 28))

    assert slots[1].start.astimezone(PARIS).strftime("%H:%M") == "03:00"


# ---- Before -------------------------------------------------------------------------------------
def test_look_ahead_says_what_stands_in_the_way_of_each_date(site, desks, camille):
    ExceptionalHoursFactory(telecentre=site, day=MONDAYS[2], opens_at=None, closes_at=None)
    hold(desks[0], march(8, "11:00", "14:00"))

    dates = look_ahead(asked=asked(site, desks[:1], camille), slots=mornings(14), now=NOW)

    assert refusals(dates) == [
        "NoneType",
        "SlotTaken",
        "OutsideHours",
        "NoneType",
        "OutsideHours",
        *["NoneType"] * 6,
        "OutsideHours",
        "TooEarly",
        "TooEarly",
    ]
    assert days(dates)[:5] == MONDAYS
    assert dates[4].refusal.why == "Lundi de Pâques"
    assert not Booking.objects.exclude(space=desks[0], holder__isnull=False).exists()


def test_look_ahead_of_spaces_kept_for_others_follows_their_days(site, desks, camille):
    group = RightsGroupFactory(territory=site.territory, name="Nouveaux arrivants")
    desks[0].audience.add(group)
    RightsMemberFactory(group=group, user=camille, ends_on=MONDAYS[0])

    dates = look_ahead(asked=asked(site, desks[:1], camille), slots=mornings(2), now=NOW)

    assert refusals(dates) == ["NoneType", "NotForYou"]
    assert dates[1].refusal.groups == ("Nouveaux arrivants",)


def test_look_ahead_for_several_says_how_many_are_left(site, desks, camille):
    hold(desks[0], march(8, "09:00", "12:00"))
    for desk in desks:
        hold(desk, march(15, "09:00", "12:00"))

    dates = look_ahead(asked=asked(site, desks, camille, count=3), slots=mornings(3), now=NOW)

    assert refusals(dates) == ["NoneType", "NotEnough", "SlotTaken"]
    assert dates[1].refusal.free == 2


def test_look_ahead_uses_up_what_is_offered_and_paid_ahead(site, desks, camille):
    TariffFactory(telecentre=site, price=8)
    FreeAllowanceFactory(telecentre=site, half_days=2)
    pack = PackFactory(telecentre=site, holder=camille, half_days=1, expires_on=MONDAYS[3])
    PackFactory(telecentre=site, holder=camille, half_days=1, expires_on=MONDAYS[0])
    wanted = asked(site, desks, camille)

    dates = look_ahead(asked=wanted, slots=mornings(7)[:4] + mornings(7)[5:], now=NOW)

    assert totals(dates) == [0, 0, 0, 8, 0, 0]
    assert dates[2].quote.lines == (
        Line(LineKind.PACK, BookingUnit.HALF_DAY, 1, Decimal(0), pack.pk),
    )
    chosen = {MONDAYS[1]: None, MONDAYS[2]: None, MONDAYS[3]: None}
    left = look_ahead(asked=wanted, slots=mornings(4), chosen=chosen, now=NOW)
    # What is not chosen uses nothing, and is priced as if it came next.
    assert totals(left) == [0, 0, 0, 0]
    assert [line.kind for each in left for line in each.quote.lines] == [
        LineKind.FREE,
        LineKind.FREE,
        LineKind.FREE,
        LineKind.PACK,
    ]


def test_look_ahead_adds_up_the_price_of_several_spaces(site, desks, camille):
    TariffFactory(telecentre=site, price=8)
    FreeAllowanceFactory(telecentre=site, half_days=1)

    [date_] = look_ahead(asked=asked(site, desks, camille, count=3), slots=[MORNING], now=NOW)

    assert date_.quote.lines == (
        Line(LineKind.FREE, BookingUnit.HALF_DAY, 1),
        Line(LineKind.PRICE, BookingUnit.HALF_DAY, 2, Decimal(8)),
    )
    assert date_.quote.total == 16


def test_look_ahead_never_lets_a_series_stand_in_its_own_way_unseen(site, desks, camille):
    desks[0].buffer_after = 60
    desks[0].save()
    slots = [march(1, "09:00", "10:00"), march(1, "10:30", "11:30")]

    dates = look_ahead(asked=asked(site, desks[:1], camille), slots=slots, now=NOW)

    assert refusals(dates) == ["NoneType", "SlotTaken"]


def test_look_ahead_without_prices_tells_none(site, desks, camille):
    [date_] = look_ahead(asked=asked(site, desks, camille), slots=[MORNING], now=NOW)

    assert (date_.refusal, date_.quote) == (None, None)


@pytest.mark.parametrize("number", [1, 3])
def test_look_ahead_costs_the_same_for_one_date_and_three(
    site, desks, camille, django_assert_num_queries, number
):
    TariffFactory(telecentre=site)
    FreeAllowanceFactory(telecentre=site)

    with django_assert_num_queries(LOOK_QUERIES):
        look_ahead(asked=asked(site, desks, camille), slots=mornings(number), now=NOW)


def test_look_ahead_finds_what_is_booked(site, desks, camille):
    """Whatever is said to be free is booked, at that price; the rest is refused for that reason."""
    TariffFactory(telecentre=site, price=8)
    FreeAllowanceFactory(telecentre=site, half_days=3)
    PackFactory(telecentre=site, holder=camille, half_days=2)
    hold(desks[1], march(8, "09:00", "12:00"))
    desks[0].needs_approval = True
    desks[0].save()
    wanted, slots = asked(site, desks, camille, count=2), mornings(14)

    dates = look_ahead(asked=wanted, slots=slots, now=NOW)
    outcome = book_series(
        asked=wanted,
        slots=slots,
        agreed={each.day: each.quote.total for each in dates if each.quote},
        now=NOW,
    )

    free = [each for each in dates if not each.refusal]
    assert {Slot.of(booking.period) for booking in outcome.bookings} == {each.slot for each in free}
    assert sum(booking.price for booking in outcome.bookings) == sum(totals(free))
    assert [(slot, type(why)) for slot, why in outcome.lost] == [
        (each.slot, type(each.refusal)) for each in dates if each.refusal
    ]


# ---- The act ------------------------------------------------------------------------------------
def test_book_series_books_every_date_under_one_series_with_one_mail(site, desks, camille):
    outcome = book_series(
        asked=asked(site, desks, camille, people=1), slots=mornings(3), note="Réunion", now=NOW
    )

    assert facts() == [(desks[0].pk, day, "confirmed") for day in MONDAYS[:3]]
    assert outcome.lost == ()
    rows = list(Booking.objects.order_by("period"))
    assert list(outcome.bookings) == rows
    assert len({row.series for row in rows} - {None}) == 1
    assert {(row.holder, row.note, row.people) for row in rows} == {(camille, "Réunion", 1)}
    assert [row.changes.get().author for row in rows] == [camille] * 3
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message) == (camille.email, "telecentres.serie")


def test_book_series_tells_the_dates_that_it_could_not_book(site, desks, camille):
    hold(desks[0], march(8, "09:00", "12:00"))

    outcome = book_series(asked=asked(site, desks[:1], camille), slots=mornings(5), now=NOW)

    assert [Slot.of(booking.period) for booking in outcome.bookings] == [
        mornings(5)[rank] for rank in (0, 2, 3)
    ]
    assert [(slot, type(why).__name__) for slot, why in outcome.lost] == [
        (mornings(5)[1], "SlotTaken"),
        (mornings(5)[4], "OutsideHours"),
    ]


def test_book_series_of_which_nothing_is_left_writes_nothing(site, desks, camille):
    hold(desks[0], MORNING)

    outcome = book_series(asked=asked(site, desks[:1], camille), slots=[MORNING], now=NOW)

    assert (outcome.bookings, len(outcome.lost)) == ((), 1)
    assert (Booking.objects.count(), OutgoingMail.objects.count()) == (1, 0)


def test_book_series_takes_several_spaces_or_none(site, desks, camille):
    hold(desks[1], march(8, "09:00", "12:00"))

    outcome = book_series(asked=asked(site, desks, camille, count=3), slots=mornings(2), now=NOW)

    assert [booking.space for booking in outcome.bookings] == desks
    [(slot, why)] = outcome.lost
    assert (slot, type(why), why.free) == (mornings(2)[1], errors.NotEnough, 2)
    assert Booking.objects.exclude(series=None).count() == 3


def test_book_series_of_a_single_booking_is_no_series(site, desks, camille):
    outcome = book_series(asked=asked(site, desks, camille), slots=[MORNING], now=NOW)

    assert outcome.bookings[0].series is None


def test_book_series_at_another_price_than_shown_writes_nothing(site, desks, camille):
    TariffFactory(telecentre=site, price=8)
    agreed = {MONDAYS[0]: Decimal(16), MONDAYS[1]: Decimal(15)}

    with pytest.raises(errors.PriceChanged):
        book_series(
            asked=asked(site, desks, camille, count=2), slots=mornings(2), agreed=agreed, now=NOW
        )

    assert not Booking.objects.exists()
    assert not BookingLine.objects.exists()


def test_book_series_at_a_price_where_none_is_known_any_more_writes_nothing(site, desks, camille):
    with pytest.raises(errors.PriceChanged):
        book_series(
            asked=asked(site, desks, camille),
            slots=[MORNING],
            agreed={MONDAYS[0]: Decimal(8)},
            now=NOW,
        )

    assert not Booking.objects.exists()


def test_book_series_of_too_many_is_refused(site, desks, camille):
    with pytest.raises(errors.TooManyAtOnce) as refused:
        book_series(asked=asked(site, desks, camille, count=2), slots=mornings(31), now=NOW)

    assert refused.value.most == MOST_AT_ONCE == 60
    assert not Booking.objects.exists()


def test_book_series_without_a_time_said_is_now(site, desks, camille):
    past = Slot(MORNING.start - timedelta(days=9000), MORNING.end - timedelta(days=9000))

    outcome = book_series(asked=asked(site, desks, camille), slots=[past])

    assert [type(why) for _slot, why in outcome.lost] == [errors.InThePast]
    [date_] = look_ahead(asked=asked(site, desks, camille), slots=[past])
    assert type(date_.refusal) is errors.InThePast


# ---- Afterwards ---------------------------------------------------------------------------------
@pytest.fixture
def series(site, desks, camille) -> list[Booking]:
    """Four Mondays of two desks."""
    wanted = asked(site, desks, camille, count=2)
    bookings = book_series(asked=wanted, slots=mornings(4), now=NOW).bookings
    OutgoingMail.objects.all().delete()
    return list(bookings)


def test_cancel_following_gives_back_that_date_and_the_next_ones_with_one_mail(series, camille):
    cancelled, kept = cancel_following(booking=series[4], holder=camille, now=NOW)

    assert (cancelled, kept) == (series[4:], [])
    assert [state for _space, _day, state in facts()] == ["confirmed"] * 4 + ["cancelled"] * 4
    assert [change.act for change in cancelled[0].changes.all()] == ["booked", "cancelled"]
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message) == (camille.email, "telecentres.serie-annulee")


def test_cancel_following_names_what_is_over_and_stays(series, camille):
    after = march(8, "12:00", "12:30").start

    cancelled, kept = cancel_following(booking=series[2], holder=camille, now=after)

    assert (cancelled, kept) == (series[4:], series[2:4])
    assert Booking.objects.get(pk=series[2].pk).state == BookingState.CONFIRMED


def test_cancel_following_of_what_is_all_over_is_refused(series, camille):
    after = march(22, "12:00", "12:30").start

    with pytest.raises(errors.NoLongerPossible):
        cancel_following(booking=series[6], holder=camille, now=after)

    assert {state for _space, _day, state in facts()} == {"confirmed"}
    assert not OutgoingMail.objects.exists()


def test_cancel_following_leaves_other_bookings_alone(site, desks, series, camille):
    alone = hold(desks[2], march(9, "09:00", "12:00"), holder=camille)
    other = hold(desks[2], march(10, "09:00", "12:00"), series=series[0].series)
    cancel_booking(booking=series[7], author=camille, now=NOW)

    cancelled, _kept = cancel_following(booking=series[0], holder=camille, now=NOW)

    assert cancelled == series[:7]
    for booking in (alone, other):
        booking.refresh_from_db()
        assert booking.state == BookingState.CONFIRMED


def test_cancel_following_of_a_booking_made_alone_is_that_one(desks, camille):
    alone = hold(desks[0], MORNING, holder=camille)
    hold(desks[0], march(8, "09:00", "12:00"), holder=camille)

    cancelled, kept = cancel_following(booking=alone, holder=camille, now=NOW)

    assert (cancelled, kept) == ([alone], [])


def test_cancel_following_without_a_time_said_is_now(desks, camille):
    hold(desks[0], Slot(MORNING.start - timedelta(days=9000), MORNING.end - timedelta(days=9000)))
    past = Booking.objects.get()
    Booking.objects.update(holder=camille)

    with pytest.raises(errors.NoLongerPossible):
        cancel_following(booking=past, holder=camille)


def test_date_that_moves_stays_in_its_series(desks, series, camille):
    moved = move_booking(
        booking=series[0], spaces=desks, slot=march(2, "09:00", "12:00"), author=camille, now=NOW
    )

    assert moved.series == series[1].series
