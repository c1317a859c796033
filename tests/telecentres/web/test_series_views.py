import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from icalendar import Calendar

from courrier.models import OutgoingMail
from telecentres.models import Booking, Tariff
from tests.factories import (
    BookingFactory,
    PackFactory,
    SpaceFactory,
    TariffFactory,
    UserFactory,
)

pytestmark = pytest.mark.usefixtures("_sunday")
NBSP = "\N{NO-BREAK SPACE}"
CONFIRM = "/telecentres/cap/reserver/poste/confirmer/"
SEVERAL = "/telecentres/cap/reserver/poste/plusieurs/"
MONDAY = {"jour": "2027-03-01", "de": "09:00", "a": "12:00"}
FOUR = MONDAY | {"semaines": "4"}
DAYS = ["2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22"]
# Nine of them are those of `look_ahead`.
PAGE_QUERIES = 13


@pytest.fixture
def camille(db):
    return UserFactory(email="camille@exemple.fr")


@pytest.fixture
def member(camille) -> Client:
    client = Client()
    client.force_login(camille)
    return client


def read(response) -> str:
    return unescape(response.content.decode())


def boxes(page: str) -> list[tuple[str, bool]]:
    found = re.findall(r'name="dates" value="([^"]+)"( checked)?', page)
    return [(value, bool(ticked)) for value, ticked in found]


def reasons(page: str) -> list[tuple[str, str]]:
    return re.findall(r'class="is-out"><strong>([^<]+)</strong> <span class="note">([^<]+)<', page)


# ---- From the page of one date ------------------------------------------------------------------
def test_page_of_one_date_leads_to_several(desk, client):
    page = read(client.get(CONFIRM, MONDAY))

    assert f'action="{SEVERAL}"' in page
    assert '<input type="hidden" name="jour" value="2027-03-01"' in page


def test_people_whom_no_desk_holds_are_led_to_as_many_desks(desk, client):
    page = read(client.get(CONFIRM, MONDAY | {"personnes": "3"}))

    assert "Vous serez trop nombreux" in page
    assert '<details class="panel section" open>' in page
    assert re.search(r'name="espaces" value="3"', page)


def test_booking_that_moves_is_of_one_date(desk, camille, member):
    booking = BookingFactory(space=desk, holder=camille)

    assert SEVERAL not in read(member.get(CONFIRM, MONDAY | {"deplacer": booking.reference}))


