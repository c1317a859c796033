import pytest
from django.urls import reverse
from icalendar import Calendar

from courrier.models import OutgoingMail
from telecentres.domain.calendar import Slot, when_in_words
from telecentres.domain.errors import OutsideHours, SlotTaken
from telecentres.domain.series_letters import tell_of_series, tell_series_cancelled
from telecentres.enums import BookingState
from telecentres.models import Booking
from tests.factories import SpaceFactory, TelecentreGrantFactory, UserFactory
from tests.telecentres.march import NOW, at, hold, march

NBSP = "\N{NO-BREAK SPACE}"
SITE = "http://ariege.localhost:8000"
MONDAYS = [march(day, "09:00", "12:00") for day in (1, 8, 15)]
LETTER_QUERIES = 3


@pytest.fixture(autouse=True)
def _site_address(settings):
    settings.SITE_URL = "http://localhost:8000"


def held(site, slots=MONDAYS[:2], language="fr", **values) -> list[Booking]:
    desk = SpaceFactory(telecentre=site, name="Poste bleu")
    holder = UserFactory(email="camille@exemple.fr", language=language)
    return [hold(desk, slot, holder=holder, **values) for slot in slots]


def address(booking: Booking) -> str:
    return f"{SITE}/espace/reservations/{booking.reference}/"


def uids(mail: OutgoingMail) -> list[tuple[str, str]]:
    events = Calendar.from_ical(mail.calendar).walk("VEVENT")
    return [(event["UID"], event["STATUS"]) for event in events]


def test_tell_of_series_names_every_date_with_its_entry(site):
    bookings = held(site)

    tell_of_series(bookings[0].holder, bookings, [])

    mail = OutgoingMail.objects.get()
    assert (mail.message, mail.recipient) == ("telecentres.serie", "camille@exemple.fr")
    assert (mail.reply_to, mail.territory) == ("cap@exemple.fr", site.territory)
    assert mail.subject == f"Cap Delta{NBSP}: vos réservations"
    assert mail.variables == {
        "territoire": "Ariège",
        "lieu": "Cap Delta",
        "dates": [
            {
                "words": f"lundi {day} mars 2027, de 09:00 à 12:00 – Poste bleu",
                "address": address(booking),
            }
            for day, booking in zip(("1er", "8"), bookings, strict=True)
        ],
        "manquees": "",
        "lien": f"{SITE}/espace/reservations/",
    }
    assert uids(mail) == [
        (f"{booking.reference}@ariege.localhost", "CONFIRMED") for booking in bookings
    ]


@pytest.mark.parametrize(
    ("language", "first", "reasons"),
    [
        (
            "fr",
            f"Ce qui n’a pas pu être réservé{NBSP}:",
            ["C’est déjà pris à ce moment-là.", "(Lundi de Pâques)"],
        ),
        ("en", None, ["It is already taken", "(Lundi de Pâques)"]),
    ],
)
def test_tell_of_series_says_what_was_lost_in_their_language(site, language, first, reasons):
    bookings = held(site, language=language)
    lost = [(MONDAYS[1], SlotTaken()), (MONDAYS[2], OutsideHours("Lundi de Pâques"))]

    tell_of_series(bookings[0].holder, bookings, lost)

    mail = OutgoingMail.objects.get()
    title, *lines = mail.variables["manquees"].split("\n")
    assert mail.language == language
    assert first in (title, None)
    assert [reason in line for reason, line in zip(reasons, lines, strict=True)] == [True, True]


def test_tell_of_series_on_approval_asks_each_manager_once(site):
    manager = TelecentreGrantFactory(telecentre=site).user
    TelecentreGrantFactory(telecentre=site, user__is_active=False)
    before = at(1, "08:00")
    asked = held(site, state=BookingState.REQUESTED, answer_before=before)
    [sure] = [hold(SpaceFactory(telecentre=site), MONDAYS[2], holder=asked[0].holder)]

    tell_of_series(asked[0].holder, [*asked, sure], [])

    mails = {mail.recipient: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"camille@exemple.fr", manager.email}
    words = [Slot.of(booking.period).words + " – Poste bleu" for booking in asked]
    until = f" (demande, réponse avant {when_in_words(before)})"
    told = mails["camille@exemple.fr"].variables["dates"]
    assert [line["words"] for line in told[:2]] == [each + until for each in words]
    assert until not in told[2]["words"]
    mail = mails[manager.email]
    assert (mail.message, mail.calendar) == ("telecentres.serie-a-traiter", "")
    assert mail.variables["titulaire"] == str(asked[0].holder)
    pages = [reverse("admin:telecentres_booking_change", args=[one.pk]) for one in asked]
    assert [line["address"] for line in mail.variables["dates"]] == [
        f"{SITE}{page}" for page in pages
    ]


def test_tell_series_cancelled_takes_every_entry_away(site):
    bookings = held(site, state=BookingState.CANCELLED, answer_before=NOW)

    tell_series_cancelled(bookings[0].holder, bookings)

    mail = OutgoingMail.objects.get()
    assert (mail.message, mail.recipient) == ("telecentres.serie-annulee", "camille@exemple.fr")
    assert [line["words"] for line in mail.variables["dates"]] == [
        f"lundi {day} mars 2027, de 09:00 à 12:00 – Poste bleu" for day in ("1er", "8")
    ]
    assert {status for _uid, status in uids(mail)} == {"CANCELLED"}
    assert Calendar.from_ical(mail.calendar)["METHOD"] == "PUBLISH"


@pytest.mark.parametrize("number", [1, 3])
def test_mail_costs_the_same_for_one_date_and_three(site, django_assert_num_queries, number):
    keys = [booking.pk for booking in held(site, MONDAYS[:number])]
    bookings = list(Booking.objects.filter(pk__in=keys).with_all_told())

    with django_assert_num_queries(LETTER_QUERIES):
        tell_of_series(bookings[0].holder, bookings, [])
