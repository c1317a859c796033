from datetime import UTC, date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from courrier.models import OutgoingMail
from telecentres.domain.calendar import Slot, when_in_words
from telecentres.domain.calendar_entries import calendar_entry
from telecentres.domain.letters import ask_managers, tell_holder
from telecentres.enums import BookingAct, BookingState
from tests.factories import (
    BookingChangeFactory,
    SpaceFactory,
    TelecentreGrantFactory,
    UserFactory,
)
from tests.telecentres.march import NOW, at, hold, march

MORNING = march(1, "09:00", "12:00")
SITE = "http://ariege.localhost:8000"


@pytest.fixture
def site_address(settings):
    settings.SITE_URL = "http://localhost:8000"


def written(site, act: BookingAct, language: str = "fr", reason: str = "", **values):
    """A booking, and the one mail that tells its holder of the act."""
    desk = SpaceFactory(telecentre=site, name="Poste bleu")
    booking = hold(desk, MORNING, holder=UserFactory(language=language), **values)
    BookingChangeFactory(booking=booking, act=act, at=NOW)
    tell_holder(booking, act, reason)
    return booking, OutgoingMail.objects.get()


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (BookingAct.BOOKED, "telecentres.reservation"),
        (BookingAct.APPROVED, "telecentres.reservation"),
        (BookingAct.REQUESTED, "telecentres.demande"),
        (BookingAct.MOVED, "telecentres.reservation-deplacee"),
        (BookingAct.CANCELLED, "telecentres.reservation-annulee"),
        (BookingAct.REFUSED, "telecentres.demande-refusee"),
        (BookingAct.EXPIRED, "telecentres.demande-refusee"),
        (BookingAct.NO_SHOW, "telecentres.reservation-non-honoree"),
    ],
)
def test_tell_holder_writes_of_each_act(site, site_address, act, message):
    booking, mail = written(site, act)

    address = f"{SITE}/espace/reservations/{booking.reference}/"
    assert (mail.message, mail.recipient) == (message, booking.holder.email)
    assert (mail.reply_to, mail.territory) == ("cap@exemple.fr", site.territory)
    assert mail.calendar == calendar_entry(booking, address)
    said = {name: mail.variables[name] for name in ("lieu", "espace", "reference", "lien")}
    assert said == {
        "lieu": "Cap Delta",
        "espace": "Poste bleu",
        "reference": booking.reference,
        "lien": address,
    }


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (BookingAct.OFFERED, "telecentres.place-proposee"),
        (BookingAct.LAPSED, "telecentres.place-reprise"),
    ],
)
def test_tell_holder_of_an_offer_puts_nothing_in_their_calendar(site, site_address, act, message):
    booking, mail = written(site, act, reason="Travaux", answer_before=at(1, "08:30"))

    address = f"{SITE}/espace/reservations/{booking.reference}/"
    assert (mail.message, mail.calendar, mail.variables["lien"]) == (message, "", address)
    said = {name: mail.variables[name] for name in ("avant", "mot") if name in mail.variables}
    assert said in ({"avant": "lundi 1er mars 2027 à 08:30"}, {"mot": "Travaux"})


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fr", "Cap Delta\N{NO-BREAK SPACE}: c’est réservé, {}"),
        ("en", "Cap Delta: it is booked, {}"),
    ],
)
def test_tell_holder_speaks_their_language(site, language, subject):
    booking, mail = written(site, BookingAct.BOOKED, language)

    with translation.override(language):
        words = Slot.of(booking.period).words
    assert (mail.language, mail.subject) == (language, subject.format(words))
    assert translation.get_language() == "fr"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (BookingAct.CANCELLED, "Fuite d’eau"),
        (BookingAct.REFUSED, "Fuite d’eau"),
        (BookingAct.MOVED, None),
    ],
)
def test_tell_holder_repeats_the_reason_where_there_is_one(site, act, words):
    _booking, mail = written(site, act, reason="Fuite d’eau")

    assert mail.variables.get("mot") == words


@pytest.mark.parametrize(
    ("answer_before", "moment"), [(at(1, "08:30"), at(1, "08:30")), (None, MORNING.start)]
)
def test_tell_holder_of_a_request_says_until_when(site, answer_before, moment):
    _booking, mail = written(site, BookingAct.REQUESTED, answer_before=answer_before)

    assert mail.variables["avant"] == when_in_words(moment)


def test_tell_holder_answers_to_the_agency_for_a_place_without_address(site):
    site.email = ""
    site.territory.contact_email = "agence@exemple.fr"

    _booking, mail = written(site, BookingAct.BOOKED)

    assert mail.reply_to == "agence@exemple.fr"


def test_tell_holder_writes_to_nobody_of_a_closed_space(site):
    closed = hold(SpaceFactory(telecentre=site), MORNING, holder=None, state=BookingState.BLOCKED)

    tell_holder(closed, BookingAct.BLOCKED)
    tell_holder(closed, BookingAct.CANCELLED)
    tell_holder(hold(SpaceFactory(telecentre=site), MORNING), BookingAct.DECLINED)

    assert OutgoingMail.objects.count() == 0


def test_tell_holder_says_nothing_of_an_act_that_is_not_theirs(site):
    tell_holder(hold(SpaceFactory(telecentre=site), MORNING), BookingAct.BLOCKED)

    assert OutgoingMail.objects.count() == 0


def test_ask_managers_writes_to_those_of_the_place_in_their_language(site, site_address):
    people = [
        TelecentreGrantFactory(telecentre=site, user__language=language).user
        for language in ("fr", "en")
    ]
    TelecentreGrantFactory(telecentre__territory=site.territory)
    TelecentreGrantFactory(telecentre=site, user__is_active=False)
    TelecentreGrantFactory(telecentre=site, ends_on=date(2020, 6, 1))
    booking = hold(SpaceFactory(telecentre=site), MORNING)

    assert ask_managers(booking, at(1, "08:00").astimezone(UTC)) == 2

    mails = {mail.recipient: mail for mail in OutgoingMail.objects.all()}
    assert {to: (mail.language, mail.subject) for to, mail in mails.items()} == {
        people[0].email: ("fr", "Cap Delta\N{NO-BREAK SPACE}: une demande à accepter ou refuser"),
        people[1].email: ("en", "Cap Delta: a request to accept or refuse"),
    }
    said = mails[people[0].email].variables
    page = reverse("admin:telecentres_booking_change", args=[booking.pk])
    assert (said["titulaire"], said["avant"], said["lien"]) == (
        str(booking.holder),
        "lundi 1er mars 2027 à 08:00",
        f"{SITE}{page}",
    )
    assert [mail.calendar for mail in mails.values()] == ["", ""]


def test_ask_managers_of_a_place_without_any_writes_to_nobody(site):
    booking = hold(SpaceFactory(telecentre=site), MORNING)

    assert ask_managers(booking, MORNING.start - timedelta(hours=1)) == 0

    assert OutgoingMail.objects.count() == 0
