import re
from datetime import date, time
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils.timezone import localtime

from courrier.models import OutgoingMail
from telecentres.enums import BookingState, SpaceKind, TelecentreState
from telecentres.models import Booking, Space
from tests.factories import (
    BookingFactory,
    RightsGroupFactory,
    SpaceFactory,
    TariffFactory,
    UserFactory,
)

pytestmark = pytest.mark.usefixtures("_sunday")
PLACE = "/telecentres/cap/"
CHOOSE = f"{PLACE}reserver/poste/"
MONDAY = {"jour": "2027-03-01", "de": "09:00", "a": "12:00"}
CONFIRM = f"{CHOOSE}confirmer/?jour=2027-03-01&de=09:00&a=12:00"
MONDAY_WHOLE = DateTimeTZRange("2027-03-01T07:00Z", "2027-03-01T18:00Z")
CHOOSE_QUERIES = 7


@pytest.fixture
def member(db) -> Client:
    client = Client()
    client.force_login(UserFactory(email="camille@exemple.fr"))
    return client


def day_numbers(page: str) -> list[str]:
    return re.findall(r"<strong>(\d+)</strong>", page)


def slots(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'class="slot[^"]*"[^>]*><strong>([^<]+)</strong> <span>([^<]+)<', page)
    return [(hours, said) for hours, said in found]


def test_page_of_the_place_leads_to_its_days(desk, client):
    assert f'href="{PLACE}reserver/"' in client.get(PLACE).content.decode()
    assert client.get(f"{PLACE}reserver/")["Location"] == CHOOSE


@pytest.mark.parametrize(
    "closed",
    [{"takes_bookings": False}, {"state": TelecentreState.PLANNED}],
)
def test_place_that_takes_no_bookings_has_no_such_page(desk, client, closed):
    type(desk.telecentre).objects.update(**closed)

    assert "reserver/" not in client.get(PLACE).content.decode()
    for path in (f"{PLACE}reserver/", CHOOSE, CONFIRM):
        assert client.get(path).status_code == 404


def test_kinds_without_a_bookable_space_have_no_page(place, client):
    SpaceFactory(telecentre=place, kind=SpaceKind.DESK, units=[])

    for path in (f"{PLACE}reserver/", CHOOSE, f"{PLACE}reserver/salle/", f"{PLACE}reserver/x/"):
        assert client.get(path).status_code == 404


def test_first_open_day_shows_its_slots(desk, client):
    BookingFactory(space=desk)

    page = client.get(CHOOSE).content.decode()

    assert "Lundi 1er mars" in page
    assert slots(page)[:3] == [
        ("09:00–13:00", "complet"),
        ("13:00–18:00", "1 libre"),
        ("09:00–18:00", "complet"),
    ]
    assert "confirmer/?jour=2027-03-01&amp;de=13%3A00&amp;a=18%3A00" in page


def test_closed_day_says_why(desk, client):
    page = client.get(f"{CHOOSE}?jour=2027-03-29").content.decode()

    assert slots(page) == []
    assert "Fermé ce jour-là\u00a0: Lundi de Pâques" in page


@pytest.mark.parametrize("given", ["jour=x", "jour=2020-01-01", "jour=2027-02-30", "personnes=x"])
def test_words_that_are_no_day_are_ignored(desk, client, given):
    response = client.get(f"{CHOOSE}?{given}")

    assert response.status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_days_cost_the_same_for_one_and_three(place, client, django_assert_num_queries, number):
    for desk in SpaceFactory.create_batch(number, telecentre=place):
        BookingFactory(space=desk)

    with django_assert_num_queries(CHOOSE_QUERIES):
        page = client.get(CHOOSE).content.decode()

    assert slots(page)[0] == ("09:00–13:00", "complet")


