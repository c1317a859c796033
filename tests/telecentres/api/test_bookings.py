import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from jsonschema import Draft202012Validator

from courrier.models import OutgoingMail
from jetons.domain.allowances import spend
from portail.api.views import openapi_document
from telecentres.api.limits import BOOKING_API
from telecentres.enums import BookingOrigin, BookingState, ExtraPer
from telecentres.models import Booking
from tests.factories import (
    BookingFactory,
    ExtraFactory,
    OpeningHoursFactory,
    SpaceFactory,
    TelecentreFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.telecentres.march import hold, march

BOOKINGS = "/api/v1/bookings/"
LIST_QUERIES, BOOK_QUERIES = 5, 14
MONDAY = {"starts_at": "2027-03-01T09:00:00+01:00", "ends_at": "2027-03-01T12:00:00+01:00"}
MORNING = march(1, "09:00", "12:00")
KEY = "une-clef-neuve"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-02-28T10:00:00Z", tick=False):
        yield


@pytest.fixture
def place(territory):
    """Open on week days from 9 to 17."""
    place = TelecentreFactory(
        territory=territory, name="Cap Delta", slug="cap", takes_bookings=True
    )
    for weekday in range(1, 6):
        OpeningHoursFactory(telecentre=place, weekday=weekday, opens_at="09:00", closes_at="17:00")
    return place


@pytest.fixture
def desk(place):
    return SpaceFactory(telecentre=place, name="Poste 1")


@pytest.fixture
def holder(db):
    return UserFactory()


@pytest.fixture
def member(holder) -> Client:
    client = Client()
    client.force_login(holder)
    return client


def send(client: Client, address: str = BOOKINGS, given: object = None, **headers: str):
    """Posted, and held against what the OpenAPI document says of the answer."""
    answer = client.post(
        address, json.dumps(given), content_type="application/json", headers=headers
    )
    document = json.loads(json.dumps(openapi_document()))
    act = address.removeprefix(BOOKINGS).partition("/")[2]
    path = f"{BOOKINGS}{{reference}}/{act}" if act else BOOKINGS
    said = document["paths"][path]["post"]["responses"][str(answer.status_code)]
    schema = said["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json())
    return answer


def book(client: Client, headers: dict[str, str] | None = None, **given: object):
    asked = {"telecentre": "cap", "kind": "desk"} | MONDAY | given
    return send(client, given=asked, **(headers or {}))


def address(booking: Booking, act: str = "") -> str:
    return f"{BOOKINGS}{booking.reference}/{act}"


# ---- Reading ----------------------------------------------------------------------------------
def test_booking_says_all_there_is(desk, holder, member):
    booking = hold(desk, MORNING, holder=holder, people=1, note="écran", price="8.50")
    Booking.objects.update(booked_at="2027-02-20T10:00Z")

    said = {
        "reference": booking.reference,
        "state": "confirmed",
        "telecentre": {"slug": "cap", "name": "Cap Delta"},
        "space": "Poste 1",
        "kind": "desk",
        **MONDAY,
        "people": 1,
        "note": "écran",
        "price": "8.50",
        "extras": [],
        "answer_before": None,
        "booked_at": "2027-02-20T11:00:00+01:00",
        "url": f"http://testserver{address(booking)}",
        "page": f"http://testserver/espace/reservations/{booking.reference}/",
    }
    listed = member.get(BOOKINGS)
    assert listed.json() == {"next": None, "previous": None, "results": [said]}
    assert member.get(address(booking)).json() == said
    assert listed["Cache-Control"] == "private, no-store"


def test_extras_are_asked_for_by_name_and_told_as_they_were(place, desk, member):
    ExtraFactory(telecentre=place, name="Vidéoprojecteur", price=15)
    ExtraFactory(telecentre=place, name="Café", per=ExtraPer.PIECE, price="3.50")

    wanted = [{"name": "Vidéoprojecteur"}, {"name": "Café", "quantity": 2}]
    answer = book(member, extras=[*wanted, {"name": "Café", "quantity": 1}])

    assert (answer.status_code, answer.json()["price"]) == (201, "25.50")
    said = [
        {"name": "Café", "quantity": 3, "unit_price": "3.50"},
        {"name": "Vidéoprojecteur", "quantity": 1, "unit_price": "15.00"},
    ]
    assert answer.json()["extras"] == said
    assert member.get(BOOKINGS).json()["results"][0]["extras"] == said


@pytest.mark.parametrize(
    ("extras", "words"),
    [
        ([{"name": "Café"}], "Ce lieu ne propose rien de ce nom en plus."),
        ([{"name": "Vidéoprojecteur", "quantity": 2}], "« Vidéoprojecteur » : 1 au plus"),
        ([{"name": "Vidéoprojecteur", "quantity": -1}], "supérieure ou égale à 1"),
        ([{"name": "Vidéoprojecteur", "quantity": 10**30}], "inférieure ou égale à 99"),
        ([{"name": "Vidéoprojecteur", "quantity": "deux"}], "Un nombre entier"),
        ([{"quantity": 1}], "Ce champ est obligatoire."),
        ([{"name": "Vidéoprojecteur"}] * 21, "20"),
        ("Vidéoprojecteur", "liste"),
    ],
)
def test_extras_that_cannot_be_are_refused(place, desk, member, extras, words):
    ExtraFactory(telecentre=place, name="Vidéoprojecteur")
    ExtraFactory(name="Café")
    ExtraFactory(telecentre=place, name="Plateau", is_offered=False)

    answer = book(member, extras=extras)

    assert (answer.status_code, Booking.objects.count()) == (400, 0)
    assert words in json.dumps(answer.json(), ensure_ascii=False).replace("\N{NO-BREAK SPACE}", " ")


def test_request_says_until_when_it_waits(desk, holder, member):
    waiting = {"state": BookingState.REQUESTED, "answer_before": "2027-02-28T12:00Z"}
    booking = hold(desk, MORNING, holder=holder, **waiting)

    assert member.get(address(booking)).json()["answer_before"] == "2027-02-28T13:00:00+01:00"


def test_bookings_come_by_pages_the_latest_made_first(place, holder, member):
    made = [hold(SpaceFactory(telecentre=place), MORNING, holder=holder) for _each in range(3)]

    first = member.get(f"{BOOKINGS}?page_size=2").json()
    second = member.get(first["next"]).json()

    pages = [[row["reference"] for row in page["results"]] for page in (first, second)]
    assert pages == [[made[2].reference, made[1].reference], [made[0].reference]]
    assert (second["next"], member.get(second["previous"]).json()) == (None, first)


@pytest.mark.parametrize("number", [1, 3])
def test_bookings_cost_the_same_for_one_and_three(
    place, holder, member, django_assert_num_queries, number
):
    for desk in SpaceFactory.create_batch(number, telecentre=place):
        hold(desk, MORNING, holder=holder)

    with django_assert_num_queries(LIST_QUERIES):
        assert len(member.get(BOOKINGS).json()["results"]) == number


def test_booking_of_another_or_elsewhere_is_as_one_that_never_was(desk, holder, member):
    elsewhere = TerritoryFactory(host_name="gers.localhost")
    others = [
        hold(desk, MORNING),
        BookingFactory(space__telecentre__territory=elsewhere, holder=holder),
    ]
    before = list(Booking.objects.values())

    for reference in (*(other.reference for other in others), "INCONNUE"):
        answers = [
            member.get(f"{BOOKINGS}{reference}/"),
            send(member, f"{BOOKINGS}{reference}/cancel/"),
            send(member, f"{BOOKINGS}{reference}/move/", MONDAY),
        ]
        assert [answer.status_code for answer in answers] == [404] * 3
        told = {"detail": "Il n’y a rien de public à cette adresse."}
        assert [answer.json() for answer in answers] == [told] * 3
    assert member.get(BOOKINGS).json()["results"] == []
    assert list(Booking.objects.values()) == before


def test_visitor_is_told_to_sign_in(desk, client):
    booking = hold(desk, MORNING)

    answers = [
        client.get(BOOKINGS),
        client.get(address(booking)),
        book(client),
        send(client, address(booking, "cancel/")),
        send(client, address(booking, "move/"), MONDAY),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    told = {"detail": "Connectez-vous d’abord sur le site, à /compte/connexion/."}
    assert [answer.json() for answer in answers] == [told] * 5
    assert Booking.objects.get().state == BookingState.CONFIRMED


# ---- Booking ----------------------------------------------------------------------------------
def test_desk_is_booked(desk, holder, member):
    answer = book(member, note="près de la fenêtre")

    booking = Booking.objects.get()
    assert (answer.status_code, answer["Location"]) == (201, answer.json()["url"])
    assert member.get(answer["Location"]).json() == answer.json()
    assert (booking.space, booking.holder, booking.state) == (desk, holder, BookingState.CONFIRMED)
    assert (booking.origin, booking.note) == (BookingOrigin.API, "près de la fenêtre")
    assert (booking.period.lower, booking.period.upper) == (MORNING.start, MORNING.end)
    assert OutgoingMail.objects.get().recipient == holder.email


def test_space_is_booked_by_its_name(place, desk, member):
    other = SpaceFactory(telecentre=place, name="Poste 2")

    answer = send(member, given={"telecentre": "cap", "space": "Poste 2"} | MONDAY)

    assert (answer.status_code, Booking.objects.get().space) == (201, other)


def test_space_on_approval_is_asked_for(place, member):
    SpaceFactory(telecentre=place, needs_approval=True)

    said = book(member).json()

    assert (said["state"], said["answer_before"]) == ("requested", MONDAY["starts_at"])


def test_same_moment_under_another_offset_is_the_same(desk, member):
    answer = book(member, starts_at="2027-03-01T08:00:00Z", ends_at="2027-03-01T13:00:00+02:00")

    said = answer.json()
    assert {name: said[name] for name in MONDAY} == MONDAY


def test_slot_taken_is_a_conflict_with_what_is_free_nearby(desk, member):
    hold(desk, MORNING)

    answer = book(member)

    assert answer.status_code == 409
    assert answer.json() == {
        "detail": "C’est déjà pris à ce moment-là.",
        "alternatives": [
            {"starts_at": f"2027-03-01T{start}:00+01:00", "ends_at": f"2027-03-01T{end}:00+01:00"}
            for start, end in (("12:00", "15:00"), ("12:30", "15:30"), ("13:00", "16:00"))
        ],
    }
    assert Booking.objects.count() == 1


REFUSED = {
    "ends before it starts": (
        {"ends_at": "2027-03-01T08:00:00+01:00"},
        "La fin doit venir après le début.",
    ),
    "ends as it starts": ({"ends_at": MONDAY["starts_at"]}, "La fin doit venir après le début."),
    "400 days": (
        {"ends_at": "2028-04-04T09:00:00+02:00"},
        "C’est trop long : une réservation dure trois mois au plus, puis se renouvelle.",
    ),
    "past": (
        {"starts_at": "2027-02-26T09:00:00+01:00", "ends_at": "2027-02-26T10:00:00+01:00"},
        "Ce moment est déjà passé : choisissez-en un autre.",
    ),
    "too many people": ({"people": 2}, "Vous serez trop nombreux : il y a 1 place."),
    "nothing of the kind": (
        {"kind": "workshop"},
        "Cet espace ne se réserve pas en ligne : appelez le lieu.",
    ),
    "too early": (
        {"starts_at": "2027-06-28T09:00:00+02:00", "ends_at": "2027-06-28T10:00:00+02:00"},
        "C’est trop tôt : cet espace se réserve au plus 90 jours à l’avance.",
    ),
}


@pytest.mark.parametrize(("given", "detail"), REFUSED.values(), ids=REFUSED.keys())
def test_booking_that_the_rules_forbid_is_refused(desk, member, given, detail):
    answer = book(member, **given)

    assert (answer.status_code, answer.json()) == (400, {"detail": detail})
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("given", "why", "near"),
    [
        # Before the opening; on Easter Monday; in the night when summer time begins.
        ({"starts_at": "2027-03-01T08:00:00+01:00"}, "choisissez des heures où il est ouvert", 3),
        (
            {"starts_at": "2027-03-29T09:00:00+02:00", "ends_at": "2027-03-29T10:00:00+02:00"},
            "Lundi de Pâques",
            3,
        ),
        (
            {"starts_at": "2027-03-28T02:30:00+01:00", "ends_at": "2027-03-28T04:30:00+02:00"},
            "choisissez des heures où il est ouvert",
            0,
        ),
    ],
)
def test_booking_outside_hours_is_refused_with_when_it_is_open(desk, member, given, why, near):
    answer = book(member, **given)

    said = answer.json()
    assert answer.status_code == 400
    assert why in said["detail"]
    assert len(said["alternatives"]) == near
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"starts_at": "2027-03-28T02:30:00"}, "starts_at"),
        ({"starts_at": "2027-03-01"}, "starts_at"),
        ({"starts_at": "lundi"}, "starts_at"),
        ({"starts_at": 1_803_888_000}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "starts_at"),
        ({"ends_at": "9999-12-31T23:59:59-12:00"}, "ends_at"),
        ({"ends_at": "1999-12-31T23:59:59+01:00"}, "ends_at"),
        ({"ends_at": None}, "ends_at"),
        ({"people": 0}, "people"),
        ({"people": 501}, "people"),
        ({"people": 10**400}, "people"),
        ({"people": [1]}, "people"),
        ({"note": "x" * 301}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"note": "\ud800"}, "note"),
        ({"telecentre": "ailleurs"}, "telecentre"),
        ({"telecentre": ""}, "telecentre"),
        ({"telecentre": {}}, "telecentre"),
        ({"kind": "cave"}, "kind"),
        ({"space": "Poste 1"}, "space"),
        ({"holder": 12}, "holder"),
    ],
)
def test_booking_that_cannot_be_read_is_refused_by_its_field(desk, member, given, wrong):
    answer = book(member, **given)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [wrong])
    assert not Booking.objects.exists()


