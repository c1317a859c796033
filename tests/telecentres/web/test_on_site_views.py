import pytest
import time_machine
from django.test import Client

from telecentres.enums import BookingState, SpaceKind, TelecentreState
from telecentres.models import Booking
from tests.factories import (
    BookingFactory,
    OpeningHoursFactory,
    SpaceFactory,
    TelecentreFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.telecentres.march import at, hold, march

SCREEN = "/telecentres/cap/ecran/"
SCREEN_QUERIES = 5
TAKEN = "jusqu’à 12:00"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(at(1, "09:05"), tick=False):
        yield


@pytest.fixture
def place(territory):
    place = TelecentreFactory(
        territory=territory,
        slug="cap",
        name="Cap Delta",
        takes_bookings=True,
        phone="05 61 00 00 00",
    )
    OpeningHoursFactory(telecentre=place, weekday=1)
    return place


@pytest.fixture
def desk(place):
    return SpaceFactory(telecentre=place, name="Poste 3", release_after=20)


@pytest.fixture
def member(db) -> Client:
    client = Client()
    client.user = UserFactory(first_name="Camille", last_name="Roux")
    client.force_login(client.user)
    return client


def path(space) -> str:
    space.refresh_from_db()
    return f"/telecentres/{space.telecentre.slug}/arrivee/{space.arrival_secret}/"


# ---- The code of a space ----------------------------------------------------------------------
def test_holder_says_that_they_are_there_by_one_button(desk, member):
    held = BookingFactory(space=desk, holder=member.user)
    page = member.get(path(desk)).content.decode()
    assert "Je suis là" in page
    assert "csrfmiddlewaretoken" in page
    assert "sans nouvelles au bout de 20 minutes, la place est rendue" in page
    assert Booking.objects.get().checked_in_at is None

    answer = member.post(path(desk))

    assert (answer.status_code, answer["Location"]) == (302, path(desk))
    assert Booking.objects.get().checked_in_at == at(1, "09:05")
    assert held.changes.get().author == member.user
    page = member.get(path(desk)).content.decode()
    assert "Arrivée notée à 09:05" in page
    assert "Je suis là" not in page


def test_code_of_another_of_ones_desks_says_where_to_go(desk, member):
    other = SpaceFactory(telecentre=desk.telecentre, name="Poste 7")
    BookingFactory(space=other, holder=member.user)

    page = member.get(path(desk)).content.decode()

    assert "Poste 7, 09:00–12:00" in page
    assert "Je suis là" not in page


def test_code_of_a_place_given_back_says_so(desk, member):
    BookingFactory(space=desk, holder=member.user, state=BookingState.NO_SHOW)

    page = member.get(path(desk)).content.decode()

    assert "Votre réservation de 09:00 n’a pas été confirmée à temps" in page
    assert 'href="/telecentres/cap/reserver/poste/"' in page
    assert member.post(path(desk)).status_code == 409


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_code_tells_nobody_who_booked_nor_whether(desk, member, is_signed_in):
    client = member if is_signed_in else Client()

    def told() -> str:
        text = client.get(path(desk)).content.decode()
        return (
            text.partition("<main")[2].partition("csrfmiddlewaretoken")[0]
            + text.partition("que-faire")[2].partition("</main>")[0]
        )

    free = told()
    held = BookingFactory(space=desk, holder=UserFactory(first_name="Anouk"))

    assert told() == free
    assert "Voir ce qui est libre" in free
    assert "demandez au comptoir" in free
    refused = client.post(path(desk))
    assert refused.status_code == (409 if is_signed_in else 302)
    assert "Anouk" not in refused.content.decode()
    assert Booking.objects.get(pk=held.pk).checked_in_at is None


def test_visitor_signs_in_and_comes_back(desk):
    answer = Client().post(path(desk))

    assert answer["Location"] == f"/compte/connexion/?next={path(desk)}"


def test_code_of_a_space_that_is_not_booked_on_line_sends_to_the_counter(place, member):
    shown = SpaceFactory(telecentre=place, units=[])

    page = member.get(path(shown)).content.decode()

    assert "Voir ce qui est libre" not in page
    assert 'href="tel:0561000000"' in page


def test_unknown_codes_lead_nowhere(desk, member):
    planned = SpaceFactory(
        telecentre__territory=desk.telecentre.territory,
        telecentre__state=TelecentreState.PLANNED,
    )
    elsewhere = SpaceFactory(telecentre__territory=TerritoryFactory())
    wrong = path(elsewhere).replace(elsewhere.telecentre.slug, "cap")

    for address in ("/telecentres/cap/arrivee/devine/", path(planned), path(elsewhere), wrong):
        assert member.get(address).status_code == 404
        assert member.post(address).status_code == 404


def test_page_of_a_booking_and_of_a_slot_say_how_long_one_is_waited_for(desk, member):
    held = BookingFactory(space=desk, holder=member.user)
    asked = {"jour": "2027-03-01", "de": "10:00", "a": "11:00"}
    told = "sans nouvelles au bout de 20 minutes, la place est rendue"
    pages = [
        (f"/espace/reservations/{held.reference}/", {}),
        ("/telecentres/cap/reserver/poste/confirmer/", asked | {"de": "12:00", "a": "12:30"}),
    ]

    assert [told in member.get(*page).content.decode() for page in pages] == [True, True]
    member.post(path(desk))
    text = member.get(pages[0][0]).content.decode()
    assert (told in text, "Arrivée notée à 09:05" in text) == (False, True)


# ---- The screen by the door -------------------------------------------------------------------
def test_screen_says_what_is_free_and_until_when_and_no_name(place, desk, client):
    hold(desk, march(1, "09:00", "12:00"), holder=UserFactory(first_name="Camille"), note="Secret")
    free = SpaceFactory(telecentre=place, name="Poste 4")
    hold(free, march(1, "11:00", "12:00"))

    answer = client.get(SCREEN)

    text = answer.content.decode()
    assert "09:05" in text
    assert "Ouvert jusqu’à 12:30" in text
    assert "1 espace libre" in text
    assert text.index("Poste 3") < text.index("Pris") < text.index("jusqu’à 12:00")
    assert text.index("Poste 4") < text.index("Libre") < text.index("jusqu’à 11:00")
    assert "Camille" not in text
    assert "Secret" not in text
    assert answer["Refresh"] == "30"
    assert answer["Cache-Control"] == "max-age=5, public"


def test_screen_of_what_lasts_says_until_which_day(desk, client):
    hold(desk, march(1, "09:00", "18:00", last=12))

    assert "jusqu’au 12 mars, 18:00" in client.get(SCREEN).content.decode()


@pytest.mark.parametrize(
    ("clock", "told"),
    [
        (at(1, "08:00"), "Fermé, ouvre à 09:00"),
        (at(1, "20:00"), "Fermé, ouvre lundi 8 mars à 09:00"),
    ],
)
def test_screen_of_a_closed_place_says_when_it_opens(desk, client, clock, told):
    with time_machine.travel(clock, tick=False):
        text = " ".join(client.get(SCREEN).content.decode().split())

    assert told in text.replace("Fermé , ouvre", "Fermé, ouvre")
    assert "is-free" not in text


@pytest.mark.parametrize("state", [TelecentreState.PLANNED, TelecentreState.CLOSED])
def test_screen_is_of_open_places(place, client, state):
    place.state = state
    place.save()

    assert client.get(SCREEN).status_code == 404


def test_screen_without_spaces_says_so(place, client):
    assert "Aucun espace n’est encore décrit." in client.get(SCREEN).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_screen_costs_the_same_for_one_and_three(place, client, django_assert_num_queries, number):
    for room in SpaceFactory.create_batch(number, telecentre=place, kind=SpaceKind.MEETING_ROOM):
        hold(room, march(1, "09:00", "12:00"))

    with django_assert_num_queries(SCREEN_QUERIES):
        text = client.get(SCREEN).content.decode()

    assert text.count(TAKEN) == number