# ---- What is free -------------------------------------------------------------------------------
def test_visitor_is_asked_to_sign_in_first(desk, client):
    for answer in (client.get(SEVERAL, FOUR), client.post(SEVERAL, FOUR)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/compte/connexion/?next=/telecentres/cap/")


def test_every_date_shows_its_price_or_what_stands_in_its_way(place, desk, member):
    TariffFactory(telecentre=place, price=Decimal("8.50"))
    BookingFactory(space=desk)

    page = read(member.get(SEVERAL, MONDAY | {"semaines": "6"}))

    assert boxes(page) == [(f"2027-03-{day:02}=8.50", True) for day in (8, 15, 22)] + [
        ("2027-04-05=8.50", True)
    ]
    assert reasons(page) == [
        ("lundi 1er mars 2027", "C’est déjà pris à ce moment-là."),
        (
            "lundi 29 mars 2027",
            f"Le lieu est fermé à ce moment-là (Lundi de Pâques){NBSP}: choisissez un autre jour.",
        ),
    ]
    assert "4 dates libres sur 6." in page
    assert f"4 dates cochées{NBSP}: 34,00{NBSP}€ à payer sur place." in page
    assert not Booking.objects.exclude(space=desk, series=None).exists()


def test_series_may_end_with_a_day(desk, member):
    page = read(member.get(SEVERAL, MONDAY | {"jusque": "2027-03-21"}))

    assert boxes(page) == [(day, True) for day in DAYS[:3]]
    assert "chaque lundi" in page


def test_several_spaces_show_one_price_line_by_line(place, desk, member):
    SpaceFactory(telecentre=place)
    TariffFactory(telecentre=place, price=8)
    PackFactory(telecentre=place, holder=member.get("/").wsgi_request.user, half_days=1)

    page = read(member.get(SEVERAL, MONDAY | {"espaces": "2"}))

    assert boxes(page) == [("2027-03-01=8.00", True)]
    assert "2 espaces en même temps" in page
    assert "1 demi-journée de votre carnet" in page


def test_more_spaces_than_there_are_free_says_how_many_are(place, desk, member):
    SpaceFactory(telecentre=place)
    BookingFactory(space=desk)

    page = read(member.get(SEVERAL, MONDAY | {"espaces": "2"}))

    assert boxes(page) == []
    assert reasons(page) == [
        (
            "lundi 1er mars 2027",
            f"Il n’en reste que 1 à ce moment-là{NBSP}: demandez-en moins, ou changez de moment.",
        )
    ]
    assert "Rien n’est libre." in page
    assert "Réserver ce qui est coché" not in page


def test_one_date_in_one_space_is_the_simple_page(desk, member):
    assert member.get(SEVERAL, MONDAY)["Location"] == (
        f"{CONFIRM}?jour=2027-03-01&de=09%3A00&a=12%3A00"
    )
    assert member.get(SEVERAL)["Location"] == "/telecentres/cap/reserver/poste/"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"semaines": "53"}, "inférieure ou égale à 52"),
        ({"semaines": "0"}, "supérieure ou égale à 1"),
        ({"semaines": "4", "jusque": "2027-03-21"}, "pas les deux"),
        ({"jusque": "2027-02-21"}, "qui vient après le premier"),
        ({"jusque": "2028-02-28"}, "d’ici un an"),
        ({"espaces": "11"}, "inférieure ou égale à 10"),
        ({"semaines": "4", "de": "12:00", "a": ""}, "Ce champ est obligatoire."),
        ({"semaines": "x"}, "nombre entier"),
    ],
)
def test_words_that_make_no_series_are_told(desk, member, given, words):
    seen = member.get(SEVERAL, MONDAY | given)
    sent = member.post(SEVERAL, MONDAY | given | {"dates": DAYS})

    assert (seen.status_code, sent.status_code) == (200, 400)
    assert words in read(seen)
    assert words in read(sent)
    assert not Booking.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_desk_and_three(
    place, member, django_assert_num_queries, number
):
    SpaceFactory.create_batch(number, telecentre=place)
    TariffFactory(telecentre=place)

    with django_assert_num_queries(PAGE_QUERIES):
        page = read(member.get(SEVERAL, MONDAY | {"semaines": str(number + 1)}))

    assert len(boxes(page)) == number + 1


# ---- What is booked -----------------------------------------------------------------------------
def test_what_is_ticked_is_booked_and_the_rest_is_left(place, desk, member):
    TariffFactory(telecentre=place, price=8)
    ticked = [f"{day}=8.00" for day in DAYS[:3]]

    answer = member.post(SEVERAL, FOUR | {"dates": ticked, "note": "Le lundi"})

    rows = list(Booking.objects.order_by("period"))
    assert answer["Location"] == f"/espace/reservations/{rows[0].reference}/"
    assert [f"{row.period.lower:%Y-%m-%d}" for row in rows] == DAYS[:3]
    assert {(row.note, row.price) for row in rows} == {("Le lundi", Decimal(8))}
    mail = OutgoingMail.objects.get()
    assert len(Calendar.from_ical(mail.calendar).walk("VEVENT")) == 3


def test_desks_together_hold_one_person_each(place, desk, member):
    other = SpaceFactory(telecentre=place, name="Poste 2")

    answer = member.post(SEVERAL, MONDAY | {"personnes": "2", "espaces": "2", "dates": DAYS[:1]})

    assert answer.status_code == 302
    assert [(row.space, row.people) for row in Booking.objects.order_by("pk")] == [
        (desk, 1),
        (other, 1),
    ]


def test_date_lost_in_between_is_told_and_the_others_are_booked(desk, member):
    BookingFactory(space=desk)

    page = read(member.post(SEVERAL, FOUR | {"dates": DAYS}, follow=True))

    assert Booking.objects.exclude(series=None).count() == 3
    assert (
        f"Non réservé, lundi 1er mars 2027, de 09:00 à 12:00{NBSP}: C’est déjà pris à ce moment-là."
        in page
    )
    assert "C’est déjà pris" in OutgoingMail.objects.get().variables["manquees"]