def test_booking_takes_three_clicks(desk, member):
    first = member.get(f"{PLACE}reserver/", follow=True)
    second = member.get(CONFIRM)
    third = member.post(CONFIRM, {**MONDAY, "note": "Avec l’écran"})

    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 302)
    booking = Booking.objects.get()
    assert third["Location"] == f"/espace/reservations/{booking.reference}/"
    assert (booking.holder.email, booking.space, booking.state, booking.note) == (
        "camille@exemple.fr",
        desk,
        BookingState.CONFIRMED,
        "Avec l’écran",
    )
    assert localtime(booking.period.lower).time() == time(9)
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == ["camille@exemple.fr"]


def test_visitor_is_asked_to_sign_in_and_comes_back(desk, client):
    page = client.get(CONFIRM).content.decode()
    response = client.post(CONFIRM, MONDAY)

    assert "Me connecter pour réserver" in page
    assert response["Location"].startswith("/compte/connexion/?next=/telecentres/cap/reserver/")
    assert not Booking.objects.exists()


def test_form_sent_twice_books_once(desk, member):
    SpaceFactory(telecentre=desk.telecentre)
    sent = {**MONDAY, "clef-de-demande": "clef-de-test-1"}

    first, second = member.post(CONFIRM, sent), member.post(CONFIRM, sent)

    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("needs_approval", "words"),
    [
        (False, "C’est réservé. Un e-mail de confirmation est parti à"),
        (True, "Votre demande est partie. Un e-mail le confirme à"),
    ],
)
def test_booking_done_is_said_on_its_page(desk, member, needs_approval, words):
    Space.objects.update(needs_approval=needs_approval)

    page = member.post(CONFIRM, MONDAY, follow=True).content.decode()
    booking = Booking.objects.get()
    assert f"{words} {booking.holder.email}." in page
    assert words not in member.get(f"/espace/reservations/{booking.reference}/").content.decode()


def test_slot_taken_meanwhile_shows_what_is_free_near(desk, member):
    BookingFactory(space=desk)

    response = member.post(CONFIRM, MONDAY)

    assert response.status_code == 409
    page = response.content.decode()
    assert "C’est déjà pris à ce moment-là." in page
    assert slots(page) == [
        ("lun 1 Mar", "12:00–15:00"),
        ("lun 1 Mar", "12:30–15:30"),
        ("lun 1 Mar", "13:00–16:00"),
    ]
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"de": "12:00", "a": "09:00"}, "La fin doit venir après le début."),
        ({"au": "2028-04-10"}, "trois mois au plus"),
        ({"jour": "2027-02-26"}, "Ce moment est déjà passé"),
        ({"de": "05:00", "a": "07:00"}, "Le lieu est fermé à ce moment-là"),
        ({"jour": "2027-03-06"}, "Le lieu est fermé à ce moment-là"),
        ({"jour": "2027-03-29"}, "Lundi de Pâques"),
        ({"jour": "2027-09-01"}, "au plus 90 jours à l’avance"),
        ({"personnes": "2"}, "il y a 1 place"),
        ({"jour": "2027-03-28", "de": "02:30", "a": "04:00"}, "cette heure n’existe pas"),
        ({"jour": "2027-10-31", "de": "02:30", "a": "04:00"}, "cette heure passe deux fois"),
        ({"jour": ""}, "Ce champ est obligatoire."),
        ({"jour": "0001-01-01"}, "supérieure ou égale à"),
        ({"jour": "9999-12-31"}, "inférieure ou égale à"),
        ({"au": "9999-12-31"}, "inférieure ou égale à"),
        ({"personnes": "0"}, "supérieure ou égale à 1"),
        ({"personnes": "99999"}, "inférieure ou égale à 500"),
    ],
)
def test_bad_slots_are_refused_with_what_to_do(desk, member, given, words):
    asked = {**MONDAY, **given}

    seen, sent = member.get(f"{CHOOSE}confirmer/", asked), member.post(CONFIRM, asked)

    assert (seen.status_code, sent.status_code) == (200, 400)
    assert words in seen.content.decode()
    assert words in sent.content.decode()
    assert not Booking.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_short_notice_is_told_in_its_unit(desk, member):
    asked = {**MONDAY, "de": "09:00"}
    for notice, words in ((2_880, "au moins 48 heures"), (1_500, "au moins 25 heures")):
        type(desk).objects.update(notice=notice)
        assert words in member.post(CONFIRM, asked).content.decode()
    with time_machine.travel("2027-03-01T07:30:00Z", tick=False):
        type(desk).objects.update(notice=45)
        assert "au moins 45 minutes" in member.post(CONFIRM, asked).content.decode()


