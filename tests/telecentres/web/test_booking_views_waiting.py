"""Wait for a slot where everything is taken, then take what is offered, or leave it."""

import pytest
import time_machine
from django.test import Client

from courrier.models import OutgoingMail
from telecentres.domain.answers import cancel_booking
from telecentres.enums import BookingState, WaitState
from telecentres.models import Booking, Space, Wait
from tests.factories import (
    BookingFactory,
    OpeningHoursFactory,
    SpaceFactory,
    TelecentreFactory,
    UserFactory,
    WaitFactory,
)

pytestmark = pytest.mark.usefixtures("_sunday")
CHOOSE = "/telecentres/cap/reserver/poste/"
DAY = f"{CHOOSE}?jour=2027-03-01"
MONDAY = {"jour": "2027-03-01", "de": "09:00", "a": "12:00"}
CONFIRM = f"{CHOOSE}confirmer/?jour=2027-03-01&de=09:00&a=12:00"
WAIT = f"{CHOOSE}attendre/"
OWN = "/espace/reservations/"
LIST_QUERIES = 7


@pytest.fixture
def desk(territory) -> Space:
    place = TelecentreFactory(territory=territory, slug="cap", takes_bookings=True)
    OpeningHoursFactory(telecentre=place, weekday=1)
    return SpaceFactory(telecentre=place, name="Poste bleu")


@pytest.fixture
def held(desk) -> Booking:
    return BookingFactory(space=desk)


@pytest.fixture
def holder(db):
    return UserFactory(email="camille@exemple.fr")


@pytest.fixture
def member(holder) -> Client:
    client = Client()
    client.force_login(holder)
    return client


@pytest.fixture
def offer(held, holder) -> Booking:
    wait = WaitFactory(telecentre=held.space.telecentre, holder=holder)
    cancel_booking(booking=held, author=held.holder)
    wait.refresh_from_db()
    OutgoingMail.objects.all().delete()
    assert wait.booking
    return wait.booking


def path(booking: Booking) -> str:
    return f"{OWN}{booking.reference}/"


# ---- Join -------------------------------------------------------------------------------------
def test_full_slot_leads_to_its_line(held, member, holder):
    days = member.get(DAY).content.decode()
    slot = member.get(CONFIRM).content.decode()
    sent = member.post(WAIT, MONDAY)

    assert "attendre une place" in days
    assert f'action="{WAIT}"' in slot
    assert "Me prévenir si une place se libère" in slot
    assert sent["Location"] == f"{OWN}#attente"
    wait = Wait.objects.get()
    assert (wait.holder, wait.telecentre) == (holder, held.space.telecentre)


def test_slot_lost_to_someone_else_leads_to_its_line_too(held, member):
    response = member.post(CONFIRM, MONDAY)

    assert response.status_code == 409
    assert f'action="{WAIT}"' in response.content.decode()


def test_number_of_people_goes_along(desk, member):
    Space.objects.update(capacity=4)
    BookingFactory(space=desk)

    page = member.get(f"{CONFIRM}&personnes=3").content.decode()
    member.post(f"{WAIT}?personnes=3", {**MONDAY, "personnes": "3"})

    assert f'action="{WAIT}?personnes=3"' in page
    assert Wait.objects.get().people == 3


def test_visitor_is_asked_to_sign_in_and_comes_back_to_the_slot(held, client):
    response = client.post(WAIT, MONDAY)

    assert "Me connecter pour attendre une place" in client.get(CONFIRM).content.decode()
    assert response["Location"].startswith("/compte/connexion/?next=/telecentres/cap/reserver/")
    assert "confirmer" in response["Location"]
    assert not Wait.objects.exists()


def test_whoever_moves_a_booking_keeps_it_and_waits_for_nothing(held, member, holder):
    mine = BookingFactory(space=SpaceFactory(telecentre=held.space.telecentre), holder=holder)

    for page in (f"{CONFIRM}&deplacer={mine.reference}", f"{DAY}&deplacer={mine.reference}"):
        assert "attendre" not in member.get(page).content.decode()


def test_slot_that_begins_soon_has_no_line(held, member):
    with time_machine.travel("2027-03-01T07:00:00Z", tick=False):
        slot, day = (member.get(page).content.decode() for page in (CONFIRM, DAY))
        sent = member.post(WAIT, MONDAY)

    assert "attendre" not in slot
    assert [f"de={hour}%3A00" in day for hour in ("09", "10")] == [False, True]
    assert (sent.status_code, "C’est trop tard pour attendre" in sent.content.decode()) == (
        400,
        True,
    )


