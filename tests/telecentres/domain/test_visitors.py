import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from comptes.models import User
from courrier.models import OutgoingMail
from jetons.domain.errors import LinkExpired, LinkUnknown, LinkUsed
from jetons.models import PersonalLink
from registre.domain.erasure import erase_person
from registre.enums import ErasureReason
from telecentres.domain import errors
from telecentres.domain.addresses import follow_token
from telecentres.domain.answers import cancel_booking, expire_requests
from telecentres.domain.calendar import Slot
from telecentres.domain.visitors import (
    Visitor,
    booking_of_link,
    confirm_hold,
    hold_for_visitor,
    hold_of_link,
    is_open_to_visitors,
    quote_of_hold,
)
from telecentres.domain.waiting import join_line
from telecentres.enums import BookingAct, BookingOrigin, BookingState, SpaceKind
from telecentres.models import Booking, Space, Telecentre, VisitorHold, Wait
from tests.factories import (
    BookingFactory,
    RightsGroupFactory,
    RightsMemberFactory,
    SpaceFactory,
    TariffFactory,
    TelecentreFactory,
    UserFactory,
    VisitorHoldFactory,
)
from tests.telecentres.march import NOW, at, hold, march

MORNING, AFTERNOON = march(1, "09:00", "12:00"), march(1, "14:00", "17:00")
ADA = Visitor("ada@exemple.fr", "Ada", "Martin")
HALF_HOUR = timedelta(minutes=30)
CONFIRM = "telecentres.reservation-a-confirmer"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def place(site) -> Telecentre:
    site.takes_visitors = True
    site.save()
    return site


@pytest.fixture
def desk(place) -> Space:
    return SpaceFactory(telecentre=place, name="Poste bleu")


def ask(desk: Space, slot: Slot = MORNING, visitor: Visitor = ADA, **values) -> Booking:
    spaces = values.pop("spaces", [desk])
    return hold_for_visitor(
        telecentre=desk.telecentre, spaces=spaces, slot=slot, visitor=visitor, **values
    )


def token_in(mail: OutgoingMail) -> str:
    found = re.search(r"/reservations/([^/\s)]+)/", mail.text_body)
    assert found
    return found.group(1)


def token_of(message: str = CONFIRM) -> str:
    return token_in(OutgoingMail.objects.filter(message=message).latest("pk"))


def acts(booking: Booking) -> list[tuple[str, object]]:
    return list(booking.changes.values_list("act", "author"))


def nothing_written() -> bool:
    rows = (Booking, VisitorHold, OutgoingMail, PersonalLink, User)
    return not any(model.objects.exists() for model in rows)


# ---- Ask ------------------------------------------------------------------------------------
def test_hold_keeps_the_place_for_nobody_yet(place, desk):
    booking = ask(desk, people=1, note="J’aurai besoin de l’écran.")

    assert booking == Booking.objects.get()
    assert (booking.space, Slot.of(booking.period)) == (desk, MORNING)
    assert (booking.state, booking.origin) == (BookingState.OFFERED, BookingOrigin.VISITOR)
    assert (booking.holder, booking.note, booking.price) == (None, "", None)
    assert (booking.answer_before, booking.booked_at) == (NOW + HALF_HOUR, NOW)
    assert booking.awaits_visitor
    assert acts(booking) == [(BookingAct.HELD, None)]
    held = VisitorHold.objects.get()
    assert (held.booking, held.email, held.language) == (booking, "ada@exemple.fr", "fr")
    assert (held.first_name, held.last_name) == ("Ada", "Martin")
    assert (held.note, held.asked_at) == ("J’aurai besoin de l’écran.", NOW)
    assert not User.objects.exists()


def test_hold_writes_to_the_address_with_no_word_that_was_typed(place, desk):
    visitor = Visitor("ada@exemple.fr", "Gagnez", "http://piege.exemple")

    ask(desk, visitor=visitor, note="Cliquez sur http://piege.exemple")

    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message, mail.reply_to) == (
        "ada@exemple.fr",
        CONFIRM,
        "cap@exemple.fr",
    )
    assert (mail.is_secret, mail.variables, mail.calendar) == (True, {}, "")
    assert "piege" not in mail.text_body + mail.html_body + mail.subject
    assert "Poste bleu, lundi 1er mars 2027, de 09:00 à 12:00" in mail.text_body
    assert "gardée jusqu’au lundi 22 février 2027 à 08:30" in " ".join(mail.text_body.split())
    assert VisitorHold.objects.get().mail == mail