def test_naive_time_is_told_what_it_lacks(desk, member):
    [told] = book(member, starts_at="2027-03-28T02:30:00").json()["errors"]["starts_at"]

    assert told == "Dites aussi le décalage de l’heure, comme dans 2027-03-01T09:00:00+01:00."


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"telecentre": "cap"} | MONDAY, ["kind"]),
        ({"telecentre": "cap", "space": "Poste 9"} | MONDAY, ["space"]),
        ({}, ["starts_at", "ends_at", "telecentre"]),
        ([], ["non_field_errors"]),
        ("texte", ["non_field_errors"]),
    ],
)
def test_booking_that_lacks_something_is_refused(desk, member, given, wrong):
    answer = send(member, given=given)

    assert (answer.status_code, sorted(answer.json()["errors"])) == (400, sorted(wrong))


def test_place_that_takes_no_booking_says_to_call(place, desk, member):
    type(place).objects.update(takes_bookings=False)

    assert book(member).json() == {
        "detail": "Cet espace ne se réserve pas en ligne : appelez le lieu."
    }


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b"NaN"])
def test_body_that_is_no_json_is_refused(desk, member, body):
    answer = member.post(BOOKINGS, body, content_type="application/json")

    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": "Ce qui est envoyé n’est pas du JSON."},
    )