def test_page_of_a_slot_without_a_slot_leads_to_the_days(desk, client):
    assert client.get(f"{CHOOSE}confirmer/")["Location"] == CHOOSE


def test_space_on_approval_is_asked_for(desk, member):
    type(desk).objects.update(needs_approval=True)

    assert "Demander ce créneau" in member.get(CONFIRM).content.decode()
    member.post(CONFIRM, MONDAY)

    assert Booking.objects.get().state == BookingState.REQUESTED


def test_large_booking_leads_to_the_room_that_holds_it(place, member):
    small, large = (
        SpaceFactory(telecentre=place, kind=SpaceKind.MEETING_ROOM, capacity=size)
        for size in (4, 12)
    )
    room = CONFIRM.replace("/poste/", "/salle/")

    member.post(room, {**MONDAY, "personnes": "8"})
    member.post(room, {**MONDAY, "personnes": "3"})

    assert [booking.space for booking in Booking.objects.order_by("pk")] == [large, small]


def test_own_booking_is_moved_from_its_page(desk, member):
    member.post(CONFIRM, MONDAY)
    booking = Booking.objects.get()
    moved = f"{CONFIRM}&deplacer={booking.reference}"

    assert "Vous déplacez la réservation" in member.get(moved).content.decode()
    response = member.post(moved, {**MONDAY, "de": "14:00", "a": "16:00"})

    assert response["Location"] == f"/espace/reservations/{booking.reference}/"
    assert "C’est déplacé." in member.get(response["Location"]).content.decode()
    booking.refresh_from_db()
    assert localtime(booking.period.lower).time() == time(14)
    assert Booking.objects.count() == 1


def test_booking_of_another_cannot_be_moved(desk, member):
    theirs = BookingFactory(space=desk)
    before = Booking.objects.values().get()

    for reference in (theirs.reference, "INCONNUE"):
        path = f"{CONFIRM}&deplacer={reference}"
        assert member.get(path).status_code == 404
        assert member.post(path, {**MONDAY, "de": "14:00", "a": "16:00"}).status_code == 404
    assert Booking.objects.values().get() == before


def test_day_is_chosen_by_its_date(desk, client):
    page = client.get(f"{CHOOSE}?jour={date(2027, 3, 3)}&personnes=1").content.decode()

    assert "Mercredi 3 mars" in page


def test_days_come_by_fortnights(desk, client):
    first = client.get(CHOOSE).content.decode()
    within = client.get(f"{CHOOSE}?jour=2027-03-03").content.decode()
    next_one = client.get(f"{CHOOSE}?jour=2027-03-14").content.decode()

    assert [day_numbers(page)[0] for page in (first, within, next_one)] == ["28", "28", "14"]
    assert "Quinzaine précédente" not in within
    assert 'href="/telecentres/cap/reserver/poste/?depuis=2027-03-14">Quinzaine suivante' in first
    assert 'href="/telecentres/cap/reserver/poste/?depuis=2027-02-28">Quinzaine préc' in next_one


def test_next_fortnight_opens_on_its_first_free_day(desk, client):
    """14 March 2027 is a Sunday: closed."""
    page = client.get(f"{CHOOSE}?depuis=2027-03-14").content.decode()

    assert day_numbers(page)[0] == "14"
    assert '<h2 id="heures">Lundi 15 mars</h2>' in page


