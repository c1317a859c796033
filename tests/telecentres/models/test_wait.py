from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.enums import WaitState
from telecentres.models import Wait
from tests.factories import BookingFactory, TelecentreFactory, UserFactory, WaitFactory

START = datetime(2027, 3, 1, 8, tzinfo=UTC)
BOUNDED = "Une attente a un début, et une fin après lui."
HELD = "Une place proposée est gardée par une réservation."


def unsaved(**values: object) -> Wait:
    place = TelecentreFactory()
    given = {"telecentre": place, "territory": place.territory, "holder": UserFactory()}
    return WaitFactory.build(**given, **values)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"period": DateTimeTZRange(empty=True)}, BOUNDED),
        ({"period": DateTimeTZRange(START, None)}, BOUNDED),
        ({"people": 0}, "Une attente est pour une personne au moins."),
        ({"state": WaitState.OFFERED}, HELD),
        ({"state": WaitState.TAKEN}, HELD),
        ({"state": WaitState.LAPSED}, HELD),
    ],
)
def test_wait_against_a_rule_is_refused(db, values, message):
    wait = unsaved(**values)

    with pytest.raises(ValidationError) as caught:
        wait.full_clean()
    assert caught.value.message_dict == {"__all__": [message]}
    with pytest.raises(IntegrityError), transaction.atomic():
        wait.save()
    assert Wait.objects.count() == 0


def test_wait_that_is_held_a_place_waits_no_more(db):
    wait = unsaved(booking=BookingFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        wait.save()


@pytest.mark.parametrize("state", WaitState.open())
def test_wait_is_once_for_one_slot(db, state):
    first = WaitFactory()
    booking = BookingFactory() if state == WaitState.OFFERED else None
    again = {"telecentre": first.telecentre, "holder": first.holder, "booking": booking}

    with pytest.raises(IntegrityError), transaction.atomic():
        WaitFactory(**again, state=state)

    Wait.objects.update(state=WaitState.LEFT)
    WaitFactory(**again, state=state)
    assert Wait.objects.count() == 2


def test_wait_is_named(db):
    wait = WaitFactory(telecentre__name="Cap Delta")

    assert str(wait) == f"{wait.holder} – Cap Delta"