def test_text_is_no_json(desk, member):
    assert member.post(BOOKINGS, "{}", content_type="text/plain").status_code == 415


def test_form_says_nothing(desk, member):
    assert member.post(BOOKINGS, {"telecentre": "cap"} | MONDAY).status_code == 400
    assert not Booking.objects.exists()


def test_body_too_large_is_refused(desk, member, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = member.post(BOOKINGS, b" " * 101, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, {"detail": "Cette demande est mal formée."})


# ---- Once, not too often, by oneself ----------------------------------------------------------
def test_booking_sent_again_under_its_key_is_the_same(desk, member):
    first, again = (book(member, {"Idempotency-Key": KEY}) for _turn in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert again["Idempotent-Replayed"] == "true"
    assert (Booking.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_key_of_another_request_is_refused(place, member):
    SpaceFactory.create_batch(2, telecentre=place)
    book(member, {"Idempotency-Key": KEY})

    answer = book(member, {"Idempotency-Key": KEY, "Accept-Language": "en"}, note="autre")

    assert answer.status_code == 422
    assert Booking.objects.count() == 1


def test_refusal_may_be_tried_again_under_its_key(desk, member):
    taken = hold(desk, MORNING)
    assert book(member, {"Idempotency-Key": KEY}).status_code == 409

    taken.delete()

    assert book(member, {"Idempotency-Key": KEY}).status_code == 201


def test_key_is_each_ones_own(place, member):
    SpaceFactory.create_batch(2, telecentre=place)
    other = Client()
    other.force_login(UserFactory())

    answers = [book(one, {"Idempotency-Key": KEY}) for one in (member, other)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Booking.objects.count() == 2


def test_too_many_are_told_when_to_come_back(desk, member):
    for _turn in range(BOOKING_API.most):
        spend(BOOKING_API, "127.0.0.1")

    answer = book(member, {"Accept-Language": "en"})

    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert answer.json() == {"detail": "That is a lot in a short time: try again in 60 minutes."}
    assert member.get(BOOKINGS).status_code == 200
    assert not Booking.objects.exists()


def test_form_token_is_asked_for(desk, holder):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(holder)

    refused = book(careful)
    assert refused.status_code == 403
    assert refused.json() == {
        "detail": "Il manque l’en-tête X-CSRFToken, avec le jeton du cookie csrftoken."
    }
    assert not Booking.objects.exists()

    careful.get("/espace/reservations/agenda/")
    token = careful.cookies["csrftoken"].value
    assert book(careful, {"X-CSRFToken": token}).status_code == 201


# ---- Giving back ------------------------------------------------------------------------------
def test_booking_is_given_back_once(desk, holder, member):
    booking = hold(desk, MORNING, holder=holder)

    first, again = (send(member, address(booking, "cancel/")) for _turn in range(2))

    assert (first.status_code, first.json()["state"]) == (200, "cancelled")
    assert (again.status_code, again.json()) == (
        409,
        {
            "detail": "Cette réservation ne peut plus changer : elle a commencé, ou elle a été"
            " annulée."
        },
    )
    assert OutgoingMail.objects.count() == 1


def test_cancelling_again_under_its_key_is_the_same(desk, holder, member):
    booking = hold(desk, MORNING, holder=holder)

    answers = [
        send(member, address(booking, "cancel/"), **{"Idempotency-Key": KEY}) for _turn in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


# ---- Moving -----------------------------------------------------------------------------------
AFTERNOON = {"starts_at": "2027-03-01T14:00:00+01:00", "ends_at": "2027-03-01T17:00:00+01:00"}


def test_booking_is_moved(desk, holder, member):
    booking = hold(desk, MORNING, holder=holder)

    answer = send(member, address(booking, "move/"), AFTERNOON)

    said = answer.json()
    assert answer.status_code == 200
    assert {name: said[name] for name in AFTERNOON} == AFTERNOON
    assert (said["reference"], said["space"]) == (booking.reference, "Poste 1")


def test_booking_moves_into_another_space(place, desk, holder, member):
    SpaceFactory(telecentre=place, name="Salle", kind="meeting_room")
    booking = hold(desk, MORNING, holder=holder)

    said = send(member, address(booking, "move/"), AFTERNOON | {"space": "Salle"}).json()

    assert (said["space"], said["kind"]) == ("Salle", "meeting_room")


def test_booking_moved_onto_what_is_taken_stays_where_it_is(desk, holder, member):
    booking = hold(desk, MORNING, holder=holder)
    hold(desk, march(1, "14:00", "17:00"))
    before = list(Booking.objects.values())

    answer = send(member, address(booking, "move/"), AFTERNOON)

    assert answer.status_code == 409
    # The next day at the same hour: its own morning is its own.
    assert len(answer.json()["alternatives"]) == 3
    assert list(Booking.objects.values()) == before


def test_booking_that_has_begun_is_not_moved(desk, holder, member):
    booking = hold(desk, MORNING, holder=holder)
    member.get(BOOKINGS)

    with time_machine.travel(MORNING.start + timedelta(minutes=1), tick=False):
        answer = send(member, address(booking, "move/"), AFTERNOON)

    assert answer.status_code == 409
    assert "alternatives" not in answer.json()


def test_refusals_speak_the_readers_language(desk, member):
    hold(desk, MORNING)

    answer = book(member, {"Accept-Language": "en"})

    assert answer.json()["detail"] == "It is already taken at that time."
