from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.enums import BookingAct, BookingState
from telecentres.models import Booking
from tests.factories import BookingChangeFactory, BookingFactory, SpaceFactory, UserFactory

START = datetime(2027, 3, 1, 8, tzinfo=UTC)
END = datetime(2027, 3, 1, 11, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BEGINS_AND_ENDS = "Une réservation a un début, et une fin après lui."


def lasting(**length: int) -> dict[str, object]:
    """A period, and no buffer around it."""
    return spanning(DateTimeTZRange(START, START + timedelta(**length)))


def spanning(period: DateTimeTZRange) -> dict[str, object]:
    return {"period": period, "occupied": period}


def unsaved(**values: object) -> Booking:
    return BookingFactory.build(
        **{"space": SpaceFactory(), "holder": UserFactory(), "territory": None, **values}
    )


def complete(booking: Booking) -> Booking:
    booking.territory = booking.space.telecentre.territory
    return booking


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (spanning(DateTimeTZRange(empty=True)), BEGINS_AND_ENDS),
        (spanning(DateTimeTZRange(None, END)), BEGINS_AND_ENDS),
        (spanning(DateTimeTZRange(START, None)), BEGINS_AND_ENDS),
        (spanning(DateTimeTZRange(START, END, "[]")), BEGINS_AND_ENDS),
        (spanning(DateTimeTZRange(START, END, "(]")), BEGINS_AND_ENDS),
        (spanning(DateTimeTZRange(START, END, "()")), BEGINS_AND_ENDS),
        (
            {"occupied": DateTimeTZRange(START + MINUTE, END)},
            "La période occupée contient la période réservée.",
        ),
        (
            {"occupied": DateTimeTZRange(START, END - MINUTE)},
            "La période occupée contient la période réservée.",
        ),
        (lasting(days=93, minutes=1), "Une réservation dure trois mois au plus."),
        ({"people": 0}, "Une réservation est pour une personne au moins."),
        (
            {"state": BookingState.REQUESTED, "answer_before": None},
            "Une demande ou une proposition attend une réponse avant une date.",
        ),
        (
            {"state": BookingState.OFFERED, "answer_before": None},
            "Une demande ou une proposition attend une réponse avant une date.",
        ),
    ],
    ids=[
        "empty",
        "no beginning",
        "no end",
        "end included",
        "end included alone",
        "beginning excluded",
        "occupied from later on",
        "occupied until earlier",
        "too long",
        "nobody",
        "request without deadline",
        "offer without deadline",
    ],
)
def test_booking_against_a_rule_is_refused(db, values, message):
    booking = complete(unsaved(**values))

    with pytest.raises(ValidationError) as caught:
        booking.full_clean()
    assert caught.value.message_dict == {"__all__": [message]}
    with pytest.raises(IntegrityError), transaction.atomic():
        booking.save()
    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    "values",
    [
        lasting(days=93),
        lasting(microseconds=1),
        {"occupied": DateTimeTZRange(START - MINUTE, END + MINUTE)},
        {"people": 1},
        {"state": BookingState.REQUESTED, "answer_before": START},
        {"state": BookingState.BLOCKED, "holder": None},
    ],
)
def test_booking_within_the_rules_passes(db, values):
    booking = complete(unsaved(**values))

    booking.full_clean()
    booking.save()

    assert Booking.objects.get() == booking


