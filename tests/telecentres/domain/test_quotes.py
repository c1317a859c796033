from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser

from telecentres.domain import booking as acts
from telecentres.domain.answers import cancel_booking
from telecentres.domain.booking import book_space, take_walk_in
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import PriceChanged
from telecentres.domain.moving import move_booking
from telecentres.domain.prices import Line, Quote
from telecentres.domain.quotes import agreed_quote, charge, quote
from telecentres.enums import BookingUnit, LineKind, SpaceKind
from telecentres.models import Booking, BookingChange, BookingLine
from tests.factories import (
    FreeAllowanceFactory,
    PackFactory,
    RightsMemberFactory,
    SpaceFactory,
    TariffFactory,
    UserFactory,
)
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, at, march

HALF = BookingUnit.HALF_DAY
MORNING = march(1, "09:00", "12:30")
WHOLE = march(1, "09:00", "18:00")
QUOTE_QUERIES = 5


@pytest.fixture
def desk(site):
    return SpaceFactory(telecentre=site)


@pytest.fixture
def camille(db):
    return UserFactory(email="camille@exemple.fr")


@pytest.fixture
def priced(site):
    TariffFactory(telecentre=site, price=Decimal("8.50"))
    return site


def asked(site, slot=MORNING, holder=None, **changes):
    return quote(telecentre=site, kind=SpaceKind.DESK, slot=slot, holder=holder, **changes)


def book(desk, holder, slot=MORNING, **changes):
    return book_space(
        telecentre=desk.telecentre, spaces=[desk], slot=slot, holder=holder, now=NOW, **changes
    )


def half_days(kind: LineKind, count: int, price: str = "0", **pack: int) -> Line:
    return Line(kind, HALF, count, Decimal(price), **pack)


# ---- What is said before ------------------------------------------------------------------------
def test_place_that_writes_no_price_tells_none(site, camille):
    TariffFactory(telecentre=site, kind=SpaceKind.MEETING_ROOM)
    TariffFactory()

    assert asked(site, holder=camille) is None


@pytest.mark.parametrize("holder", [None, AnonymousUser()])
def test_without_account_one_sees_what_everyone_pays(priced, holder):
    FreeAllowanceFactory(telecentre=priced)

    assert asked(priced, holder=holder) == Quote((half_days(LineKind.PRICE, 1, "8.50"),))


def test_group_pays_its_own_price_while_one_is_of_it(priced, camille):
    member = RightsMemberFactory(user=camille, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2))
    TariffFactory(telecentre=priced, price=5, group=member.group)
    TariffFactory(telecentre=priced, price=1, group=RightsMemberFactory().group)

    totals = [asked(priced, march(day, "09:00", "12:30"), camille).total for day in (1, 2, 3)]

    assert totals == [5, 5, Decimal("8.50")]


def test_group_that_pays_more_than_everyone_does_not(priced, camille):
    group = RightsMemberFactory(user=camille).group
    TariffFactory(telecentre=priced, price=12, group=group)

    assert asked(priced, holder=camille).total == Decimal("8.50")


def test_vat_of_the_place_is_told(priced):
    priced.vat_rate = Decimal(20)

    assert asked(priced).vat == Decimal("1.42")


def test_half_days_are_offered_every_month(priced, desk, camille):
    FreeAllowanceFactory(telecentre=priced, half_days=3)
    FreeAllowanceFactory(telecentre=priced, kind=SpaceKind.OFFICE, half_days=9)
    book(desk, camille, WHOLE)
    book(desk, UserFactory(), march(2, "09:00", "18:00"))

    # One is left in March: what others used is not counted.
    assert asked(priced, march(31, "09:00", "18:00"), camille).lines == (
        half_days(LineKind.FREE, 1),
        half_days(LineKind.PRICE, 1, "8.50"),
    )


def test_month_is_that_of_the_wall_clock(priced, desk, camille):
    FreeAllowanceFactory(telecentre=priced, half_days=1)
    book(desk, camille, march(31, "09:00", "12:30"))

    april = Slot(datetime(2027, 4, 1, 7, tzinfo=UTC), datetime(2027, 4, 1, 10, 30, tzinfo=UTC))

    assert asked(priced, april, camille).lines == (half_days(LineKind.FREE, 1),)


def test_best_of_several_allowances_holds(priced, camille):
    group = RightsMemberFactory(user=camille).group
    FreeAllowanceFactory(telecentre=priced, half_days=1)
    FreeAllowanceFactory(telecentre=priced, half_days=2, group=group)
    FreeAllowanceFactory(telecentre=priced, half_days=9, group=RightsMemberFactory().group)

    assert asked(priced, WHOLE, camille).lines == (half_days(LineKind.FREE, 2),)


def test_pack_that_ends_first_is_used_first(priced, camille):
    endless = PackFactory(telecentre=priced, holder=camille, half_days=5)
    ending = PackFactory(
        telecentre=priced, holder=camille, half_days=1, expires_on=date(2027, 3, 1)
    )
    PackFactory(telecentre=priced, holder=camille, expires_on=date(2027, 2, 28))
    PackFactory(telecentre=priced, holder=camille, kind=SpaceKind.OFFICE)
    PackFactory(telecentre=priced)
    PackFactory(holder=camille)

    assert asked(priced, WHOLE, camille).lines == (
        half_days(LineKind.PACK, 1, pack_id=ending.pk),
        half_days(LineKind.PACK, 1, pack_id=endless.pk),
    )


