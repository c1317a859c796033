import re
from datetime import time
from html import unescape

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import localtime

from comptes.models import User
from courrier.models import OutgoingMail
from jetons.models import RequestKey
from telecentres.domain.answers import expire_requests
from telecentres.enums import BookingState, SpaceKind
from telecentres.models import Booking, Space, Telecentre, VisitorHold
from tests.factories import (
    BookingFactory,
    OpeningHoursFactory,
    RightsGroupFactory,
    SpaceFactory,
    TariffFactory,
    TelecentreFactory,
    UserFactory,
)

pytestmark = pytest.mark.usefixtures("_sunday")
SLOTS = "/telecentres/cap/reserver/poste/"
MONDAY = {"jour": "2027-03-01", "de": "09:00", "a": "12:00"}
LOOK = f"{SLOTS}confirmer/?jour=2027-03-01&de=09:00&a=12:00"
ASK = f"{SLOTS}sans-compte/"
ADA = {**MONDAY, "prenom": "Ada", "nom": "Martin", "email": "ada@exemple.fr"}
REFUSED, USED = "Ce lien ne fonctionne plus", "Ce lien a déjà servi"
GUESSED = f"{'a' * 32}:{'b' * 43}"


@pytest.fixture
def place(territory) -> Telecentre:
    place = TelecentreFactory(
        territory=territory, slug="cap", takes_bookings=True, takes_visitors=True
    )
    for weekday in range(1, 6):
        OpeningHoursFactory(telecentre=place, weekday=weekday, opens_at=time(9), closes_at=time(18))
    return place


@pytest.fixture
def desk(place) -> Space:
    return SpaceFactory(telecentre=place, name="Poste 1")


def link_mailed(to: str = "ada@exemple.fr") -> str:
    mail = OutgoingMail.objects.filter(recipient=to).latest("pk")
    return re.findall(r"http://[^/]+(/reservations/\S+/)", mail.text_body)[0]


def booked(client: Client) -> str:
    """The address that follows a booking, asked for and confirmed."""
    client.post(ASK, ADA)
    return str(client.post(link_mailed())["Location"])


def nothing_held() -> bool:
    return not any(model.objects.exists() for model in (Booking, VisitorHold, OutgoingMail))


# ---- Ask ------------------------------------------------------------------------------------
def test_page_of_a_slot_lets_visitors_say_who_they_are(desk, client):
    page = client.get(LOOK).content.decode()

    assert f'<form action="{ASK}" method="post"' in page
    assert set(re.findall(r'name="(prenom|nom|email|note|sujet)"', page)) == {
        "prenom", "nom", "email", "note", "sujet",
    }  # fmt: skip
    assert "Me connecter pour réserver" in page


def test_members_and_places_that_want_an_account_see_no_such_form(desk, client):
    member = Client()
    member.force_login(UserFactory())
    assert ASK not in member.get(LOOK).content.decode()

    Telecentre.objects.update(takes_visitors=False)

    assert ASK not in client.get(LOOK).content.decode()


def test_space_kept_for_groups_has_no_such_form(desk, client):
    desk.audience.add(RightsGroupFactory())

    assert ASK not in client.get(LOOK).content.decode()
    assert client.post(ASK, ADA).status_code == 400
    assert nothing_held()