def test_equipment_is_kept_from_the_slot_to_the_booking(place, member):
    SpaceFactory(telecentre=place, name="A", equipment="Écran")
    both = SpaceFactory(telecentre=place, name="B", equipment="Visio\n écran \n")
    asked = "equipement=%C3%A9cran&equipement=visio"

    chosen = member.get(f"{CHOOSE}?{asked}").content.decode()
    page = member.get(f"{CONFIRM}&{asked}").content.decode()
    answer = member.post(f"{CONFIRM}&{asked}", MONDAY)

    assert slots(chosen)[0] == ("09:00–13:00", "1 libre")
    assert f"{asked}&jour=2027-03-01&de=09%3A00" in unescape(chosen)
    assert "écran, visio</span>" in page
    assert page.count('name="equipement"') == 4
    assert (answer.status_code, Booking.objects.get().space) == (302, both)


def test_equipment_that_no_space_has_is_unknown(desk, client):
    assert client.get(f"{CHOOSE}?equipement=sauna").status_code == 404


def test_first_day_with_a_place_left_is_shown(desk, client):
    BookingFactory(space=desk, period=MONDAY_WHOLE, occupied=MONDAY_WHOLE)

    assert "Mardi 2 mars" in client.get(CHOOSE).content.decode()


def test_booking_for_several_keeps_its_number_when_it_moves(place, member):
    room = SpaceFactory(telecentre=place, kind=SpaceKind.MEETING_ROOM, capacity=4)
    SpaceFactory(telecentre=place, kind=SpaceKind.MEETING_ROOM, capacity=1)
    confirm = CONFIRM.replace("/poste/", "/salle/")
    member.post(confirm, {**MONDAY, "personnes": "3"})
    booking = Booking.objects.get()

    member.post(f"{confirm}&deplacer={booking.reference}", {**MONDAY, "de": "14:00", "a": "16:00"})

    booking.refresh_from_db()
    assert (booking.people, booking.space, booking.sequence) == (3, room, 1)


def test_price_is_shown_then_frozen(place, desk, member):
    TariffFactory(telecentre=place, price="8.50")

    seen = member.get(CONFIRM).content.decode()
    done = member.post(CONFIRM, {**MONDAY, "prix": "8.50"}, follow=True).content.decode()

    assert 'name="prix" value="8.50"' in seen
    for page in (seen, done):
        assert "1 demi-journée</th>" in page
        assert "8,50\xa0€" in page
    assert Booking.objects.get().price == Decimal("8.50")


def test_visitor_sees_what_everyone_pays(place, desk, client):
    TariffFactory(telecentre=place, price="8.50")

    page = client.get(CONFIRM).content.decode()

    assert "8,50\xa0€" in page
    assert "C’est le tarif de tous." in page


def test_price_that_changed_is_shown_before_it_is_agreed_to(place, desk, member):
    TariffFactory(telecentre=place, price=9)

    response = member.post(CONFIRM, {**MONDAY, "prix": "8.50"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Le prix a changé" in page
    assert 'name="prix" value="9.00"' in page
    assert not Booking.objects.exists()

    assert member.post(CONFIRM, {**MONDAY, "prix": "9.00"}).status_code == 302


def test_moved_booking_shows_its_new_price(place, desk, member):
    TariffFactory(telecentre=place)
    member.post(CONFIRM, MONDAY)
    moved = f"{CONFIRM.replace('a=12:00', 'a=17:00')}&deplacer={Booking.objects.get().reference}"

    assert 'name="prix" value="16.00"' in member.get(moved).content.decode()
    member.post(moved, {**MONDAY, "a": "17:00", "prix": "16.00"})

    assert Booking.objects.get().price == 16


def test_space_kept_for_a_group_says_so_to_others(desk, member):
    group = RightsGroupFactory(name="Agents de la mairie")
    desk.audience.add(group)

    seen, sent = member.get(CONFIRM), member.post(CONFIRM, MONDAY)

    for response in (seen, sent):
        assert "réservé à certains (Agents de la mairie)" in response.content.decode()
    assert (seen.status_code, sent.status_code) == (200, 400)
    assert not Booking.objects.exists()


def test_pages_in_english(desk, client):
    page = client.get(f"/en{CHOOSE}").content.decode()

    assert "Monday 1 March" in page
    assert slots(page)[0] == ("09:00–13:00", "1 free")
