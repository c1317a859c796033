import pytest
import time_machine
from django.urls import reverse

from registre.enums import JournalAct
from registre.models import JournalEntry
from telecentres.enums import BookingOrigin, BookingState
from telecentres.models import Booking
from tests.factories import (
    BookingFactory,
    BookingLineFactory,
    SpaceFactory,
    TariffFactory,
    TelecentreFactory,
    UserFactory,
    VisitorHoldFactory,
)

QUERIES = 21
NBSP = "\N{NO-BREAK SPACE}"


pytestmark = pytest.mark.usefixtures("_monday")


def page(place) -> str:
    return reverse("admin:telecentres_telecentre_day", args=[place.pk])


def test_day_shows_who_comes_and_is_journaled(place, manager_client):
    desk = SpaceFactory(telecentre=place, name="Poste 7")
    holder = UserFactory(first_name="Camille", last_name="Roux", email="camille@exemple.fr")
    BookingFactory(space=desk, holder=holder)
    free = SpaceFactory(telecentre=place, name="Poste 8")

    text = manager_client.get(page(place)).content.decode()

    assert "<h1>Lundi 1 mars 2027</h1>" in text
    assert f'/change/">{place.name}</a> &rsaquo; 1 mars 2027' in text
    assert "1 réservation." in text
    assert "<td>09:00–12:00</td>" in text
    assert 'Camille Roux</a><br><a href="mailto:camille@exemple.fr">' in text
    book = reverse("admin:telecentres_telecentre_book", args=[place.pk])
    assert f'href="{book}?jour=2027-03-01">Réserver pour quelqu’un</a>' in text
    assert f'<td colspan="6"><a href="{book}?espace={free.pk}&amp;jour=2027-03-01">libre<' in text
    read = JournalEntry.objects.filter(act=JournalAct.READ)
    assert list(read.values_list("model", "rows")) == [("telecentres.Booking", 1)]


def test_day_says_what_to_prepare(place, manager_client):
    held = BookingFactory(space__telecentre=place, note="Sans gluten.")
    BookingLineFactory(booking=held)
    BookingLineFactory(of_extra=True, booking=held)
    BookingLineFactory(of_extra=True, booking=held, quantity=6, label="Plateau-repas")

    text = manager_client.get(page(place)).content.decode()

    told = "Vidéoprojecteur, 6 × Plateau-repas</td>"
    assert f"Sans gluten.<br><strong>À préparer{NBSP}:</strong> {told}" in text


def test_what_a_visitor_has_yet_to_confirm_is_shown_without_a_name(place, manager_client):
    VisitorHoldFactory(booking__space__telecentre=place)

    text = manager_client.get(page(place)).content.decode()

    assert ">à confirmer par e-mail</a>" in text
    assert "Ada" not in text


def test_who_has_no_account_is_called_by_what_was_typed(place, manager_client):
    BookingFactory(space__telecentre=place, holder=None, note="Mme Dupuy")

    text = manager_client.get(page(place)).content.decode()

    assert ">Mme Dupuy</a></td>" in text
    assert text.count("Mme Dupuy") == 1


def test_day_that_is_over_says_whose_arrival_nobody_noted(place, manager_client):
    BookingFactory(space__telecentre=place)
    SpaceFactory(telecentre=place)

    with time_machine.travel("2027-03-02T08:00Z", tick=False):
        text = manager_client.get(page(place), {"jour": "2027-03-01"}).content.decode()

    assert '<td><span class="quiet">pas noté</span></td>' in text
    assert '<td colspan="6">libre</td>' in text


def test_day_counts_the_requests_that_wait(place, manager_client):
    assert "votre réponse" not in manager_client.get(page(place)).content.decode()
    state = BookingState.REQUESTED
    BookingFactory(space__telecentre=place, state=state, answer_before="2027-03-01T07:59Z")

    text = manager_client.get(page(place)).content.decode()

    requests = reverse("admin:telecentres_booking_changelist")
    assert f'href="{requests}?a_traiter=a-repondre&amp;q=' in text
    assert "1 demande attend votre réponse." in text


def test_day_of_another_date_takes_nobody_in(place, manager_client):
    text = manager_client.get(page(place), {"jour": "2027-03-29"}).content.decode()

    assert "Lundi de Pâques" in text
    assert "Donner cette place" not in text


@pytest.mark.parametrize("given", ["", "demain", "0001-01-01", "9999-12-31", "2027-02-30"])
def test_words_that_are_no_day_lead_to_today(place, manager_client, given):
    assert "Lundi 1 mars 2027" in manager_client.get(page(place), {"jour": given}).content.decode()