def test_visitor_asks_confirms_sees_and_cancels(desk, client):
    TariffFactory(telecentre=desk.telecentre, price=8)

    asked = client.post(ASK, {**ADA, "note": "Avec l’écran"})
    sent = client.get(asked["Location"]).content.decode()
    link = link_mailed()
    read = client.get(link).content.decode()
    assert Booking.objects.get().state == BookingState.OFFERED
    confirmed = client.post(link, {"prix": "8.00"})
    page = client.get(confirmed["Location"]).content.decode()
    cancelled = client.post(confirmed["Location"])

    assert asked["Location"] == f"{ASK}?envoye"
    assert "Regardez votre boîte de réception" in sent
    assert "Parti à ada@exemple.fr, pour lundi 1er mars 2027, de 09:00 à 12:00\u00a0:" in sent
    assert "C’est réservé. Un e-mail de confirmation est parti à ada@exemple.fr." in page
    assert "Confirmer votre réservation" in read
    assert "8,00" in read
    assert "Lundi 1er mars 2027, de 09:00 à 12:00" in page
    assert "Avec l’écran" in page
    assert (cancelled.status_code, cancelled["Location"]) == (302, confirmed["Location"])
    booking = Booking.objects.get()
    assert (booking.state, booking.holder.email) == (BookingState.CANCELLED, "ada@exemple.fr")
    assert [mail.message for mail in OutgoingMail.objects.order_by("pk")] == [
        "telecentres.reservation",
        "telecentres.reservation-annulee",
    ]


def test_account_or_not_the_same_is_answered_and_written(desk, client):
    UserFactory(email="camille@exemple.fr")
    answers = [client.post(ASK, {**ADA, "email": email}) for email in ("ada@exemple.fr",)] + [
        Client().post(ASK, {**ADA, "email": "camille@exemple.fr", "de": "13:00", "a": "16:00"})
    ]

    first, second = OutgoingMail.objects.order_by("pk")
    assert [(each.status_code, each["Location"]) for each in answers] == [
        (302, f"{ASK}?envoye")
    ] * 2

    def without_link(mail: OutgoingMail) -> str:
        text = re.sub(r"/reservations/\S+/", "…", mail.text_body)
        return text.replace("13:00 à 16:00", "09:00 à 12:00")

    assert without_link(first) == without_link(second)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "", "Ce champ est obligatoire."),
        ("email", "ada", "adresse"),
        ("email", "ada@exemple.fr\r\nBcc: tous@exemple.fr", "adresse"),
        ("email", "\u202eada@exemple.fr", "adresse"),
        ("email", f"{'a' * 250}@exemple.fr", "254 caractères"),
        ("prenom", "", "Ce champ est obligatoire."),
        ("prenom", "   ", "Ce champ est obligatoire."),
        ("nom", "x" * 81, "80 caractères"),
        ("nom", "x\x00", "recommencez"),
        ("note", "x" * 301, "300 caractères"),
    ],
)
def test_bad_words_are_refused_beside_their_box(desk, client, field, value, words):
    response = client.post(ASK, {**ADA, field: value})

    assert response.status_code == 400
    assert words in unescape(response.content.decode())
    assert nothing_held()


def test_what_was_typed_is_there_to_correct(desk, client):
    """Whichever form is wrong: the words for the manager, or who one says one is."""
    for wrong in ({"note": "x" * 301}, {"nom": ""}):
        page = client.post(ASK, {**ADA, **wrong}).content.decode()
        assert 'value="Ada"' in page
        assert 'value="ada@exemple.fr"' in page


def test_bad_slot_is_corrected_first(desk, client):
    response = client.post(ASK, {**ADA, "jour": "x"})

    assert response.status_code == 400
    assert 'name="prenom"' not in response.content.decode()
    assert nothing_held()


def test_words_that_are_markup_are_shown_as_words(desk, client):
    client.post(ASK, {**ADA, "prenom": "<b>Ada</b>", "note": "<script>alert(1)</script>"})
    client.post(link_mailed())
    page = client.get(link_mailed()).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert str(User.objects.get()) == "<b>Ada</b> Martin"


def test_look_alike_letters_are_another_address(desk, client):
    """A Cyrillic « а » in the domain is seen for what it is; before the @ no mail can leave."""
    UserFactory(email="ada@exemple.fr")
    assert client.post(ASK, {**ADA, "email": "\u0430da@exemple.fr"}).status_code == 400

    client.post(ASK, {**ADA, "email": "ada@ex\u0435mple.fr"})

    assert VisitorHold.objects.get().email == "ada@xn--exmple-4of.fr"