def test_quote_costs_the_same_whatever_was_booked(priced, desk, camille, django_assert_num_queries):
    FreeAllowanceFactory(telecentre=priced, half_days=20)
    PackFactory(telecentre=priced, holder=camille)
    for day in (1, 2, 3):
        book(desk, camille, march(day, "09:00", "12:30"))
        # Tariffs, packs, allowance, what was used; the opening in three.
        with django_assert_num_queries(QUOTE_QUERIES):
            asked(priced, march(5, "09:00", "18:00"), camille)


# ---- What is written ----------------------------------------------------------------------------
def test_price_is_frozen_in_the_booking(priced, desk, camille):
    priced.vat_rate = Decimal(20)
    priced.save()
    shown = asked(priced, holder=camille)

    booking = book(desk, camille, agreed=shown.total)
    priced.tariffs.update(price=99)

    booking = Booking.objects.get(pk=booking.pk)
    assert (booking.price, booking.vat_rate) == (Decimal("8.50"), 20)
    assert agreed_quote(booking) == shown
    assert booking.lines.get().amount == Decimal("8.50")


def test_place_without_price_books_without(site, desk, camille):
    booking = book(desk, camille)

    assert booking.price is None
    assert agreed_quote(booking) is None
    assert not BookingLine.objects.exists()


def test_price_that_changed_meanwhile_is_not_agreed_to(priced, desk, camille):
    with pytest.raises(PriceChanged):
        book(desk, camille, agreed=Decimal(8))

    assert not Booking.objects.exists()
    assert not BookingChange.objects.exists()


def test_what_is_cancelled_gives_back_its_half_days(priced, desk, camille):
    pack = PackFactory(telecentre=priced, holder=camille, half_days=2)
    FreeAllowanceFactory(telecentre=priced, half_days=1)
    booking = book(desk, camille, march(1, "09:00", "18:00"))
    assert asked(priced, march(2, "09:00", "18:00"), camille).total == Decimal("8.50")

    cancel_booking(booking=booking, author=camille, now=NOW)

    assert asked(priced, march(2, "09:00", "18:00"), camille).lines == (
        half_days(LineKind.FREE, 1),
        half_days(LineKind.PACK, 1, pack_id=pack.pk),
    )


def test_holder_who_moves_pays_the_new_moment(priced, desk, camille):
    pack = PackFactory(telecentre=priced, holder=camille, half_days=2)
    booking = book(desk, camille, WHOLE)
    longer = march(2, "09:00", "12:30", last=3)

    shown = asked(priced, longer, camille, besides=booking)
    moved = move_booking(
        booking=booking, spaces=[desk], slot=longer, author=camille, agreed=shown.total, now=NOW
    )

    assert shown.lines == (
        half_days(LineKind.PACK, 2, pack_id=pack.pk), half_days(LineKind.PRICE, 1, "8.50")
    )  # fmt: skip
    assert moved.price == Decimal("8.50")
    assert agreed_quote(moved).total == Decimal("8.50")
    assert moved.lines.count() == 2


def test_move_at_a_price_that_changed_changes_nothing(priced, desk, camille):
    booking = book(desk, camille)
    priced.tariffs.update(price=10)

    with pytest.raises(PriceChanged):
        move_booking(
            booking=booking, spaces=[desk], slot=march(2, "09:00", "12:30"), author=camille,
            agreed=Decimal("8.50"), now=NOW,
        )  # fmt: skip

    booking.refresh_from_db()
    assert booking.period.lower == at(1, "09:00")
    assert booking.price == Decimal("8.50")


def test_what_the_manager_moves_costs_what_was_agreed(priced, desk, camille):
    booking = book(desk, camille)
    priced.tariffs.update(price=10)

    moved = move_booking(
        booking=booking, spaces=[desk], slot=march(2, "09:00", "12:30"), author=UserFactory(),
        now=NOW,
    )  # fmt: skip

    assert moved.price == Decimal("8.50")


def test_price_that_is_no_longer_written_is_taken_back(priced, desk, camille):
    booking = book(desk, camille)
    priced.tariffs.all().delete()

    charge(booking)

    assert booking.price is None
    assert not booking.lines.exists()


def test_whoever_walks_in_pays_what_everyone_pays(priced, desk):
    booking = take_walk_in(
        space=desk, until=at(1, "12:30"), author=UserFactory(), now=at(1, "10:00")
    )

    assert booking.price == Decimal("8.50")


# ---- Two at once --------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_crowd_of_one_account_uses_each_half_day_once(priced, camille):
    desks = SpaceFactory.create_batch(6, telecentre=priced)
    FreeAllowanceFactory(telecentre=priced, half_days=1)
    PackFactory(telecentre=priced, holder=camille, half_days=2)

    booked = all_at_once([lambda desk=desk: book(desk, camille) for desk in desks])

    kinds = sorted(booking.lines.get().kind for booking in booked)
    assert kinds == ["free", "pack", "pack", "price", "price", "price"]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_one_half_day_is_used_twice(priced, camille, monkeypatch):
    desks = SpaceFactory.create_batch(2, telecentre=priced)
    FreeAllowanceFactory(telecentre=priced, half_days=1)
    both_have_booked = Barrier(2, timeout=30)

    def charge_together(booking, agreed, extras):
        both_have_booked.wait()
        charge(booking, agreed, extras)

    monkeypatch.setattr(acts, "lock_means", lambda telecentre, holder: None)
    monkeypatch.setattr(acts, "charge", charge_together)
    booked = all_at_once([lambda desk=desk: book(desk, camille) for desk in desks])

    assert [booking.lines.get().kind for booking in booked] == ["free", "free"]
