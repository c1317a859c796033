import pytest
from django.urls import reverse

from registre.enums import JournalAct
from registre.models import JournalEntry
from telecentres.domain.calendar import Slot
from telecentres.models import Booking, Space
from tests.factories import OpeningHoursFactory, SpaceFactory, TelecentreFactory
from tests.telecentres.march import hold, march

pytestmark = pytest.mark.usefixtures("_monday")
# The place opens on Mondays, and closes at half past twelve.
AFTERNOON, MORNING = march(8, "14:00", "17:00"), march(8, "09:30", "12:30")


def page(place) -> str:
    return reverse("admin:telecentres_telecentre_relocate", args=[place.pk])


@pytest.fixture
def desk(place) -> Space:
    return SpaceFactory(telecentre=place, name="Poste 1")


def rows(response) -> list[tuple]:
    return [
        (each.booking, each.space, each.slot, ticked)
        for each, ticked in response.context["moves"].rows
    ]


def keys(response) -> list[str]:
    return [each.key for each in response.context["moves"].proposals]


def test_page_says_where_what_is_outside_could_go(place, manager_client, desk):
    outside = hold(desk, AFTERNOON)
    hold(desk, march(15, "09:00", "12:00"))

    response = manager_client.get(page(place))

    assert rows(response) == [(outside, desk, MORNING, False)]
    text = response.content.decode()
    assert "→ Poste 1, lun 8 mars 2027 09:30–12:30" in text
    assert f'<a href="mailto:{outside.holder.email}">{outside.holder.email}</a>' in text
    [read] = JournalEntry.objects.filter(act=JournalAct.READ)
    assert (read.model, read.rows) == ("telecentres.Booking", 1)


def test_what_is_ticked_moves_and_the_rest_stays(place, manager_client, desk):
    first, second = hold(desk, AFTERNOON), hold(desk, march(8, "17:00", "18:00"))
    shown = manager_client.get(page(place))

    told = manager_client.post(page(place), {"deplacer": keys(shown)[:1]}, follow=True)

    assert "1 réservation est déplacée, son titulaire est prévenu." in told.content.decode()
    assert [row[0] for row in rows(told)] == [second]
    first.refresh_from_db()
    assert Slot.of(first.period) == MORNING


def test_nothing_ticked_moves_nothing(place, manager_client, desk):
    held = hold(desk, AFTERNOON)

    told = manager_client.post(page(place), {}, follow=True)

    assert [row[0] for row in rows(told)] == [held]
    assert "déplacée" not in told.content.decode()
    assert not JournalEntry.objects.filter(act=JournalAct.EDITED).exists()


def test_what_is_no_longer_proposed_is_said_and_moves_nobody(place, manager_client, desk):
    held = hold(desk, AFTERNOON)
    sent = {"deplacer": keys(manager_client.get(page(place)))}
    hold(desk, march(8, "12:00", "12:30"))

    response = manager_client.post(page(place), sent)

    assert response.status_code == 409
    assert "relisez avant d’envoyer." in response.content.decode()
    assert [(row[1].name, row[2]) for row in rows(response)] == [
        ("Poste 1", march(8, "09:00", "12:00"))
    ]
    held.refresh_from_db()
    assert Slot.of(held.period) == AFTERNOON


def test_what_is_refused_in_the_last_moment_is_told(place, manager_client, desk, monkeypatch):
    """Between what is read and what is done somebody books: the move itself says so."""
    hold(desk, AFTERNOON)
    sent = {"deplacer": keys(manager_client.get(page(place)))}
    Space.objects.update(capacity=1)
    Booking.objects.update(people=1)

    def quicker(**_given):
        hold(desk, MORNING)
        return real(**_given)

    from telecentres.admin import relocating

    real = relocating.move_as_proposed
    monkeypatch.setattr(relocating, "move_as_proposed", quicker)
    told = manager_client.post(page(place), sent, follow=True)

    assert "reste où elle est. " in told.content.decode()


def test_where_nothing_is_near_the_page_says_so(place, manager_client, desk):
    place.opening_hours.all().delete()
    hold(desk, AFTERNOON)

    response = manager_client.get(page(place))

    assert keys(response) == [""]
    assert "voyez avec la personne" in response.content.decode()


def test_page_without_anything_outside_says_so(place, manager_client):
    text = manager_client.get(page(place)).content.decode()

    assert "Toutes les réservations à venir sont dans les horaires." in text


def test_another_place_is_as_one_that_never_was(territory, manager_client):
    elsewhere = TelecentreFactory(territory=territory)

    assert manager_client.get(page(elsewhere)).status_code == 404
    assert manager_client.post(page(elsewhere)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_and_three(
    place, manager_client, django_assert_num_queries, count
):
    OpeningHoursFactory(telecentre=place, weekday=2)
    for number in range(count):
        hold(SpaceFactory(telecentre=place), march(8 + 7 * number, "14:00", "17:00"))

    with django_assert_num_queries(20):
        manager_client.get(page(place))