def test_when_all_is_lost_nothing_is_booked_and_the_page_says_so(desk, member):
    BookingFactory(space=desk)

    answer = member.post(SEVERAL, MONDAY | {"semaines": "2", "dates": DAYS[:1]})

    page = read(answer)
    assert answer.status_code == 409
    assert "Rien n’a été réservé" in page
    assert boxes(page) == [(DAYS[1], False)]
    assert (Booking.objects.count(), OutgoingMail.objects.count()) == (1, 0)


def test_price_that_changed_is_shown_before_it_is_agreed_to(place, desk, member):
    TariffFactory(telecentre=place, price=8)
    Tariff.objects.update(price=9)

    answer = member.post(SEVERAL, FOUR | {"dates": [f"{day}=8.00" for day in DAYS[1:]]})

    page = read(answer)
    assert answer.status_code == 409
    assert "Le prix a changé" in page
    assert boxes(page) == [(f"{day}=9.00", day != DAYS[0]) for day in DAYS]
    assert not Booking.objects.exists()


def test_pack_left_by_a_date_unticked_pays_for_another(place, desk, camille, member):
    """Its price is another one than was shown: it is shown, then agreed to."""
    TariffFactory(telecentre=place, price=8)
    PackFactory(telecentre=place, holder=camille, half_days=1)
    shown = [value for value, _ticked in boxes(read(member.get(SEVERAL, FOUR)))]
    assert shown == [f"{DAYS[0]}=0.00", *(f"{day}=8.00" for day in DAYS[1:])]

    again = read(member.post(SEVERAL, FOUR | {"dates": shown[1:]}))
    ticked = [value for value, is_ticked in boxes(again) if is_ticked]
    member.post(SEVERAL, FOUR | {"dates": ticked})

    assert ticked == [f"{DAYS[1]}=0.00", *(f"{day}=8.00" for day in DAYS[2:])]
    assert [row.price for row in Booking.objects.order_by("period")] == [0, 8, 8]


def test_form_sent_twice_books_once(place, desk, member):
    SpaceFactory.create_batch(3, telecentre=place)
    sent = FOUR | {"espaces": "2", "dates": DAYS, "clef-de-demande": "clef-de-test-1"}

    first, second = member.post(SEVERAL, sent), member.post(SEVERAL, sent)

    assert first["Location"] == second["Location"]
    assert (Booking.objects.count(), OutgoingMail.objects.count()) == (8, 1)


def test_more_bookings_than_one_makes_at_once_are_refused(place, desk, member):
    SpaceFactory.create_batch(9, telecentre=place)
    seven = MONDAY | {"semaines": "7", "espaces": "10"}
    ticked = [value for value, _ticked in boxes(read(member.get(SEVERAL, seven)))]

    answer = member.post(SEVERAL, seven | {"dates": [*ticked, "2027-03-29"]})

    assert answer.status_code == 400
    assert "60 réservations au plus" in read(answer)
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("ticked", "words"),
    [
        ([], "Cochez au moins une date."),
        (["x"], "Ces dates ne se lisent pas"),
        (["2027-02-30"], "Ces dates ne se lisent pas"),
        (["2027-03-01=8"], "Ces dates ne se lisent pas"),
        (["2027-03-01=99999999.00"], "Ces dates ne se lisent pas"),
        (["2027-03-02"], "Ces dates ne se lisent pas"),
        (["2027-03-29"], "Ces dates ne se lisent pas"),
    ],
)
def test_ticks_that_are_no_date_of_the_series_are_refused(desk, member, ticked, words):
    answer = member.post(SEVERAL, FOUR | {"dates": ticked})

    page = read(answer)
    assert answer.status_code == 400
    assert words in page
    assert len(boxes(page)) == 4
    assert not Booking.objects.exists()


@pytest.mark.parametrize("path", ["reserver/x/plusieurs/", "reserver/salle/plusieurs/"])
def test_kinds_without_a_space_have_no_such_page(desk, member, path):
    assert member.get(f"/telecentres/cap/{path}", FOUR).status_code == 404
