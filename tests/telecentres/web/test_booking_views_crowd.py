"""Everyone wants a desk in the same second: over HTTP, with accounts of their own."""

from random import Random

import pytest
import time_machine
from django.db import connection
from django.test import Client

from telecentres.domain.booking import book_space
from telecentres.domain.errors import SlotTaken
from telecentres.models import Booking
from tests.factories import OpeningHoursFactory, SpaceFactory, TelecentreFactory, UserFactory
from tests.telecentres.crowd import all_at_once
from tests.telecentres.march import NOW, march

OVERLAPS = """
SELECT count(*) FROM telecentres_booking AS one JOIN telecentres_booking AS other
    ON one.space_id = other.space_id AND one.id < other.id AND one.occupied && other.occupied
"""
HOURS = range(9, 18)


@pytest.fixture
def place(territory):
    place = TelecentreFactory(territory=territory, slug="cap", takes_bookings=True)
    OpeningHoursFactory(telecentre=place, weekday=1, opens_at="09:00", closes_at="18:00")
    SpaceFactory.create_batch(3, telecentre=place)
    return place


def overlaps() -> int:
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("people", "each"), [(8, 5), pytest.param(40, 25, marks=pytest.mark.trust)]
)
def test_crowd_over_http_never_overlaps(place, people, each):
    """40 at once, 25 attempts each, on 3 desks, under `make trust`."""
    clients = []
    with time_machine.travel(NOW, tick=False):
        for number in range(people):
            # Each from their own network, which may book so many times an hour.
            clients.append(Client(REMOTE_ADDR=f"192.0.2.{number}"))
            clients[-1].force_login(UserFactory())

        def ask(number: int) -> list[int]:
            drawn = Random(number)
            answers = []
            for _attempt in range(each):
                start = drawn.choice(HOURS)
                end = drawn.randint(start + 1, 18)
                asked = {"jour": "2027-03-01", "de": f"{start:02}:00", "a": f"{end:02}:00"}
                path = "/telecentres/cap/reserver/poste/confirmer/"
                answers.append(clients[number].post(path, asked).status_code)
            return answers

        found = all_at_once([lambda number=number: ask(number) for number in range(people)])

    answers = [status for one in found for status in one]
    assert set(answers) <= {302, 409}
    assert (overlaps(), Booking.objects.count()) == (0, answers.count(302))


@pytest.mark.trust
@pytest.mark.django_db(transaction=True)
def test_thousand_attempts_in_the_domain_never_overlap(place):
    """40 connections, 25 attempts each, on 3 desks, mails included."""
    desks, holder = list(place.spaces.order_by("pk")), UserFactory()

    def ask(number: int) -> int:
        drawn, won = Random(number), 0
        for _attempt in range(25):
            start = drawn.choice(HOURS)
            slot = march(1, f"{start:02}:00", f"{drawn.randint(start + 1, 18):02}:00")
            try:
                book_space(telecentre=place, spaces=desks, slot=slot, holder=holder, now=NOW)
            except SlotTaken:
                continue
            won += 1
        return won

    found = all_at_once([lambda number=number: ask(number) for number in range(40)])

    assert (overlaps(), Booking.objects.count()) == (0, sum(found))
