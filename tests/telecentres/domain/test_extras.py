from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest

from courrier.models import OutgoingMail
from telecentres.domain import booking as acts
from telecentres.domain.answers import cancel_booking
from telecentres.domain.booking import book_space
from telecentres.domain.calendar import Slot
from telecentres.domain.counter import book_for_somebody, move_for_somebody
from telecentres.domain.errors import (
    ExtraTaken,
    ExtraTooLate,
    ExtraTooMany,
    NoSuchExtra,
    PriceChanged,
)
from telecentres.domain.extras import extra_lines, most_at_once, offered_extras
from telecentres.domain.moving import move_booking
from telecentres.domain.prices import Line
from telecentres.domain.quotes import agreed_quote, quote
from telecentres.enums import BookingUnit, ExtraPer, LineKind, SpaceKind
from telecentres.models import Booking, BookingLine
from tests.factories import (
    ExtraFactory,
    SpaceFactory,
    TariffFactory,
    TelecentreGrantFactory,
    UserFactory,
)
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, at, hold, march

MORNING, AFTERNOON = march(1, "09:00", "12:30"), march(1, "13:30", "18:00")
SPACE = Line(LineKind.PRICE, BookingUnit.HALF_DAY, 1, Decimal(8))


@pytest.fixture
def desk(site):
    TariffFactory(telecentre=site, price=8)
    return SpaceFactory(telecentre=site, name="Poste 1", capacity=6)


@pytest.fixture
def other_desk(site):
    return SpaceFactory(telecentre=site, name="Poste 2", capacity=6)


@pytest.fixture
def camille(db):
    return UserFactory(email="camille@exemple.fr")


@pytest.fixture
def projector(site):
    return ExtraFactory(telecentre=site, name="Vidéoprojecteur", price=15, stock=1)


@pytest.fixture
def lunch(site):
    return ExtraFactory(telecentre=site, lunch=True)


def book(desk, holder, extras, slot=MORNING, **changes):
    return book_space(
        telecentre=desk.telecentre,
        spaces=[desk],
        slot=slot,
        holder=holder,
        extras=extras,
        **{"now": NOW, **changes},
    )


def taken(extra, quantity=1, price=None):
    price = extra.price if price is None else price
    return Line(LineKind.EXTRA, "", quantity, Decimal(price), extra_id=extra.pk, label=extra.name)


# ---- Which --------------------------------------------------------------------------------------
def test_place_offers_what_goes_with_the_space(site, desk, projector):
    ExtraFactory(telecentre=site, is_offered=False)
    ExtraFactory(telecentre=site, kinds=[SpaceKind.MEETING_ROOM])
    ExtraFactory()
    coffee = ExtraFactory(telecentre=site, name="Café", kinds=[SpaceKind.DESK, SpaceKind.OFFICE])

    assert offered_extras(desk) == [coffee, projector]


