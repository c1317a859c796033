import re
from datetime import date, time
from html import unescape

import pytest
import time_machine

from telecentres.enums import SpaceKind
from tests.factories import (
    ExceptionalHoursFactory,
    SpaceFactory,
)
from tests.telecentres.march import hold, march

WEEK = "/telecentres/cap/semaine/poste/"
QUERIES = 7


@pytest.fixture(autouse=True)
def _clock():
    """Wednesday 3 March 2027, at ten in the morning in Paris."""
    with time_machine.travel("2027-03-03T09:00:00Z", tick=False):
        yield


def rows(page: str) -> list[tuple[str, ...]]:
    """The day, then what each cell says."""
    return [
        tuple(" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells)
        for cells in (
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)
        )
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_week_is_told_half_day_by_half_day(place, client, django_assert_num_queries, number):
    desks = SpaceFactory.create_batch(number, telecentre=place)
    for desk in desks:
        hold(desk, march(4, "14:00", "15:00"))
    hold(desks[0], march(5, "08:00", "13:00"))
    ExceptionalHoursFactory(
        telecentre=place, day=date(2027, 3, 6), opens_at=time(9), closes_at=time(12)
    )

    with django_assert_num_queries(QUERIES):
        page = client.get(WEEK).content.decode()

    all_free = f"{number} libre{'s' * (number > 1)}"
    friday = f"{number - 1} libres 09:00–13:00" if number > 1 else "complet"
    assert rows(page) == [
        ("lun 1 Mar", "ne se réserve plus", "ne se réserve plus"),
        ("mar 2 Mar", "ne se réserve plus", "ne se réserve plus"),
        ("mer 3 Mar", "ne se réserve plus", f"{all_free} 13:00–18:00"),
        ("jeu 4 Mar", f"{all_free} 09:00–13:00", "complet"),
        ("ven 5 Mar", friday, f"{all_free} 13:00–18:00"),
        ("sam 6 Mar", f"{all_free} 09:00–12:00", "Fermé"),
        ("dim 7 Mar", "Fermé"),
    ]


def test_free_cell_leads_to_its_booking(place, client):
    SpaceFactory(telecentre=place, kind=SpaceKind.MEETING_ROOM, capacity=4)

    page = client.get(
        f"{WEEK.replace('poste', 'salle')}?jour=2027-03-10&personnes=4"
    ).content.decode()

    address = unescape(re.search(r'class="slot" href="([^"]+)"', page)[1])
    assert address == (
        "/telecentres/cap/reserver/salle/confirmer/"
        "?personnes=4&jour=2027-03-08&de=09%3A00&a=13%3A00"
    )
    assert "Me connecter pour réserver" in client.get(address).content.decode()


def test_weeks_follow_one_another_from_this_one_on(place, client):
    SpaceFactory(telecentre=place)

    this_one = client.get(WEEK).content.decode()
    next_one = client.get(f"{WEEK}?jour=2027-03-14").content.decode()

    assert "Semaine précédente" not in this_one
    assert f'href="{WEEK}?jour=2027-03-08">Semaine suivante' in this_one
    assert "Semaine du 8 mars 2027" in next_one
    assert f'href="{WEEK}?jour=2027-03-03">Semaine précédente' in next_one


@pytest.mark.parametrize(
    ("day", "monday"), [("05", "1er mars"), ("06", "8 mars"), ("07", "8 mars")]
)
def test_week_of_a_week_end_is_the_next_one(place, client, day, monday):
    SpaceFactory(telecentre=place)

    with time_machine.travel(f"2027-03-{day}T09:00:00Z", tick=False):
        assert f"Semaine du {monday} 2027" in client.get(WEEK).content.decode()


def test_week_of_what_is_not_let_is_unknown(place, client):
    for word in ("poste", "piscine"):
        assert client.get(f"/telecentres/cap/semaine/{word}/").status_code == 404
