"""What is added to a booking on the page that confirms it."""

import re
from datetime import time
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.test import Client

from telecentres.enums import ExtraPer, SpaceKind
from telecentres.models import Booking, BookingLine
from tests.factories import (
    BookingFactory,
    BookingLineFactory,
    ExtraFactory,
    OpeningHoursFactory,
    SpaceFactory,
    TariffFactory,
    TelecentreFactory,
    UserFactory,
)

CHOOSE = "/telecentres/cap/reserver/poste/"
CONFIRM = f"{CHOOSE}confirmer/?jour=2027-03-01&de=09:00&a=12:00"
MONDAY = {"jour": "2027-03-01", "de": "09:00", "a": "12:00", "personnes": "3"}
CONFIRM_QUERIES = 13


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-02-26T10:00:00Z", tick=False):
        yield


@pytest.fixture
def place(territory):
    place = TelecentreFactory(
        territory=territory, slug="cap", takes_bookings=True, takes_visitors=True
    )
    for weekday in range(1, 6):
        OpeningHoursFactory(telecentre=place, weekday=weekday, opens_at=time(9), closes_at=time(18))
    SpaceFactory(telecentre=place, name="Poste 1", capacity=4)
    TariffFactory(telecentre=place, price=8)
    return place


@pytest.fixture
def projector(place):
    return ExtraFactory(telecentre=place, name="Vidéoprojecteur", price=15, stock=1)


@pytest.fixture
def lunch(place):
    return ExtraFactory(telecentre=place, lunch=True, description="Produits d’ici.")


@pytest.fixture
def member(db) -> Client:
    client = Client()
    client.force_login(UserFactory(email="camille@exemple.fr"))
    return client


def send(client, given, **more):
    answer = client.post(f"{CHOOSE}confirmer/", MONDAY | given | more)
    return answer.status_code, unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def shown(page: str) -> dict[str, str]:
    """What the page would send back of the price."""
    fields = re.findall(r'name="(prix|extras_vus)" value="([^"]*)"', page)
    return dict(fields)


def refusal(page: str) -> str:
    return re.findall(r'class="form-error" role="alert"><p>([^<]*)<', page)[0]


def test_place_without_extras_says_nothing_of_them(place, member):
    page = member.get(CONFIRM).content.decode()

    assert "Ajouter quelque chose" not in page
    assert shown(page) == {"prix": "8.00"}
    assert send(member, {"prix": "8.00"})[0] == 302


def test_what_may_be_added_is_listed_with_its_price(projector, lunch, member):
    page = unescape(member.get(f"{CONFIRM}&personnes=3").content.decode())

    terms = re.findall(r'class="form-help" id="[^"]*_about">([^<]*)', page)
    assert [text.replace("\N{NO-BREAK SPACE}", " ").strip() for text in terms] == [
        "12 € par personne, à demander 48 heures avant.",
        "15 € par réservation.",
    ]
    assert '<details class="extras">' in page
    assert f'type="checkbox" name="extra-{projector.pk}" value="1"' in page
    assert re.search(rf'type="number" name="extra-{lunch.pk}"[^>]* max="3"', page)


def test_price_with_extras_is_shown_before_anything_is_booked(projector, lunch, member):
    given = {f"extra-{projector.pk}": "1", f"extra-{lunch.pk}": "3", "prix": "8.00"}

    status, page = send(member, given)

    assert (status, Booking.objects.count()) == (200, 0)
    assert shown(page) == {"prix": "59.00", "extras_vus": f"{lunch.pk}:3,{projector.pk}:1"}
    assert "3 × Plateau-repas" in page
    assert "Voici le prix avec ce que vous ajoutez" in page
    assert '<details class="extras" open>' in page

    status, _page = send(member, given, **shown(page))

    assert (status, Booking.objects.get().price) == (302, Decimal(59))
    reference = Booking.objects.get().reference
    assert "3 × Plateau-repas" in member.get(f"/espace/reservations/{reference}/").content.decode()


def test_what_is_taken_off_is_counted_anew(projector, member):
    status, page = send(member, {"prix": "23.00", "extras_vus": f"{projector.pk}:1"})

    assert (status, Booking.objects.count()) == (200, 0)
    assert shown(page) == {"prix": "8.00"}


def test_zero_is_none(projector, member):
    assert send(member, {f"extra-{projector.pk}": "0", "prix": "8.00"})[0] == 302
    assert not BookingLine.objects.filter(kind="extra").exists()


@pytest.mark.parametrize("number", ["-1", "100", "9" * 30, "deux", "1.5"])
def test_number_that_is_none_is_said_at_its_box(projector, member, number):
    status, page = send(member, {f"extra-{projector.pk}": number, "prix": "8.00"})

    assert (status, Booking.objects.count()) == (400, 0)
    error = rf'class="form-error" id="id_extra-{projector.pk}_error">.*?\.<'
    assert re.search(error, page, re.DOTALL)


@pytest.mark.parametrize("name", ["extra-{0}", "extra-999999", "extra-abc", "extra-" + "9" * 30])
def test_unknown_withdrawn_or_of_another_place_is_refused(place, member, name):
    gone = ExtraFactory(telecentre=place, is_offered=False)
    ExtraFactory()
    given = {name.format(gone.pk): "1", "prix": "8.00"}

    status, page = send(member, given)

    assert (status, Booking.objects.count()) == (400, 0)
    assert refusal(page).startswith("Le lieu ne propose pas, ou plus")
    assert shown(page) == {"prix": "8.00"}


