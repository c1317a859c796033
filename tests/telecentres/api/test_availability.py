import pytest
import time_machine

from tests.factories import (
    BookingFactory,
    OpeningHoursFactory,
    SpaceFactory,
    TelecentreFactory,
    UserFactory,
)

ADDRESS = "/api/v1/telecentres/cap/availability/"
QUERIES = 5


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-02-28T10:00:00Z", tick=False):
        yield


@pytest.fixture
def place(territory):
    place = TelecentreFactory(territory=territory, slug="cap", takes_bookings=True)
    OpeningHoursFactory(telecentre=place, weekday=1, opens_at="09:00", closes_at="12:00")
    return place


def ask(client, **asked: str):
    return client.get(ADDRESS, {"kind": "desk", "day": "2027-03-01"} | asked)


@pytest.mark.parametrize("number", [1, 3])
def test_availability_says_what_is_left(place, client, django_assert_num_queries, number):
    for desk in SpaceFactory.create_batch(number, telecentre=place, units=["half_day"]):
        BookingFactory(space=desk, holder=UserFactory(first_name="Sentinelle"))
    SpaceFactory(telecentre=place, units=["half_day"])

    with django_assert_num_queries(QUERIES):
        answer = ask(client)

    assert answer.json() == {
        "day": "2027-03-01",
        "kind": "desk",
        "is_open": True,
        "why": "",
        "offers": [
            {
                "unit": "half_day",
                "starts_at": "2027-03-01T09:00:00+01:00",
                "ends_at": "2027-03-01T12:00:00+01:00",
                "free": 1,
                "total": number + 1,
            }
        ],
    }


def test_availability_of_a_closed_day_says_why(place, client):
    SpaceFactory(telecentre=place)

    answer = ask(client, day="2027-03-29").json()

    assert (answer["is_open"], answer["why"], answer["offers"]) == (False, "Lundi de Pâques", [])


def test_availability_is_of_desks_today_unless_said(place, client):
    SpaceFactory(telecentre=place)

    answer = client.get(ADDRESS).json()

    assert (answer["day"], answer["kind"]) == ("2027-02-28", "desk")


def test_availability_for_several_counts_the_spaces_that_hold_them(place, client):
    SpaceFactory(telecentre=place, units=["half_day"], capacity=2)
    SpaceFactory(telecentre=place, units=["half_day"], capacity=4)

    assert [offer["total"] for offer in ask(client, people="3").json()["offers"]] == [1]


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"kind": "cave"}, "kind"),
        ({"day": "demain"}, "day"),
        ({"day": "2027-02-30"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "9999-12-31"}, "day"),
        ({"people": "0"}, "people"),
        ({"people": "501"}, "people"),
        ({"jour": "2027-03-01"}, "jour"),
    ],
)
def test_availability_refuses_what_it_does_not_read(place, client, asked, wrong):
    response = ask(client, **asked)

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [wrong]


def test_availability_says_what_it_reads(place, client):
    kinds = ask(client, kind="cave").json()["errors"]["kind"]
    days = ask(client, day="demain").json()["errors"]["day"]

    assert kinds == ["Choisissez parmi : office, desk, meeting_room, video_point, workshop."]
    assert days == ["Donnez un jour qui existe, écrit comme 2027-03-01."]


NOT_HERE = "Cet espace ne se réserve pas en ligne : appelez le lieu."


@pytest.mark.parametrize("why_not", [{"takes_bookings": False}, {"state": "planned"}])
def test_availability_of_a_place_that_takes_none_says_so(place, client, why_not):
    SpaceFactory(telecentre=place, units=["half_day"])
    type(place).objects.update(**why_not)

    answer = ask(client)

    assert answer.status_code == 200
    assert (answer.json()["offers"], answer.json()["why"]) == ([], NOT_HERE)


def test_availability_without_a_space_of_that_kind_says_so(place, client):
    SpaceFactory(telecentre=place, units=["half_day"])

    answer = ask(client, kind="office").json()

    assert (answer["is_open"], answer["offers"], answer["why"]) == (True, [], NOT_HERE)


def test_availability_of_a_place_closed_for_good_is_unknown(place, client):
    type(place).objects.update(state="closed")

    assert ask(client).status_code == 404


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (
            {"day": "2028-02-28"},
            "C’est trop tôt : cet espace se réserve au plus 90 jours à l’avance.",
        ),
        ({"day": "2027-02-22"}, "Ce moment est déjà passé : choisissez-en un autre."),
        ({"people": "3"}, "Vous serez trop nombreux : il y a 1 place."),
        # A Tuesday: the place is never open then.
        ({"day": "2027-03-02"}, ""),
    ],
)
def test_availability_of_nothing_says_why(place, client, asked, why):
    SpaceFactory(telecentre=place, units=["half_day"])

    answer = ask(client, **asked).json()

    assert (answer["offers"], answer["why"]) == ([], why)


def test_availability_of_what_is_let_by_the_week_has_nothing_more_to_say(place, client):
    SpaceFactory(telecentre=place, units=["week"])

    answer = ask(client).json()

    assert (answer["is_open"], answer["offers"], answer["why"]) == (True, [], "")


@pytest.mark.parametrize("day", ["2000-01-01", "2099-12-31"])
def test_availability_of_days_far_away_is_empty(place, client, day):
    SpaceFactory(telecentre=place)

    assert ask(client, day=day).json()["offers"] == []