def test_token_is_kept_nowhere_but_in_the_mail(place, desk):
    ask(desk)

    link, token = PersonalLink.objects.get(), token_of()
    assert token.partition(":")[0] not in (link.digest, link.subject, link.purpose)
    assert (link.purpose, link.expires_at) == ("reservation-a-confirmer", NOW + HALF_HOUR)


def test_names_are_one_line_without_what_turns_letters_around(place, desk):
    ask(desk, visitor=Visitor("ada@exemple.fr", "Ada\r\nBcc: x@y.fr", "\u202eMar\x07tin"))

    held = VisitorHold.objects.get()
    assert (held.first_name, held.last_name) == ("Ada Bcc: x@y.fr", "Martin")


def test_hold_of_what_begins_soon_ends_when_it_begins(place, desk):
    with time_machine.travel(at(1, "08:50"), tick=False):
        booking = ask(desk)

    assert booking.answer_before == MORNING.start


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"people": 2}, errors.TooManyPeople),
        ({"slot": march(6, "09:00", "12:00")}, errors.OutsideHours),
        ({"slot": march(1, "09:00", "17:00", 9)}, errors.TooLongForVisitor),
        ({"now": MORNING.start - timedelta(minutes=4)}, errors.TooLate),
        ({"now": MORNING.start}, errors.TooLate),
        ({"now": MORNING.start + timedelta(seconds=1)}, errors.InThePast),
    ],
)
def test_hold_against_the_rules_writes_nothing(place, desk, values, refusal):
    with pytest.raises(refusal):
        ask(desk, **values)

    assert nothing_written()


def test_place_that_asks_for_an_account_holds_nothing(place, desk):
    place.takes_visitors = False

    with pytest.raises(errors.AccountNeeded):
        ask(desk)

    assert nothing_written()


def test_space_kept_for_groups_is_not_for_visitors(place, desk):
    desk.audience.add(RightsGroupFactory(name="Salariés"))
    assert not is_open_to_visitors(place, [desk], MORNING)

    with pytest.raises(errors.NotForYou):
        ask(desk)

    assert nothing_written()
    other = SpaceFactory(telecentre=place)
    assert is_open_to_visitors(place, [desk, other], MORNING)
    assert ask(desk, spaces=[desk, other]).space == other


def test_slot_that_is_taken_is_refused(place, desk):
    hold(desk, MORNING)

    with pytest.raises(errors.SlotTaken):
        ask(desk)

    assert not VisitorHold.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_what_is_held_is_refused_to_others(place, desk):
    ask(desk)

    with pytest.raises(errors.SlotTaken):
        ask(desk, visitor=Visitor("bob@exemple.fr", "Bob", "Roux"))

    assert Booking.objects.count() == 1


def test_space_without_approval_is_held_first(place, desk):
    desk.needs_approval = True
    desk.save()
    free = SpaceFactory(telecentre=place)

    assert ask(desk, spaces=[desk, free]).space == free


def test_one_address_holds_two_places_at_once(place, desk):
    ask(desk)
    ask(desk, AFTERNOON)

    with pytest.raises(errors.TooManyHeld):
        ask(desk, march(2, "09:00", "12:00"))

    assert VisitorHold.objects.count() == 2
    with time_machine.travel(NOW + HALF_HOUR, tick=False):
        ask(desk, march(2, "09:00", "12:00"))


def test_strangers_hold_five_places_of_one_site_at_once(place, desk):
    for number in range(5):
        ask(desk, march(1 + number, "09:00", "12:00"), Visitor(f"v{number}@exemple.fr", "V", "V"))

    with pytest.raises(errors.TooManyHeld):
        ask(desk, AFTERNOON)

    elsewhere = TelecentreFactory(
        territory=place.territory, takes_bookings=True, takes_visitors=True
    )
    elsewhere.opening_hours.add(*place.opening_hours.all())
    assert ask(SpaceFactory(telecentre=elsewhere)).awaits_visitor