def test_too_many_for_so_few_people_are_refused(lunch, member):
    status, page = send(member, {f"extra-{lunch.pk}": "4", "prix": "8.00"})

    assert (status, Booking.objects.count()) == (400, 0)
    assert refusal(page) == "« Plateau-repas » : 3 au plus pour cette réservation."


def test_too_late_to_prepare_is_refused(lunch, member):
    lunch.notice = 100
    lunch.save()

    status, page = send(member, {f"extra-{lunch.pk}": "1", "prix": "8.00"})

    assert (status, Booking.objects.count()) == (400, 0)
    assert refusal(page) == (
        "« Plateau-repas » se demande au moins 100 heures à l’avance : c’est trop tard."
    )


def test_what_somebody_else_took_is_refused_and_taken_off(place, projector, member):
    SpaceFactory(telecentre=place, name="Poste 2", capacity=4)
    given = {f"extra-{projector.pk}": "1"}
    _status, page = send(member, given)
    assert send(member, given, **shown(page))[0] == 302

    status, page = send(member, given, **shown(page))

    assert (status, Booking.objects.count()) == (409, 1)
    assert refusal(page) == "« Vidéoprojecteur » est déjà pris à ce moment-là."
    assert shown(page) == {"prix": "8.00"}


def test_price_of_an_extra_that_changed_is_shown_again(projector, member):
    given = {f"extra-{projector.pk}": "1"}
    _status, page = send(member, given)
    projector.price = 20
    projector.save()

    status, page = send(member, given, **shown(page))

    assert (status, Booking.objects.count()) == (409, 0)
    assert shown(page)["prix"] == "28.00"


def test_space_without_price_says_that_its_own_is_missing(place, projector, member):
    place.tariffs.all().delete()

    _status, page = send(member, {f"extra-{projector.pk}": "1"})

    assert "Sans le prix de l’espace : demandez-le au lieu." in page
    assert shown(page)["prix"] == "15.00"


# ---- Who may not --------------------------------------------------------------------------------
def test_without_account_they_are_named_and_not_added(projector, client):
    page = unescape(client.get(CONFIRM).content.decode())

    assert "Vidéoprojecteur." in page
    assert f"extra-{projector.pk}" not in page

    given = {**MONDAY, "email": "lou@exemple.fr", "prenom": "Lou", "nom": "Roux"}
    answer = client.post(f"{CHOOSE}sans-compte/", given | {f"extra-{projector.pk}": "1"})
    assert (answer.status_code, Booking.objects.count()) == (400, 0)


def test_whoever_moves_keeps_theirs_and_adds_none(place, projector, member):
    given = {f"extra-{projector.pk}": "1"}
    _status, page = send(member, given)
    send(member, given, **shown(page))
    reference = Booking.objects.get().reference
    afternoon = f"{CHOOSE}confirmer/?jour=2027-03-01&de=14:00&a=17:00&deplacer={reference}"

    page = member.get(afternoon).content.decode()

    assert "Ajouter quelque chose" not in page
    assert shown(page) == {"prix": "23.00"}
    hours = {**MONDAY, "de": "14:00", "a": "17:00", "prix": "23.00"}
    assert member.post(afternoon, hours | given).status_code == 400
    assert member.post(afternoon, hours).status_code == 302
    assert Booking.objects.get().price == Decimal(23)


def test_move_to_where_they_are_taken_is_refused(place, projector, member):
    given = {f"extra-{projector.pk}": "1"}
    _status, page = send(member, given)
    send(member, given, **shown(page))
    reference = Booking.objects.get().reference
    other = BookingFactory(
        space=SpaceFactory(telecentre=place), period=("2027-03-01T13:00Z", "2027-03-01T16:00Z")
    )
    BookingLineFactory(of_extra=True, booking=other, extra=projector)

    afternoon = f"{CHOOSE}confirmer/?deplacer={reference}"
    hours = {**MONDAY, "de": "14:00", "a": "17:00", "prix": "23.00"}
    answer = member.post(afternoon, hours)

    assert answer.status_code == 409
    assert "Déplacer ici" not in answer.content.decode()


def test_several_at_once_take_none_and_are_told(place, projector, member):
    SpaceFactory(telecentre=place, name="Poste 2", capacity=4)
    address = f"{CHOOSE}plusieurs/?jour=2027-03-01&de=09:00&a=12:00&semaines=2"

    assert "à une réservation faite seule" in member.get(address).content.decode()


# ---- What it costs ------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_extra_and_three(
    place, member, django_assert_num_queries, number
):
    extras = ExtraFactory.create_batch(number, telecentre=place, per=ExtraPer.PIECE)
    ExtraFactory(telecentre=place, kinds=[SpaceKind.OFFICE])

    with django_assert_num_queries(CONFIRM_QUERIES):
        status, page = send(member, {f"extra-{extra.pk}": "2" for extra in extras})

    assert (status, shown(page)["prix"]) == (200, f"{8 + 30 * number}.00")
