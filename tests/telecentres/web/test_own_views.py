import re
from uuid import uuid4

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from icalendar import Calendar

from courrier.models import OutgoingMail
from telecentres.enums import BookingState
from telecentres.models import Booking
from tests.factories import BookingChangeFactory, BookingFactory, SpaceFactory, UserFactory

NOW = "2027-02-28T10:00:00Z"
LIST_QUERIES = 8
PAGE_QUERIES = 6


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def holder(db):
    return UserFactory(email="camille@exemple.fr")


@pytest.fixture
def space(territory):
    return SpaceFactory(name="Poste 3", telecentre__territory=territory, telecentre__slug="cap")


@pytest.fixture
def booking(space, holder) -> Booking:
    booking = BookingFactory(space=space, holder=holder)
    BookingChangeFactory(booking=booking)
    return booking


@pytest.fixture
def member(holder) -> Client:
    client = Client()
    client.force_login(holder)
    return client


def path(booking: Booking) -> str:
    return f"/espace/reservations/{booking.reference}/"


@pytest.mark.parametrize("number", [1, 3])
def test_own_bookings_cost_the_same_for_one_and_three(
    territory, holder, member, django_assert_num_queries, number
):
    for _each in range(number):
        BookingFactory(space__telecentre__territory=territory, holder=holder)
        BookingFactory(
            space__telecentre__territory=territory, holder=holder, state=BookingState.CANCELLED
        )

    with django_assert_num_queries(LIST_QUERIES):
        page = member.get("/espace/reservations/").content.decode()

    assert page.count("booking-card") == number
    assert page.count("(annulée)") == number


def test_own_bookings_past_come_by_their_day_and_say_who_came(space, holder, member):
    for day, more in (
        (10, {"checked_in_at": "2027-02-10T08:00Z"}),
        (12, {}),
        (11, {"state": BookingState.NO_SHOW}),
    ):
        period = DateTimeTZRange(f"2027-02-{day}T08:00Z", f"2027-02-{day}T11:00Z")
        BookingFactory(space=space, holder=holder, period=period, **more)

    page = member.get("/espace/reservations/").content.decode()

    assert re.findall(r"(\d+) février 2027 [^<]*</a>([^<]*)</li>", page) == [
        ("12", ""),
        ("11", " (non honorée)"),
        ("10", " (vous êtes venu·e)"),
    ]


def test_own_bookings_past_are_read_beyond_the_twentieth(space, holder, member):
    for day in range(1, 22):
        period = DateTimeTZRange(f"2027-01-{day:02}T08:00Z", f"2027-01-{day:02}T11:00Z")
        BookingFactory(space=space, holder=holder, period=period)

    first = member.get("/espace/reservations/").content.decode()
    second = member.get("/espace/reservations/?page=2").content.decode()

    assert (first.count("janvier 2027"), second.count("janvier 2027")) == (20, 1)
    assert 'href="?page=2"' in first
    assert "1er janvier 2027" in second


def test_own_bookings_empty_say_what_to_do(territory, member):
    page = member.get("/espace/reservations/").content.decode()

    assert "Rien de prévu" in page
    assert 'href="/telecentres/"' in page


def test_members_space_shows_the_next_ones(booking, member):
    page = member.get("/espace/").content.decode()

    assert f'href="{path(booking)}"' in page


def test_own_booking_is_read_and_given_back(booking, member):
    page = member.get(path(booking)).content.decode()
    assert "Lundi 1er mars 2027, de 09:00 à 12:00" in page

    assert member.post(path(booking))["Location"] == path(booking)

    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == ["camille@exemple.fr"]
    assert "Annuler cette réservation" not in member.get(path(booking)).content.decode()


def test_booking_given_back_already_says_so(booking, member):
    member.post(path(booking))

    response = member.post(path(booking))

    assert response.status_code == 409
    assert "ne peut plus être annulée" in response.content.decode()
    assert OutgoingMail.objects.count() == 1


def test_booking_that_has_begun_is_not_moved(booking, member):
    with time_machine.travel("2027-03-01T09:00:00Z", tick=False):
        page = member.get(path(booking)).content.decode()

    assert "deplacer=" not in page
    assert "Annuler cette réservation" in page


def test_request_says_when_the_answer_comes(booking, member):
    Booking.objects.update(state=BookingState.REQUESTED, answer_before="2027-02-28T12:00Z")

    page = member.get(path(booking)).content.decode()

    assert "28 février 2027 à 13:00" in page
    assert "Annuler cette demande" in page