# ---- Confirm --------------------------------------------------------------------------------
def test_confirmed_it_is_theirs(place, desk):
    TariffFactory(telecentre=place, price=8)
    ask(desk, note="Avec l’écran")

    booking = confirm_hold(token=token_of(), agreed=Decimal(8))

    holder = User.objects.get()
    assert (holder.email, str(holder), holder.language) == ("ada@exemple.fr", "Ada Martin", "fr")
    assert not holder.has_usable_password()
    assert booking == Booking.objects.get()
    assert (booking.holder, booking.state) == (holder, BookingState.CONFIRMED)
    assert (booking.note, booking.price) == ("Avec l’écran", Decimal(8))
    assert acts(booking) == [(BookingAct.HELD, None), (BookingAct.BOOKED, holder.pk)]
    assert not VisitorHold.objects.exists()


def test_confirmed_it_is_written_with_a_link_of_its_own(place, desk):
    ask(desk)

    booking = confirm_hold(token=token_of())

    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message) == ("ada@exemple.fr", "telecentres.reservation")
    assert (mail.is_secret, mail.variables) == (True, {})
    assert booking_of_link(token=token_in(mail)) == booking
    assert "BEGIN:VEVENT" in mail.calendar
    # A calendar is shown to others.
    assert "/reservations/" not in mail.calendar
    assert "/telecentres/" in mail.calendar


def test_space_on_approval_asks_the_manager(place, desk):
    Space.objects.update(needs_approval=True)
    ask(desk)

    booking = confirm_hold(token=token_of())

    assert booking.state == BookingState.REQUESTED
    assert booking.answer_before == NOW + timedelta(days=2)
    assert [act for act, _author in acts(booking)] == [BookingAct.HELD, BookingAct.REQUESTED]
    assert OutgoingMail.objects.get().message == "telecentres.demande"


def test_address_of_an_account_is_that_account(place, desk):
    """Whoever reads its mail is that person: they may sign in by it."""
    camille = UserFactory(email="camille@exemple.fr", first_name="Camille", last_name="Roux")
    group = RightsMemberFactory(user=camille).group
    TariffFactory(telecentre=place, price=8)
    TariffFactory(telecentre=place, group=group, price=3)
    ask(desk, visitor=Visitor("camille@exemple.fr", "Autre", "Nom"))
    assert not camille.bookings.exists()
    quoted = quote_of_hold(hold_of_link(token=token_of()))
    assert quoted
    assert quoted.total == 3

    booking = confirm_hold(token=token_of(), agreed=quoted.total)

    assert (booking.holder, booking.price) == (camille, 3)
    camille.refresh_from_db()
    assert str(camille) == "Camille Roux"


def test_price_for_someone_without_account_is_that_of_everyone(place, desk):
    TariffFactory(telecentre=place, price=8)
    TariffFactory(telecentre=place, group=RightsGroupFactory(), price=3)
    ask(desk)

    quoted = quote_of_hold(hold_of_link(token=token_of()))

    assert quoted
    assert quoted.total == 8


def test_price_that_changed_is_shown_again(place, desk):
    TariffFactory(telecentre=place, price=8)
    ask(desk)

    with pytest.raises(errors.PriceChanged):
        confirm_hold(token=token_of(), agreed=Decimal(5))

    assert Booking.objects.get().awaits_visitor
    assert not User.objects.exists()
    assert confirm_hold(token=token_of(), agreed=Decimal(8)).state == BookingState.CONFIRMED


def test_link_confirms_once(place, desk):
    ask(desk)
    token = token_of()
    confirm_hold(token=token)

    with pytest.raises(LinkUsed):
        confirm_hold(token=token)

    assert Booking.objects.count() == User.objects.count() == OutgoingMail.objects.count() == 1


def test_link_that_comes_late_confirms_nothing(place, desk):
    ask(desk)
    token = token_of()

    with time_machine.travel(NOW + HALF_HOUR, tick=False), pytest.raises(LinkExpired):
        confirm_hold(token=token)
    # Whatever the clocks of the two.
    with pytest.raises(errors.NoLongerPossible):
        confirm_hold(token=token, now=NOW + HALF_HOUR)

    assert Booking.objects.get().awaits_visitor
    assert not User.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "a" * 32 + ":" + "b" * 43])
def test_guessed_link_opens_nothing(place, desk, token):
    ask(desk)

    for open_it in (hold_of_link, booking_of_link, confirm_hold):
        with pytest.raises(LinkUnknown):
            open_it(token=token)


