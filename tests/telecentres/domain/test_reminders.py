from datetime import timedelta

import pytest

from courrier.models import OutgoingMail
from telecentres.domain.answers import cancel_booking
from telecentres.domain.moving import move_booking
from telecentres.domain.reminders import send_reminders
from telecentres.enums import BookingAct, BookingOrigin, BookingState
from telecentres.models import BookingChange
from telecentres.tasks import send_reminders as remind_task
from tests.factories import BookingChangeFactory, SpaceFactory, TelecentreFactory, UserFactory
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, at, hold, march

MORNING, AFTERNOON = march(1, "09:00", "12:00"), march(1, "14:00", "17:00")
# A week after it was booked, the day before: as early as it may be.
EVE = MORNING.start - timedelta(hours=24)
SECOND = timedelta(seconds=1)


@pytest.fixture
def camille(db):
    return UserFactory(email="camille@exemple.fr")


@pytest.fixture
def desk(site):
    return SpaceFactory(telecentre=site, name="Poste 3")


def booked(space, slot, **values):
    return hold(space, slot, **{"booked_at": NOW} | values)


def reminders() -> list[tuple[str, str]]:
    mails = OutgoingMail.objects.filter(message__startswith="telecentres.rappel").order_by("pk")
    return [(mail.recipient, mail.message) for mail in mails]


@pytest.mark.parametrize(
    ("now", "number"),
    [(EVE - SECOND, 0), (EVE, 1), (MORNING.start - SECOND, 1), (MORNING.start, 0)],
    ids=["too early", "the day before", "late", "begun"],
)
def test_holder_is_reminded_the_day_before(desk, camille, now, number):
    booking = booked(desk, MORNING, holder=camille)

    assert send_reminders(now=now) == [booking] * number

    assert reminders() == [("camille@exemple.fr", "telecentres.rappel")] * number
    written = booking.changes.values_list("act", "at", "author")
    assert list(written) == [(BookingAct.REMINDED, now, None)] * number


def test_reminder_says_where_when_and_how_to_stop_it(desk, camille, settings):
    settings.SITE_URL = "http://localhost:8000"
    booking = booked(desk, MORNING, holder=camille)

    send_reminders(now=EVE)

    mail = OutgoingMail.objects.get()
    own = "http://ariege.localhost:8000/espace/reservations/"
    assert mail.variables["dates"] == [
        {
            "words": "lundi 1er mars 2027, de 09:00 à 12:00 – Poste 3",
            "address": f"{own}{booking.reference}/",
        }
    ]
    assert mail.variables["lien"] == own
    assert f"UID:{booking.reference}@" in mail.calendar


def test_reminder_is_sent_once(desk, camille):
    booked(desk, MORNING, holder=camille)
    send_reminders(now=EVE)

    assert send_reminders(now=EVE) == []
    assert send_reminders(now=EVE + timedelta(hours=5)) == []
    assert len(reminders()) == 1


def test_bookings_of_one_day_at_one_place_are_one_mail(site, desk, camille):
    other = SpaceFactory(telecentre=TelecentreFactory(territory=site.territory))
    third = UserFactory(email="remy@exemple.fr")
    for space, slot, holder in [
        (desk, AFTERNOON, camille),
        (desk, MORNING, camille),
        (SpaceFactory(telecentre=site), MORNING, third),
        (other, MORNING, camille),
    ]:
        booked(space, slot, holder=holder)

    assert len(send_reminders(now=AFTERNOON.start - timedelta(hours=24))) == 4

    mails = OutgoingMail.objects.filter(variables__lieu=site.name, recipient=camille.email)
    assert ["09:00" in line["words"] for line in mails.get().variables["dates"]] == [True, False]
    assert sorted(recipient for recipient, _message in reminders()) == [
        "camille@exemple.fr", "camille@exemple.fr", "remy@exemple.fr",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"state": BookingState.REQUESTED, "answer_before": at(1, "08:00")},
        {"state": BookingState.CANCELLED},
        {"state": BookingState.BLOCKED, "holder": None},
        {"booked_at": MORNING.start - timedelta(hours=47)},
    ],
    ids=["asked", "cancelled", "blocked", "booked lately"],
)
def test_nobody_is_reminded_of_what_is_not_sure_or_fresh(desk, values):
    booked(desk, MORNING, **values)

    assert send_reminders(now=EVE) == []
    assert reminders() == []


@pytest.mark.parametrize("field", ["is_active", "wants_reminders"])
def test_whoever_does_not_want_it_is_left_alone(desk, field):
    booked(desk, MORNING, holder=UserFactory(**{field: False}))

    assert send_reminders(now=EVE) == []


def test_what_was_told_lately_needs_no_reminder(desk, camille):
    booking = booked(desk, AFTERNOON, holder=camille)
    change = BookingChangeFactory(
        booking=booking, act=BookingAct.APPROVED, at=AFTERNOON.start - timedelta(hours=47)
    )
    now = AFTERNOON.start - timedelta(hours=24)

    assert send_reminders(now=now) == []

    BookingChange.objects.filter(pk=change.pk).update(at=AFTERNOON.start - timedelta(hours=48))
    assert send_reminders(now=now) == [booking]


def test_moved_to_a_later_week_is_reminded_again(desk, camille):
    booking = booked(desk, MORNING, holder=camille)
    send_reminders(now=EVE)

    move_booking(
        booking=booking, spaces=[desk], slot=march(8, "09:00", "12:00"), author=camille, now=EVE
    )

    assert send_reminders(now=EVE + timedelta(days=7)) == [booking]
    assert len(reminders()) == 2


def test_visitor_gets_a_link_of_their_own(desk, camille):
    booking = booked(desk, MORNING, holder=camille, origin=BookingOrigin.VISITOR)

    assert send_reminders(now=EVE) == [booking]

    mail = OutgoingMail.objects.get()
    assert (mail.message, mail.is_secret) == ("telecentres.rappel-visiteur", True)
    assert "/reservations/" in mail.text_body
    assert "/espace/reservations/" not in mail.text_body


@pytest.mark.django_db(transaction=True)
def test_reminded_by_two_workers_and_cancelled_at_once_is_written_once(site):
    desk = SpaceFactory(telecentre=site)
    booking = booked(desk, MORNING)
    acts = [lambda: send_reminders(now=EVE)] * 3
    acts.append(lambda: cancel_booking(booking=booking, author=booking.holder, now=EVE))

    *reminded, cancelled = all_at_once(acts)

    assert cancelled == booking
    assert sum(len(found) for found in reminded) == len(reminders()) <= 1


def test_scheduled_task_says_how_many(desk, camille, time_machine):
    booked(desk, MORNING, holder=camille)
    time_machine.move_to(EVE)

    assert remind_task() == 1
    assert remind_task() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_reminding_one_costs_as_reminding_three(site, camille, django_assert_num_queries, number):
    for _number in range(number):
        booked(SpaceFactory(telecentre=site), MORNING, holder=camille)

    with django_assert_num_queries(9):
        assert len(send_reminders(now=EVE)) == number
