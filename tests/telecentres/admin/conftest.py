"""What the tests of the pages about one place share."""

import pytest
import time_machine
from django.test import Client

from telecentres.models import Telecentre
from tests.factories import OpeningHoursFactory, TelecentreFactory, TelecentreGrantFactory


@pytest.fixture
def _monday():
    """On 1 March 2027, at half past nine in Paris."""
    with time_machine.travel("2027-03-01T08:30:00Z", tick=False):
        yield


@pytest.fixture
def place(territory) -> Telecentre:
    place = TelecentreFactory(territory=territory)
    OpeningHoursFactory(telecentre=place, weekday=1)
    return place


@pytest.fixture
def manager_client(place) -> Client:
    client = Client()
    client.force_login(TelecentreGrantFactory(telecentre=place, user__second_factor=True).user)
    return client
