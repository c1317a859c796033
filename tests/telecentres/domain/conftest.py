"""What the tests of bookings share."""

from datetime import time

import pytest

from telecentres.models import Telecentre
from tests.factories.telecentres import OpeningHoursFactory, TelecentreFactory
from tests.factories.territoires import CommuneFactory


@pytest.fixture
def site(territory) -> Telecentre:
    """Takes bookings, from Monday to Friday, 9:00–12:30 and 13:30–18:00."""
    site = TelecentreFactory(
        territory=territory,
        commune=CommuneFactory(foix=True),
        name="Cap Delta",
        email="cap@exemple.fr",
        takes_bookings=True,
    )
    for weekday in range(1, 6):
        OpeningHoursFactory(telecentre=site, weekday=weekday)
        OpeningHoursFactory(
            telecentre=site, weekday=weekday, opens_at=time(13, 30), closes_at=time(18)
        )
    return site