def test_program_that_fills_the_hidden_box_is_told_the_same_and_holds_nothing(desk, client):
    response = client.post(ASK, {**ADA, "sujet": "Achetez"})

    assert (response.status_code, response["Location"]) == (302, f"{ASK}?envoye")
    assert nothing_held()


def test_form_sent_twice_holds_once_and_keeps_no_link(desk, client):
    SpaceFactory(telecentre=desk.telecentre)
    sent = {**ADA, "clef-de-demande": "clef-de-test-1"}

    first, second = client.post(ASK, sent), client.post(ASK, sent)

    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == OutgoingMail.objects.count() == 1
    assert "/reservations/" not in str(RequestKey.objects.values().get())


def test_slot_taken_meanwhile_shows_what_is_free_near(desk, client):
    BookingFactory(space=desk)

    response = client.post(ASK, ADA)

    page = response.content.decode()
    assert response.status_code == 409
    assert "C’est déjà pris à ce moment-là." in page
    assert "<strong>lun 1 Mar</strong> <span>12:00–15:00</span>" in page
    assert not VisitorHold.objects.exists()


def test_place_that_wants_an_account_says_so(desk, client):
    Telecentre.objects.update(takes_visitors=False)

    response = client.post(ASK, ADA)

    assert response.status_code == 400
    assert "on réserve avec un compte" in response.content.decode()
    assert nothing_held()


def test_waiting_asks_to_sign_in(desk, client):
    BookingFactory(space=desk)

    page = client.get(LOOK).content.decode()

    assert "Me connecter pour attendre une place" in page
    assert ASK not in page


def test_member_who_comes_there_is_led_to_the_slots(desk):
    member = Client()
    member.force_login(UserFactory())

    assert member.get(ASK)["Location"] == SLOTS
    assert member.post(ASK, ADA)["Location"] == SLOTS
    assert nothing_held()


def test_one_network_asks_ten_times_an_hour(place, client):
    SpaceFactory.create_batch(12, telecentre=place)
    answers = []
    for number in range(11):
        answers.append(client.post(ASK, {**ADA, "email": f"v{number}@exemple.fr"}).status_code)
        VisitorHold.objects.all().delete()

    assert answers == [302] * 10 + [429]


def test_one_address_is_written_five_times_an_hour(place):
    SpaceFactory.create_batch(6, telecentre=place)
    answers = []
    for number in range(6):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        answers.append(client.post(ASK, ADA).status_code)
        VisitorHold.objects.all().delete()

    assert answers == [302] * 5 + [429]


def test_too_many_places_held_are_refused(place, client):
    SpaceFactory.create_batch(3, telecentre=place)
    answers = [client.post(ASK, ADA) for _time in range(3)]

    assert [each.status_code for each in answers] == [302, 302, 409]
    assert "Trop de réservations attendent" in answers[2].content.decode()
    assert Booking.objects.count() == 2


# ---- Confirm --------------------------------------------------------------------------------
def test_reading_the_link_confirms_nothing(desk, client):
    """Programs that look at mails follow addresses."""
    client.post(ASK, ADA)

    for _time in range(3):
        assert client.get(link_mailed()).status_code == 200
        assert client.head(link_mailed()).status_code == 200

    assert Booking.objects.get().state == BookingState.OFFERED
    assert not User.objects.exists()


def test_link_that_has_served_says_so_and_books_no_more(desk, client):
    client.post(ASK, ADA)
    link = link_mailed()
    client.post(link)

    for response in (client.post(link), client.get(link)):
        assert response.status_code == 410
        page = response.content.decode()
        assert USED in page
        assert "cap" not in page.partition("<main")[2]
    assert Booking.objects.count() == User.objects.count() == 1


