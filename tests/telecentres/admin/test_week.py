import pytest
from django.urls import reverse

from registre.enums import JournalAct
from registre.models import JournalEntry
from telecentres.enums import BookingState
from telecentres.models import Booking
from tests.factories import (
    BookingFactory,
    SpaceFactory,
    TelecentreFactory,
    UserFactory,
    VisitorHoldFactory,
)
from tests.telecentres.march import at

pytestmark = pytest.mark.usefixtures("_monday")
QUERIES = 18


def page(place) -> str:
    return reverse("admin:telecentres_telecentre_week", args=[place.pk])


@pytest.fixture
def asked(place) -> Booking:
    space = SpaceFactory(telecentre=place, name="Salle")
    holder = UserFactory(first_name="Camille", last_name="Roux")
    state = BookingState.REQUESTED
    return BookingFactory(space=space, holder=holder, state=state, answer_before=at(1, "10:00"))


def test_week_shows_who_holds_what_and_is_journaled(place, manager_client, asked):
    text = manager_client.get(page(place)).content.decode()

    assert "Du lundi 1 mars au dimanche 7 mars 2027. 1 réservation." in text
    assert "<strong>1 demande attend votre réponse.</strong>" in text
    assert "09:00–12:00 <strong>Camille Roux</strong>" in text
    assert f'value="accepter:{asked.reference}"' in text
    read = JournalEntry.objects.filter(act=JournalAct.READ)
    assert list(read.values_list("model", "rows")) == [("telecentres.Booking", 1)]


def test_what_a_visitor_has_yet_to_confirm_is_shown_without_a_name(place, manager_client):
    """A name that was only typed is nobody's."""
    held = VisitorHoldFactory(booking__space__telecentre=place).booking
    visitor = UserFactory(first_name="Ada", last_name="Martin")

    before = manager_client.get(page(place)).content.decode()
    Booking.objects.update(holder=visitor, state=BookingState.CONFIRMED)
    after = manager_client.get(page(place)).content.decode()

    assert "09:00–12:00 <strong>à confirmer par e-mail</strong>" in before
    assert "Ada" not in before
    assert held.reference not in before
    assert "09:00–12:00 <strong>Ada Martin</strong>" in after


def test_free_stretch_leads_to_book_it(place, manager_client):
    desk = SpaceFactory(telecentre=place)
    book = reverse("admin:telecentres_telecentre_book", args=[place.pk])
    asks = f"?espace={desk.pk}&amp;jour=2027-03-08&amp;de=09:00&amp;a=12:30"

    text = manager_client.get(page(place), {"jour": "2027-03-14"}).content.decode()

    assert f'href="{book}{asks}"' in text


def test_week_of_a_holiday_says_why_it_is_closed(place, manager_client):
    SpaceFactory(telecentre=place)

    text = manager_client.get(page(place), {"jour": "2027-03-29"}).content.decode()

    assert "<span>Lundi de Pâques</span>" in text


@pytest.mark.parametrize("given", ["", "demain", "0001-01-01", "9999-12-31", "2027-02-30"])
def test_words_that_are_no_day_lead_to_this_week(place, manager_client, given):
    text = manager_client.get(page(place), {"jour": given}).content.decode()

    assert "Du lundi 1 mars au dimanche 7 mars 2027." in text


@pytest.mark.parametrize("given", ["2000-01-02", "2099-12-30"])
def test_first_and_last_weeks_of_the_calendar_are_shown(place, manager_client, given):
    SpaceFactory(telecentre=place)

    assert manager_client.get(page(place), {"jour": given}).status_code == 200


@pytest.mark.parametrize(
    ("word", "state", "said"),
    [
        ("accepter", BookingState.CONFIRMED, "1 réservation est acceptée."),
        ("refuser", BookingState.REFUSED, "1 réservation est refusée."),
    ],
)
def test_request_is_answered_in_one_tap(place, manager_client, asked, word, state, said):
    sent = {"reponse": f"{word}:{asked.reference}"}

    response = manager_client.post(f"{page(place)}?jour=2027-03-03", sent)

    assert response["Location"] == f"{page(place)}?jour=2027-03-01"
    asked.refresh_from_db()
    assert asked.state == state
    told = manager_client.get(page(place)).content.decode()
    assert f"{said} Son titulaire est prévenu." in told


@pytest.mark.parametrize(
    "reponse", ["", "accepter", "annuler:{}", "accepter:{}x", "accepter:ABCDEFGH"]
)
def test_answer_that_is_none_changes_nothing(place, manager_client, asked, reponse):
    sent = {"reponse": reponse.format(asked.reference)}

    told = manager_client.post(page(place), sent, follow=True).content.decode()

    assert "Cet envoi est incomplet" in told
    asked.refresh_from_db()
    assert asked.state == BookingState.REQUESTED


def test_request_of_another_place_is_not_answered_from_here(manager_client, place):
    elsewhere = BookingFactory(
        space__telecentre__territory=place.territory,
        state=BookingState.REQUESTED,
        answer_before=at(1, "10:00"),
    )

    manager_client.post(page(place), {"reponse": f"accepter:{elsewhere.reference}"})

    elsewhere.refresh_from_db()
    assert elsewhere.state == BookingState.REQUESTED


def test_week_of_another_place_is_as_one_that_never_was(place, manager_client):
    elsewhere = TelecentreFactory(territory=place.territory)

    for address in (page(elsewhere), page(place).replace(str(place.pk), "999999")):
        assert manager_client.get(address).status_code == 404
        assert manager_client.post(address).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_week_costs_the_same_for_one_and_three(
    place, manager_client, django_assert_num_queries, number
):
    for desk in SpaceFactory.create_batch(number, telecentre=place):
        BookingFactory(space=desk)

    with django_assert_num_queries(QUERIES):
        manager_client.get(page(place))


def test_page_of_the_place_leads_to_its_week(place, officer_client):
    change = reverse("admin:telecentres_telecentre_change", args=[place.pk])

    assert f'href="{page(place)}"' in officer_client.get(change).content.decode()