def test_nothing_wanted_asks_nothing(desk, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert extra_lines(space=desk, wanted={}, people=1) == ()


@pytest.mark.parametrize("values", [{"is_offered": False}, {"kinds": [SpaceKind.OFFICE]}])
def test_what_is_not_offered_there_is_refused(site, desk, camille, values):
    extra = ExtraFactory(telecentre=site, **values)

    with pytest.raises(NoSuchExtra) as refusal:
        book(desk, camille, {extra.pk: 1})

    assert refusal.value.names == (extra.name,)

    assert not Booking.objects.exists()


def test_extra_of_another_place_is_refused(desk, camille):
    with pytest.raises(NoSuchExtra) as refusal:
        book(desk, camille, {ExtraFactory().pk: 1})

    assert refusal.value.names == ()

    assert not Booking.objects.exists()


@pytest.mark.parametrize("number", [-1, 0, 3, 10**9])
def test_number_out_of_bounds_is_refused(desk, camille, lunch, number):
    with pytest.raises(ExtraTooMany) as refusal:
        book(desk, camille, {lunch.pk: number}, people=2)

    assert (refusal.value.name, refusal.value.most) == ("Plateau-repas", 2)
    assert not Booking.objects.exists()


def test_what_takes_time_to_prepare_is_asked_for_ahead(desk, camille, lunch):
    start = MORNING.start
    with pytest.raises(ExtraTooLate) as refusal:
        book(desk, camille, {lunch.pk: 1}, now=start - timedelta(hours=47, minutes=59))
    assert (refusal.value.name, refusal.value.notice) == ("Plateau-repas", 48)
    assert not Booking.objects.exists()

    assert book(desk, camille, {lunch.pk: 1}, now=start - timedelta(hours=48)).lines.count() == 2


# ---- The price ----------------------------------------------------------------------------------
def test_extras_are_priced_and_frozen_with_the_booking(desk, camille, projector, lunch):
    booking = book(
        desk, camille, {lunch.pk: 3, projector.pk: 1}, people=3, agreed=Decimal(8 + 36 + 15)
    )
    lines = (SPACE, taken(lunch, 3, 12), taken(projector))

    lunch.name, lunch.price, lunch.is_offered = "Buffet", 20, False
    lunch.save()

    booking.refresh_from_db()
    assert agreed_quote(booking).lines == lines
    assert (booking.price, agreed_quote(booking).is_without_space) == (Decimal(59), False)


def test_price_that_changed_books_nothing(desk, camille, projector):
    with pytest.raises(PriceChanged):
        book(desk, camille, {projector.pk: 1}, agreed=Decimal(8))

    assert not Booking.objects.exists()
    assert not BookingLine.objects.exists()


def test_quote_counts_what_is_added(site, desk, camille, projector):
    asked = {"telecentre": site, "kind": SpaceKind.DESK, "slot": MORNING, "holder": camille}

    assert quote(**asked).lines == (SPACE,)
    assert quote(**asked, extras=(taken(projector),)).lines == (SPACE, taken(projector))


def test_extras_have_a_price_where_the_space_has_none(site, camille, projector):
    site.vat_rate = 20
    site.save()
    booking = book(SpaceFactory(telecentre=site), camille, {projector.pk: 1})

    found = agreed_quote(booking)
    assert (found.total, found.vat, found.is_without_space) == (
        Decimal(15), Decimal("2.50"), True,
    )  # fmt: skip


def test_words_of_a_line_are_those_of_its_extra(projector, lunch):
    assert taken(projector).words == "Vidéoprojecteur"
    assert taken(lunch, 3).words == "3 × Plateau-repas"


# ---- How many there are -------------------------------------------------------------------------
def test_what_is_lent_is_lent_once_at_a_time(desk, other_desk, camille, projector):
    book(desk, camille, {projector.pk: 1})

    with pytest.raises(ExtraTaken) as refusal:
        book(other_desk, camille, {projector.pk: 1}, slot=march(1, "12:00", "14:00"))
    assert (refusal.value.name, refusal.value.left) == ("Vidéoprojecteur", 0)
    assert Booking.objects.count() == 1

    book(other_desk, camille, {projector.pk: 1}, slot=AFTERNOON)
    assert Booking.objects.count() == 2


def test_what_is_given_back_frees_its_extras(desk, other_desk, camille, projector):
    booking = book(desk, camille, {projector.pk: 1})
    cancel_booking(booking=booking, author=camille, now=NOW)

    assert book(other_desk, camille, {projector.pk: 1}).price == 15 + 8


def test_so_many_are_left(site, desk, other_desk, camille):
    screens = ExtraFactory(telecentre=site, per=ExtraPer.PIECE, stock=5)
    book(desk, camille, {screens.pk: 3})

    with pytest.raises(ExtraTaken) as refusal:
        book(other_desk, camille, {screens.pk: 3})

    assert refusal.value.left == 2
    assert book(other_desk, camille, {screens.pk: 2}).lines.get(extra=screens).quantity == 2


def test_stock_made_smaller_leaves_none_and_not_less(desk, other_desk, camille, projector):
    projector.per, projector.stock = ExtraPer.PIECE, 3
    projector.save()
    book(desk, camille, {projector.pk: 3})
    projector.stock = 1
    projector.save()

    with pytest.raises(ExtraTaken) as refusal:
        book(other_desk, camille, {projector.pk: 1})
    assert refusal.value.left == 0


def test_what_follows_does_not_add_up(site, camille):
    """Two who come one after the other need one projector, whoever stays all day another."""
    desks = SpaceFactory.create_batch(3, telecentre=site)
    projectors = ExtraFactory(telecentre=site, per=ExtraPer.PIECE, stock=2)
    book(desks[0], camille, {projectors.pk: 1})
    book(desks[1], camille, {projectors.pk: 1}, slot=AFTERNOON)

    whole = march(1, "09:00", "18:00")
    assert book(desks[2], camille, {projectors.pk: 1}, slot=whole).lines.count() == 1


def test_most_at_once_is_counted_when_a_period_begins(site):
    desk = SpaceFactory(telecentre=site)
    first = hold(desk, march(1, "09:00", "11:00")).period
    second = hold(desk, march(1, "11:00", "13:00")).period
    third = hold(SpaceFactory(telecentre=site), march(1, "10:00", "12:00")).period

    assert most_at_once([]) == 0
    assert most_at_once([(first, 1), (second, 4), (third, 2)]) == 6


@pytest.mark.django_db(transaction=True)
def test_crowd_never_takes_more_than_there_are(site, camille):
    desks = SpaceFactory.create_batch(6, telecentre=site)
    projector = ExtraFactory(telecentre=site, stock=1)

    found = all_at_once(
        [lambda desk=desk: book(desk, camille, {projector.pk: 1}) for desk in desks]
    )

    assert sorted(type(one).__name__ for one in found) == ["Booking", *["ExtraTaken"] * 5]
    assert (Booking.objects.count(), BookingLine.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_one_projector_is_promised_twice(site, camille, monkeypatch):
    desks = SpaceFactory.create_batch(2, telecentre=site)
    projector = ExtraFactory(telecentre=site, stock=1)
    both_have_counted, check_stock = Barrier(2, timeout=30), acts.check_stock

    def check_together(booking, lines):
        check_stock(booking, lines)
        both_have_counted.wait()

    monkeypatch.setattr(acts, "lock_stock", lambda telecentre, lines: None)
    monkeypatch.setattr(acts, "check_stock", check_together)
    all_at_once([lambda desk=desk: book(desk, camille, {projector.pk: 1}) for desk in desks])

    assert BookingLine.objects.count() == 2


# ---- Moved --------------------------------------------------------------------------------------
def move(booking, slot, author, **changes):
    values = {"spaces": [booking.space], "now": NOW, **changes}
    return move_booking(booking=booking, slot=slot, author=author, **values)


def test_extras_follow_at_the_prices_that_they_had(site, desk, camille, projector):
    booking = book(desk, camille, {projector.pk: 1})
    site.tariffs.update(price=10)
    projector.price, projector.is_offered = 50, False
    projector.save()

    moved = move(booking, AFTERNOON, camille, agreed=Decimal(25))

    assert moved.price == Decimal(25)
    assert agreed_quote(moved).lines == (
        Line(LineKind.PRICE, BookingUnit.HALF_DAY, 1, Decimal(10)), taken(projector, 1, 15)
    )  # fmt: skip


@pytest.mark.parametrize("is_manager", [True, False])
def test_nothing_moves_to_where_its_extras_are_taken(
    desk, other_desk, camille, projector, is_manager
):
    booking = book(desk, camille, {projector.pk: 1})
    book(other_desk, camille, {projector.pk: 1}, slot=AFTERNOON)

    with pytest.raises(ExtraTaken):
        move(booking, AFTERNOON, UserFactory() if is_manager else camille)

    booking.refresh_from_db()
    assert Slot.of(booking.period) == MORNING


def test_booking_stands_not_in_the_way_of_its_own_extras(desk, camille, projector):
    booking = book(desk, camille, {projector.pk: 1})

    assert move(booking, march(1, "10:00", "12:30"), camille).price == Decimal(23)


def test_holder_moves_it_no_nearer_than_its_notice(desk, camille, lunch):
    booking = book(desk, camille, {lunch.pk: 1}, slot=march(8, "09:00", "12:30"))
    now = at(1, "08:00")

    with pytest.raises(ExtraTooLate):
        move(booking, march(2, "09:00", "12:30"), camille, now=now)

    near = {"slot": march(2, "09:00", "12:30"), "author": UserFactory(), "now": now}
    assert move_for_somebody(booking=booking, space=desk, **near).price == Decimal(20)


# ---- At the counter, in the mails ---------------------------------------------------------------
def test_manager_adds_them_without_notice(desk, camille, lunch, projector):
    booking = book_for_somebody(
        space=desk,
        slot=MORNING,
        author=UserFactory(),
        holder=camille,
        extras={lunch.pk: 1, projector.pk: 1},
        now=at(1, "08:00"),
    )

    assert booking.price == Decimal(8 + 12 + 15)


def test_mail_says_what_is_taken_beside_the_space(desk, other_desk, camille, projector):
    book(desk, camille, {projector.pk: 1})
    book(other_desk, camille, None)

    beside, alone = (mail.text_body for mail in OutgoingMail.objects.order_by("pk"))
    assert "En plus de l’espace\N{NO-BREAK SPACE}: Vidéoprojecteur." in beside
    assert "En plus" not in alone


def test_manager_who_must_answer_reads_it_too(site, camille, projector):
    manager = TelecentreGrantFactory(telecentre=site).user
    desk = SpaceFactory(telecentre=site, needs_approval=True)
    book(desk, camille, {projector.pk: 1})

    [mail] = OutgoingMail.objects.filter(recipient=manager.email)
    assert "En plus de l’espace\N{NO-BREAK SPACE}: Vidéoprojecteur." in mail.text_body
