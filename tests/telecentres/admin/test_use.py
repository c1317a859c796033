from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from telecentres.enums import BookingOrigin, SpaceKind
from telecentres.models import UseStatement
from tests.factories import (
    OpeningHoursFactory,
    SpaceFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    UserFactory,
    UseStatementFactory,
)
from tests.telecentres.march import hold, march

ADD = "/gestion/telecentres/usestatement/add/"
QUERIES = 19


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-03-31T08:30:00Z", tick=False):
        yield


@pytest.fixture
def place(territory):
    place = TelecentreFactory(territory=territory, name="Cap Delta")
    OpeningHoursFactory(telecentre=place, weekday=1)
    return place


@pytest.fixture
def manager_client(place) -> Client:
    client = Client()
    grant = TelecentreGrantFactory(telecentre=place, user__second_factor=True)
    client.user = grant.user
    client.force_login(client.user)
    return client


def page(place) -> str:
    return reverse("admin:telecentres_telecentre_use", args=[place.pk])


def stated(place, **values: object) -> dict[str, object]:
    given = {"telecentre": place.pk, "month": "2027-02-01", "kind": "", "half_days": 12}
    return given | {"people": "", "note": ""} | values


def test_use_is_shown_by_its_three_sources(place, manager_client):
    desk = SpaceFactory(telecentre=place)
    hold(desk, march(1, "09:00", "10:00"))
    hold(desk, march(8, "09:00", "10:00"), origin=BookingOrigin.COUNTER, holder=None)
    by = UserFactory(first_name="Anouk", last_name="Lavelade")
    UseStatementFactory(telecentre=place, half_days=4, people=3, note="Cahier", stated_by=by)

    text = manager_client.get(page(place)).content.decode()

    row = text.partition('<th scope="row">Mars 2027</th>')[2].partition("</tr>")[0]
    assert row == "".join(f'<td class="number">{number}</td>' for number in (1, 1, 4))
    row = text.partition('<th scope="row">Avril 2026</th>')[2].partition("</tr>")[0]
    assert row == "".join(f'<td class="number">{number}</td>' for number in (0, 0, "–"))
    assert text.count("<rect class") == 3 + 3
    assert "Tout le lieu" in text
    assert "Cahier" in text
    assert "Anouk Lavelade, 31 mars 2027" in text


def test_manager_states_a_month(place, manager_client):
    added = manager_client.post(ADD, stated(place, people=5, note="Badges"))

    assert added.status_code == 302
    row = UseStatement.objects.get()
    assert (row.telecentre, row.month, row.kind) == (place, date(2027, 2, 1), "")
    assert (row.half_days, row.people, row.note) == (12, 5, "Badges")
    assert (row.stated_by, f"{row.stated_at:%d %H:%M}") == (manager_client.user, "31 08:30")


@pytest.mark.parametrize("month", ["2027-04-01", "2027-02-02", "février", "", "1990-01-01"])
def test_month_that_has_not_come_or_is_none_is_refused(place, manager_client, month):
    form = manager_client.post(ADD, stated(place, month=month)).context["adminform"].form

    assert list(form.errors) == ["month"]
    assert not UseStatement.objects.exists()


def test_month_stated_in_full_is_not_stated_by_kind(place, manager_client):
    UseStatementFactory(telecentre=place, month=date(2027, 2, 1))

    answer = manager_client.post(ADD, stated(place, kind=SpaceKind.DESK))

    assert "Ce mois est déjà déclaré" in answer.content.decode()
    assert UseStatement.objects.count() == 1


def test_negative_figures_are_refused(place, manager_client):
    answer = manager_client.post(ADD, stated(place, half_days=-1, people=-2))

    assert list(answer.context["adminform"].form.errors) == ["half_days", "people"]


def test_month_of_long_ago_is_corrected_where_it_is(place, manager_client):
    row = UseStatementFactory(telecentre=place, month=date(2020, 5, 1))
    change = reverse("admin:telecentres_usestatement_change", args=[row.pk])
    assert "mai 2020" in manager_client.get(change).content.decode()

    manager_client.post(change, stated(place, month="2020-05-01", half_days=3))

    row.refresh_from_db()
    assert (row.month, row.half_days, row.stated_by) == (
        date(2020, 5, 1), 3, manager_client.user,
    )  # fmt: skip


def test_use_of_another_place_is_neither_read_nor_stated(place, manager_client):
    elsewhere = TelecentreFactory(territory=place.territory)

    assert manager_client.get(page(elsewhere)).status_code == 404
    form = manager_client.post(ADD, stated(elsewhere)).context["adminform"].form
    assert list(form.errors) == ["telecentre"]
    assert not UseStatement.objects.exists()


def test_list_names_the_kind_or_the_whole_place(place, manager_client):
    UseStatementFactory(telecentre=place)
    UseStatementFactory(telecentre=place, month=date(2027, 2, 1), kind=SpaceKind.WORKSHOP)

    text = manager_client.get("/gestion/telecentres/usestatement/").content.decode()

    assert "Mars 2027" in text
    assert "tout le lieu" in text
    assert "atelier" in text


@pytest.mark.parametrize("number", [1, 3])
def test_use_costs_the_same_for_one_and_three(
    place, manager_client, django_assert_num_queries, number
):
    for month in range(1, number + 1):
        hold(SpaceFactory(telecentre=place), march(1, "09:00", "10:00"))
        UseStatementFactory(telecentre=place, month=date(2027, month, 1))

    with django_assert_num_queries(QUERIES):
        manager_client.get(page(place))