def test_link_that_came_late_says_so(desk, client):
    client.post(ASK, ADA)
    link = link_mailed()

    with time_machine.travel("2027-02-28T10:30:00Z", tick=False):
        late = [client.get(link), client.post(link)]
        expire_requests()
        late += [client.get(link), client.post(link)]

    assert {response.status_code for response in late} == {410}
    assert all(REFUSED in response.content.decode() for response in late)
    assert Booking.objects.get().state == BookingState.EXPIRED
    assert not VisitorHold.objects.exists()
    assert not User.objects.exists()


def test_price_that_changed_is_shown_before_it_is_taken(desk, client):
    TariffFactory(telecentre=desk.telecentre, price=8)
    client.post(ASK, ADA)

    response = client.post(link_mailed(), {"prix": "5.00"})

    assert response.status_code == 409
    assert "Le prix a changé" in response.content.decode()
    assert Booking.objects.get().state == BookingState.OFFERED


def test_closed_account_is_refused_without_a_word_of_it(desk, client):
    UserFactory(email="ada@exemple.fr", is_active=False)
    client.post(ASK, ADA)

    response = client.post(link_mailed())

    assert response.status_code == 410
    assert REFUSED in response.content.decode()
    assert Booking.objects.get().holder is None


# ---- Follow ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["", "confirmer/"])
@pytest.mark.parametrize("token", [GUESSED, "x", "ABCDEFGH"])
def test_guessed_links_open_nothing(desk, client, name, token):
    booked(client)
    before = Booking.objects.values().get()

    for response in (
        client.get(f"/reservations/{token}/{name}"),
        client.post(f"/reservations/{token}/{name}"),
        client.get(f"/reservations/{token}.ics"),
    ):
        assert response.status_code == 410
        assert REFUSED in response.content.decode()
    assert Booking.objects.values().get() == before


def test_link_opens_its_booking_alone(desk, client):
    address = booked(client)
    other = BookingFactory(space=desk, holder=User.objects.get(), state=BookingState.CANCELLED)

    page = client.get(address).content.decode()

    assert other.reference not in page
    for path in (f"/espace/reservations/{other.reference}/", "/espace/reservations/"):
        assert client.get(path)["Location"].startswith("/compte/connexion/")


def test_link_of_another_site_opens_nothing(desk, client):
    client.post(ASK, ADA)
    confirm = link_mailed()
    elsewhere = TelecentreFactory().territory
    Booking.objects.update(territory=elsewhere)
    assert client.get(confirm).status_code == client.post(confirm).status_code == 410
    Booking.objects.update(territory=desk.telecentre.territory)
    address = str(client.post(confirm)["Location"])

    Booking.objects.update(territory=elsewhere)

    assert client.get(address).status_code == client.post(address).status_code == 410
    assert Booking.objects.get().state == BookingState.CONFIRMED


def test_booking_cancelled_twice_is_cancelled_once(desk, client):
    address = booked(client)

    first, second = client.post(address), client.post(address)

    assert (first.status_code, second.status_code) == (302, 409)
    assert Booking.objects.get().changes.filter(act="cancelled").count() == 1


def test_entry_of_the_calendar_carries_no_link(desk, client):
    address = booked(client)
    reference = Booking.objects.get().reference

    response = client.get(f"{address.rstrip('/')}.ics")

    assert response["Content-Type"] == "text/calendar"
    assert f'filename="{reference}.ics"' in response["Content-Disposition"]
    entry = response.content.decode().replace("\r\n ", "")
    assert "STATUS:CONFIRMED" in entry
    assert "/telecentres/cap/" in entry
    assert "/reservations/" not in entry