def test_calendar_file_is_read_back(booking, member):
    response = member.get(f"/espace/reservations/{booking.reference}.ics")

    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert response["Content-Type"] == "text/calendar"
    assert event["UID"] == f"{booking.reference}@ariege.localhost"
    assert event["SUMMARY"] == f"{booking.space.telecentre} – Poste 3"
    assert (event.start, event.end) == (booking.period.lower, booking.period.upper)


def test_booking_of_another_is_as_one_that_never_was(booking, territory):
    other = Client()
    other.force_login(UserFactory())
    before = Booking.objects.values().get()

    for address in (path(booking), "/espace/reservations/INCONNUE/"):
        assert other.get(address).status_code == 404
        assert other.post(address).status_code == 404
        assert other.get(f"{address[:-1]}.ics").status_code == 404
    assert Booking.objects.values().get() == before


def test_visitor_is_asked_to_sign_in(booking, client):
    for address in ("/espace/reservations/", path(booking), f"{path(booking)[:-1]}.ics"):
        assert client.get(address)["Location"] == f"/compte/connexion/?next={address}"


def test_reminders_are_stopped_and_asked_for_again(territory, holder, member):
    for sent, wanted, shown in [
        ({}, False, "Me le rappeler par e-mail"),
        ({"rappels": "1"}, True, "Ne plus recevoir ces rappels"),
    ]:
        page = member.post("/espace/reservations/rappels/", sent, follow=True)

        assert (page.status_code, shown in page.content.decode()) == (200, True)
        holder.refresh_from_db()
        assert holder.wants_reminders is wanted


# ---- A series -----------------------------------------------------------------------------------
def monday(day: int, *, ends: str = "11:00") -> DateTimeTZRange:
    return DateTimeTZRange(f"2027-03-{day:02}T08:00Z", f"2027-03-{day:02}T{ends}Z")


@pytest.fixture
def series(space, holder) -> list[Booking]:
    """Three Mondays of March."""
    key = uuid4()
    for day in (1, 8, 15):
        BookingFactory(space=space, holder=holder, series=key, period=monday(day))
    return list(Booking.objects.order_by("period"))


def test_series_shows_as_such_in_the_list_and_on_its_pages(series, member):
    cards = member.get("/espace/reservations/").content.decode()
    page = member.get(path(series[1])).content.decode()

    assert cards.count("série de 3 dates") == 3
    assert [f'href="{path(one)}"' in page for one in series] == [True, False, True]
    assert "Annuler cette date et les suivantes" in page


def test_spaces_together_show_as_such(space, holder, member):
    key = uuid4()
    first, _second = (
        BookingFactory(space=desk, holder=holder, series=key)
        for desk in (space, SpaceFactory(telecentre=space.telecentre))
    )

    assert "réservé avec d’autres" in member.get("/espace/reservations/").content.decode()
    assert "Annuler tous les espaces de cette date" in member.get(path(first)).content.decode()


def test_last_date_of_a_series_is_given_back_alone(series, member):
    assert "suivantes" not in member.get(path(series[2])).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_a_series_costs_the_same_for_one_and_three(
    series, member, django_assert_num_queries, number
):
    Booking.objects.filter(pk__in=[one.pk for one in series[number:]]).delete()

    with django_assert_num_queries(PAGE_QUERIES):
        assert member.get(path(series[0])).status_code == 200


def test_this_date_and_the_next_ones_are_given_back(series, member):
    answer = member.post(f"{path(series[1])}suivantes/", follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [("/espace/reservations/", 302)]
    assert "2 réservations sont annulées." in page
    assert [row.state for row in Booking.objects.order_by("period")] == [
        BookingState.CONFIRMED,
        BookingState.CANCELLED,
        BookingState.CANCELLED,
    ]
    assert OutgoingMail.objects.count() == 1


def test_dates_too_late_to_give_back_are_named_and_stay(series, member):
    with time_machine.travel("2027-03-08T11:30:00Z", tick=False):
        page = member.post(f"{path(series[1])}suivantes/", follow=True).content.decode()

    assert "1 réservation est annulée." in page
    assert "elles restent\u00a0: lundi 8 mars 2027, de 09:00 à 12:00." in page


def test_series_all_over_has_nothing_to_give_back(series, holder, member):
    with time_machine.travel("2027-03-15T11:30:00Z", tick=False):
        # The session ended meanwhile.
        member.force_login(holder)
        answer = member.post(f"{path(series[2])}suivantes/")

    assert answer.status_code == 409
    assert "plus rien à annuler" in answer.content.decode()
    assert not OutgoingMail.objects.exists()


def test_series_of_somebody_else_is_not_given_back(series):
    client = Client()
    client.force_login(UserFactory())

    assert client.post(f"{path(series[0])}suivantes/").status_code == 404
    assert not Booking.objects.exclude(state=BookingState.CONFIRMED).exists()