def test_arrival_is_noted_in_one_tap(place, manager_client):
    held = BookingFactory(space__telecentre=place, space__name="Poste 7")
    assert "Est là" in manager_client.get(page(place)).content.decode()

    answer = manager_client.post(page(place), {"arrived": held.pk}, follow=True)

    text = answer.content.decode()
    assert f"{held} : l’arrivée est notée." in text
    assert "<td>09:30</td>" in text
    assert "Est là" not in text
    held.refresh_from_db()
    assert f"{held.checked_in_at:%H:%M}" == "08:30"
    edited = JournalEntry.objects.filter(act=JournalAct.EDITED)
    assert list(edited.values_list("model", "object_key")) == [
        ("telecentres.Booking", str(held.pk)),
    ]  # fmt: skip


def test_arrival_out_of_its_time_is_not_noted(place, manager_client):
    with time_machine.travel("2027-03-01T07:00:00Z", tick=False):
        held = BookingFactory(space__telecentre=place)
        assert "Est là" not in manager_client.get(page(place)).content.decode()

        answer = manager_client.post(page(place), {"arrived": held.pk}, follow=True)

    assert f"{held} n’attend plus personne en ce moment." in answer.content.decode()
    assert Booking.objects.get().checked_in_at is None


def test_arrival_at_another_place_is_as_one_that_never_was(place, manager_client):
    held = BookingFactory(space__telecentre__territory=place.territory)

    for given in (held.pk, "abc", "\x00", ""):
        assert manager_client.post(page(place), {"arrived": given}).status_code in {400, 404}
    assert manager_client.post(page(held.space.telecentre), {"arrived": held.pk}).status_code == 404
    assert Booking.objects.get().checked_in_at is None


def test_walk_in_is_taken_in_two_taps(place, manager_client):
    desk = SpaceFactory(telecentre=place, name="Poste 7")

    response = manager_client.post(page(place), {"space": desk.pk, "until": "12:00"}, follow=True)

    booking = Booking.objects.get()
    assert (booking.space, booking.origin, booking.holder) == (desk, BookingOrigin.COUNTER, None)
    assert f"C’est fait{NBSP}: Poste 7 jusqu’à 12:00." in response.content.decode()


def test_walk_in_is_told_what_it_costs(place, manager_client):
    desk = SpaceFactory(telecentre=place, name="Poste 7")
    TariffFactory(telecentre=place, kind=desk.kind, unit="hour", price=4)

    response = manager_client.post(page(place), {"space": desk.pk, "until": "12:00"}, follow=True)

    told = f"C’est fait{NBSP}: Poste 7 jusqu’à 12:00, 12,00{NBSP}€."
    pay = reverse("admin:telecentres_telecentre_nobody", args=[place.pk])
    query = f"?mois=2027-03&amp;reservation={Booking.objects.get()}#encaisser"
    assert f'{told} <a href="{pay}{query}">Encaisser</a>' in response.content.decode()


def test_walk_in_where_somebody_is_says_so(place, manager_client):
    desk = SpaceFactory(telecentre=place)
    BookingFactory(space=desk)

    response = manager_client.post(page(place), {"space": desk.pk, "until": "12:00"}, follow=True)

    assert "C’est déjà pris à ce moment-là." in response.content.decode()
    assert Booking.objects.count() == 1


def test_walk_in_takes_no_space_of_another_place(place, manager_client):
    elsewhere = SpaceFactory(telecentre__territory=place.territory)

    response = manager_client.post(page(place), {"space": elsewhere.pk, "until": "12:00"})

    assert list(response.context["form"].errors) == ["space"]
    assert not Booking.objects.exists()


def test_day_of_another_place_is_as_one_that_never_was(place, manager_client):
    elsewhere = TelecentreFactory(territory=place.territory)

    for address in (page(elsewhere), page(place).replace(str(place.pk), "999999")):
        assert manager_client.get(address).status_code == 404
        assert manager_client.post(address, {"until": "12:00"}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_day_costs_the_same_for_one_and_three(
    place, manager_client, django_assert_num_queries, number
):
    for desk in SpaceFactory.create_batch(number, telecentre=place):
        BookingFactory(space=desk)

    with django_assert_num_queries(QUERIES):
        manager_client.get(page(place))


def test_page_of_the_place_leads_to_its_day(place, officer_client):
    change = reverse("admin:telecentres_telecentre_change", args=[place.pk])

    assert f'href="{page(place)}"' in officer_client.get(change).content.decode()