def test_slot_that_is_free_is_booked_instead(desk, member):
    assert member.post(WAIT, MONDAY)["Location"].startswith(f"{CHOOSE}confirmer/?jour=2027-03-01")
    assert not Wait.objects.exists()


def test_line_is_joined_once(held, member):
    member.post(WAIT, MONDAY)

    response = member.post(WAIT, MONDAY)

    assert response.status_code == 409
    assert "Vous attendez déjà une place" in response.content.decode()
    assert Wait.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"jour": ""}, "Ce champ est obligatoire."),
        ({"de": "05:00", "a": "07:00"}, "Le lieu est fermé à ce moment-là"),
        ({"jour": "2027-02-26"}, "Ce moment est déjà passé"),
        ({"personnes": "2"}, "il y a 1 place"),
    ],
)
def test_bad_slots_are_refused_with_what_to_do(held, member, given, words):
    response = member.post(WAIT, {**MONDAY, **given})

    assert (response.status_code, words in response.content.decode()) == (400, True)
    assert not Wait.objects.exists()


# ---- See and leave ----------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_own_waits_cost_the_same_for_one_and_three(
    territory, holder, member, django_assert_num_queries, number
):
    for _each in range(number):
        place = TelecentreFactory(territory=territory)
        WaitFactory(telecentre=place)
        WaitFactory(telecentre=place, holder=holder)
        WaitFactory(telecentre=place, holder=holder, state=WaitState.LEFT)

    with django_assert_num_queries(LIST_QUERIES):
        page = member.get(OWN).content.decode()

    assert page.count("2e dans la file") == number


def test_first_in_line_is_told_so_and_leaves(held, member, holder):
    wait = WaitFactory(telecentre=held.space.telecentre, holder=holder)
    assert "vous êtes en tête de la file" in member.get(OWN).content.decode()

    response = member.post(f"{OWN}attentes/{wait.pk}/quitter/")

    assert response["Location"] == f"{OWN}#attente"
    wait.refresh_from_db()
    assert wait.state == WaitState.LEFT
    assert "Quitter la file" not in member.get(OWN).content.decode()


def test_wait_of_another_is_as_one_that_never_was(held, member):
    wait = WaitFactory(telecentre=held.space.telecentre)

    answers = [member.post(f"{OWN}attentes/{pk}/quitter/") for pk in (wait.pk, wait.pk + 1000)]

    assert [answer.status_code for answer in answers] == [404, 404]
    wait.refresh_from_db()
    assert wait.state == WaitState.WAITING


# ---- Answer -----------------------------------------------------------------------------------
def test_offer_is_shown_until_it_is_answered(offer, member):
    for page in (OWN, "/espace/"):
        text = member.get(page).content.decode()
        assert "à prendre avant le 1er mars à 08:00" in text
        assert "Passées ou annulées" not in text

    text = member.get(path(offer)).content.decode()
    assert "Elle vous est gardée jusqu’au lundi 1er mars à 08:00" in text
    assert "Prendre cette place" in text
    assert "Annuler cette réservation" not in text
    assert "deplacer=" not in text


def test_offer_is_taken(offer, member):
    response = member.post(f"{path(offer)}prendre/")

    assert response["Location"] == path(offer)
    offer.refresh_from_db()
    assert offer.state == BookingState.CONFIRMED
    assert "Annuler cette réservation" in member.get(path(offer)).content.decode()
    assert [mail.message for mail in OutgoingMail.objects.all()] == ["telecentres.reservation"]


def test_offer_of_a_space_on_approval_is_asked_for(offer, member):
    Space.objects.update(needs_approval=True)

    assert "Demander cette place" in member.get(path(offer)).content.decode()


def test_offer_is_left_to_the_next(offer, member):
    member.post(path(offer))

    offer.refresh_from_db()
    assert offer.state == BookingState.CANCELLED
    assert not OutgoingMail.objects.exists()


def test_offer_that_is_over_says_so(offer, member):
    with time_machine.travel("2027-03-01T07:00:00Z", tick=False):
        page = member.get(path(offer)).content.decode()
        response = member.post(f"{path(offer)}prendre/")

    assert "Prendre cette place" not in page
    assert response.status_code == 409
    assert "Cette place n’est plus à prendre" in response.content.decode()
    offer.refresh_from_db()
    assert offer.state == BookingState.OFFERED


def test_offer_of_another_is_as_one_that_never_was(offer):
    other = Client()
    other.force_login(UserFactory())

    for address in (path(offer), f"{OWN}INCONNUE/"):
        assert other.post(f"{address}prendre/").status_code == 404
    offer.refresh_from_db()
    assert offer.state == BookingState.OFFERED