@pytest.mark.parametrize("state", BookingState.holding())
@pytest.mark.parametrize("other", BookingState.holding())
def test_booking_of_a_space_that_is_held_is_refused(db, state, other):
    held = BookingFactory(state=other, answer_before=START)
    later = spanning(DateTimeTZRange(END - MINUTE, END + MINUTE))
    booking = complete(unsaved(space=held.space, state=state, answer_before=START, **later))

    with pytest.raises(ValidationError) as caught:
        booking.full_clean()
    assert caught.value.message_dict == {"__all__": ["Cet espace est déjà pris à ce moment-là."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        booking.save()
    assert list(Booking.objects.all()) == [held]


def test_booking_of_a_space_is_refused_by_the_buffer_of_another(db):
    held = BookingFactory(occupied=DateTimeTZRange(START, END + MINUTE))

    with pytest.raises(IntegrityError), transaction.atomic():
        BookingFactory(space=held.space, **spanning(DateTimeTZRange(END, END + MINUTE)))

    assert list(Booking.objects.all()) == [held]


@pytest.mark.parametrize(
    "values",
    [
        {"state": BookingState.CANCELLED},
        {"state": BookingState.REFUSED},
        {"state": BookingState.EXPIRED},
        spanning(DateTimeTZRange(END, END + MINUTE)),
        spanning(DateTimeTZRange(START - MINUTE, START)),
    ],
    ids=["cancelled", "refused", "expired", "after", "before"],
)
def test_booking_that_holds_nothing_of_another_passes(db, values):
    held = BookingFactory()
    booking = complete(unsaved(space=held.space, **values))

    booking.full_clean()
    booking.save()

    assert Booking.objects.count() == 2


def test_booking_of_another_space_passes_at_the_same_time(db):
    BookingFactory.create_batch(2)

    assert Booking.objects.holding().count() == 2


def test_reference_is_given_once(db):
    BookingFactory(reference="K7QX2MFA")

    with pytest.raises(IntegrityError), transaction.atomic():
        BookingFactory(reference="K7QX2MFA")

    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("length", "is_long"), [({"hours": 14}, False), ({"hours": 14, "microseconds": 1}, True)]
)
def test_booking_is_long_above_a_day_of_work(db, length, is_long):
    booking = BookingFactory(**lasting(**length))
    booking.refresh_from_db()

    assert booking.is_long is is_long


def test_booking_begins_and_ends_at_its_very_moments(db):
    booking = BookingFactory()

    assert [booking.has_begun(at) for at in (START - MINUTE, START)] == [False, True]
    assert [booking.has_ended(at) for at in (END - MINUTE, END)] == [False, True]


@pytest.mark.parametrize(
    ("state", "holds"),
    [
        (BookingState.OFFERED, True),
        (BookingState.REQUESTED, True),
        (BookingState.CONFIRMED, True),
        (BookingState.BLOCKED, True),
        (BookingState.REFUSED, False),
        (BookingState.EXPIRED, False),
        (BookingState.CANCELLED, False),
    ],
)
def test_booking_holds_in_the_states_that_keep_others_out(state, holds):
    assert Booking(state=state).holds is holds


@pytest.mark.parametrize(
    ("state", "answer_before", "may_be"),
    [
        (BookingState.OFFERED, START, True),
        (BookingState.REQUESTED, START, True),
        (BookingState.REQUESTED, START - MINUTE, False),
        (BookingState.REQUESTED, None, False),
        (BookingState.CONFIRMED, START, False),
    ],
)
def test_booking_may_be_answered_until_its_deadline(state, answer_before, may_be):
    booking = Booking(state=state, answer_before=answer_before)

    assert booking.may_be_answered(START - MINUTE) is may_be


@pytest.mark.parametrize("state", BookingState)
def test_booking_come_to_was_confirmed(db, state):
    """One may leave early, and give the rest back: that one has come stays."""
    held = BookingFactory(state=state, answer_before=START)
    may_be = state in {BookingState.CONFIRMED, BookingState.CANCELLED}

    with nullcontext() if may_be else pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=held.pk).update(checked_in_at=START)


@pytest.mark.parametrize(
    ("values", "who"),
    [
        ({"holder__first_name": "Ada", "holder__last_name": "Roux", "note": "Tôt"}, "Ada Roux"),
        ({"holder": None, "note": "Mme Dupuy"}, "Mme Dupuy"),
        ({"holder": None, "reference": "K7QX2MFA"}, "K7QX2MFA"),
        (
            {"holder": None, "state": "offered", "origin": "visitor", "answer_before": START},
            "à confirmer par e-mail",
        ),
    ],
)
def test_booking_says_who_comes(db, values, who):
    assert BookingFactory(**values).who == who


def test_booking_and_its_changes_are_named(db):
    change = BookingChangeFactory(booking__reference="K7QX2MFA", act=BookingAct.MOVED)

    assert (str(change.booking), str(change)) == ("K7QX2MFA", "K7QX2MFA – déplacé")