def test_link_is_good_for_its_purpose_alone(place, desk):
    booking = ask(desk)

    with pytest.raises(LinkUnknown):
        booking_of_link(token=token_of())
    with pytest.raises(LinkUnknown):
        confirm_hold(token=follow_token(booking))


def test_closed_account_books_nothing(place, desk):
    UserFactory(email="ada@exemple.fr", is_active=False)
    ask(desk)

    with pytest.raises(errors.NotBookable):
        confirm_hold(token=token_of())

    assert Booking.objects.get().holder is None


# ---- Left unanswered ------------------------------------------------------------------------
def test_what_nobody_confirms_is_given_back_and_forgotten(place, desk):
    booking = ask(desk, note="Avec l’écran")
    ask(desk, AFTERNOON, now=NOW + timedelta(minutes=1))

    assert expire_requests(now=NOW + HALF_HOUR) == [booking]

    booking.refresh_from_db()
    assert (booking.state, booking.holder, booking.note) == (BookingState.EXPIRED, None, "")
    assert acts(booking)[1:] == [(BookingAct.LAPSED, None)]
    assert VisitorHold.objects.count() == OutgoingMail.objects.count() == 1
    assert not User.objects.exists()


def test_what_nobody_confirms_is_offered_to_whoever_waits(place, desk):
    ask(desk)
    wait = join_line(
        telecentre=place, kind=SpaceKind.DESK, slot=MORNING, holder=UserFactory(), now=NOW
    )

    expire_requests(now=NOW + HALF_HOUR)

    offer = Wait.objects.get(pk=wait.pk).booking
    assert offer
    assert (offer.holder, offer.state) == (wait.holder, BookingState.OFFERED)


def test_manager_takes_back_what_is_held(place, desk):
    booking = ask(desk)
    token = token_of()

    cancel_booking(booking=booking, author=UserFactory())

    assert not VisitorHold.objects.exists()
    assert not OutgoingMail.objects.exists()
    with pytest.raises(LinkUnknown):
        hold_of_link(token=token)


# ---- Follow ---------------------------------------------------------------------------------
def followed(desk: Space) -> tuple[Booking, str]:
    ask(desk)
    booking = confirm_hold(token=token_of())
    return booking, follow_token(booking)


def test_link_follows_its_booking_until_a_week_after_its_end(place, desk):
    booking, token = followed(desk)
    BookingFactory(space=desk, period=booking.period, state=BookingState.CANCELLED)

    with time_machine.travel(MORNING.end + timedelta(days=7, seconds=-1), tick=False):
        assert booking_of_link(token=token) == booking
    with (
        time_machine.travel(MORNING.end + timedelta(days=7), tick=False),
        pytest.raises(LinkExpired),
    ):
        booking_of_link(token=token)


def test_link_about_a_booking_of_long_ago_still_lasts_a_week(place, desk):
    booking, _token = followed(desk)

    with time_machine.travel(MORNING.end + timedelta(days=400), tick=False):
        assert booking_of_link(token=follow_token(booking)) == booking


def test_cancelled_by_anyone_it_is_told_by_a_secret_mail(place, desk):
    booking, _token = followed(desk)

    cancel_booking(booking=booking, author=UserFactory(), reason="Travaux")

    mail = OutgoingMail.objects.latest("pk")
    assert (mail.message, mail.is_secret) == ("telecentres.reservation-annulee", True)
    assert booking_of_link(token=token_in(mail)) == booking


def test_erased_holder_leaves_a_link_that_opens_nothing(place, desk):
    booking, token = followed(desk)
    assert booking.holder

    erase_person(row=booking.holder, reason=ErasureReason.REQUEST)

    with pytest.raises(LinkUnknown):
        booking_of_link(token=token)
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED


def test_someone_erased_before_they_confirm_is_held_nothing(place, desk):
    VisitorHoldFactory(email="autre@exemple.fr")
    ada = UserFactory(email="ada@exemple.fr")
    booking = ask(desk)
    token = token_of()

    erase_person(row=ada, reason=ErasureReason.REQUEST)

    assert [held.email for held in VisitorHold.objects.all()] == ["autre@exemple.fr"]
    with pytest.raises(LinkUnknown):
        confirm_hold(token=token)
    assert booking in expire_requests(now=NOW + HALF_HOUR)
