"""What the tests of the pages where one books share."""

from datetime import time

import pytest
import time_machine

from telecentres.models import Space, Telecentre
from tests.factories import OpeningHoursFactory, SpaceFactory, TelecentreFactory


@pytest.fixture
def _sunday():
    """On 28 February 2027, before noon in Paris; the next day is a Monday."""
    with time_machine.travel("2027-02-28T10:00:00Z", tick=False):
        yield


@pytest.fixture
def place(territory) -> Telecentre:
    """Takes bookings, from Monday to Friday, 9:00–18:00."""
    place = TelecentreFactory(territory=territory, slug="cap", takes_bookings=True)
    for weekday in range(1, 6):
        OpeningHoursFactory(telecentre=place, weekday=weekday, opens_at=time(9), closes_at=time(18))
    return place


@pytest.fixture
def desk(place) -> Space:
    return SpaceFactory(telecentre=place, name="Poste 1")
