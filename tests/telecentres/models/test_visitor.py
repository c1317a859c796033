import pytest
from django.db import IntegrityError

from tests.factories import VisitorHoldFactory


def test_hold_is_called_after_its_booking(db):
    hold = VisitorHoldFactory()

    assert str(hold) == hold.booking.reference


def test_booking_is_held_for_one_visitor(db):
    hold = VisitorHoldFactory()

    with pytest.raises(IntegrityError):
        VisitorHoldFactory(booking=hold.booking)