def test_pages_of_a_link_are_kept_by_nobody(desk, client):
    address = booked(client)
    cache.clear()

    response = client.get(address)

    assert response["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert response["Referrer-Policy"] == "same-origin"


def moving(client: Client) -> tuple[str, str]:
    """Where another time is chosen, and where it is sent."""
    page = unescape(client.get(booked(client)).content.decode())
    choose = re.findall(r'href="([^"]+deplacer=[^"]+)"', page)[0]
    confirm = choose.replace("/poste/?", "/poste/confirmer/?jour=2027-03-02&de=10:00&a=12:00&")
    seen = unescape(client.get(confirm).content.decode())
    assert "Vous déplacez la réservation" in client.get(choose).content.decode()
    return choose, re.findall(r'action="([^"]+/deplacer/[^"]+)"', seen)[0]


def test_booking_is_moved_by_its_link(desk, client):
    _choose, move = moving(client)
    tuesday = {"jour": "2027-03-02", "de": "10:00", "a": "12:00"}

    first, second = client.post(move, tuesday), client.post(move, tuesday)

    assert first.status_code == second.status_code == 302
    booking = Booking.objects.get()
    assert localtime(booking.period.lower).isoformat() == "2027-03-02T10:00:00+01:00"
    assert booking.changes.filter(act="moved", author=booking.holder).count() == 1
    assert "mardi 2 mars" in client.get(first["Location"]).content.decode().lower()
    assert not RequestKey.objects.exists()


def test_move_against_the_rules_is_refused_and_says_why(desk, client):
    _choose, move = moving(client)
    before = Booking.objects.values().get()

    refused = client.post(move, {"jour": "2027-03-06", "de": "10:00", "a": "12:00"})

    assert refused.status_code == 400
    assert "Le lieu est fermé à ce moment-là" in refused.content.decode()
    assert Booking.objects.values().get() == before


def test_only_the_link_moves_its_booking(desk, client):
    choose, move = moving(client)
    tuesday = {"jour": "2027-03-02", "de": "10:00", "a": "12:00"}
    reference = Booking.objects.get().reference
    path = move.partition("?")[0]
    before = Booking.objects.values().get()

    for query in ("", f"?deplacer={reference}", f"?deplacer={GUESSED}"):
        assert client.post(f"{path}{query}", tuesday).status_code == 404
    # Nor does a member who has it, in their own name.
    member = Client()
    member.force_login(UserFactory())
    by_member = choose.replace("/poste/?", "/poste/confirmer/?")
    assert member.post(by_member, tuesday).status_code == 404
    assert Booking.objects.values().get() == before


def test_booking_given_back_is_moved_no_more(desk, client):
    address = booked(client)
    client.post(address)

    assert "deplacer=" not in client.get(address).content.decode()


def test_kind_that_the_place_does_not_let_is_unknown(desk, client):
    assert desk.kind != SpaceKind.WORKSHOP
    assert client.post(ASK.replace("poste", "atelier"), ADA).status_code == 404
    assert client.post(ASK.replace("cap", "autre"), ADA).status_code == 404


def test_nobody_reads_who_they_are(desk, client):
    """Neither before nor after they confirm: on no public page, in no feed, on no screen."""
    pages = [
        "/telecentres/cap/", "/telecentres/cap/ecran/", SLOTS, LOOK, "/telecentres/",
        "/telecentres/cap/semaine/poste/", "/api/v1/telecentres/cap/availability/",
        "/api/v1/telecentres/", "/recherche/?q=Zorglu",
        f"/telecentres/cap/arrivee/{desk.arrival_secret}/",
    ]  # fmt: skip
    client.post(ASK, {**ADA, "prenom": "Zorglub", "email": "zorglub@exemple.fr"})
    link = link_mailed("zorglub@exemple.fr")
    for _step in ("held", "confirmed"):
        for path in pages:
            response = Client().get(path)
            assert response.status_code in {200, 409}, path
            assert b"zorglub" not in response.content.lower(), path
        client.post(link)
    assert "Zorglub" in str(User.objects.get())


def test_hour_of_the_hold_is_told(desk, client):
    client.post(ASK, ADA)

    page = client.get(link_mailed()).content.decode()

    assert "<dd>11:30</dd>" in page
