import pytest
from django.urls import reverse
from django.utils import timezone
from tablib import Dataset

from accueil.admin.resources import EventResource
from accueil.models import Event
from comptes.models import User
from tests.factories import EventFactory, HostVillageFactory, TelecentreFactory

ADD = reverse("admin:accueil_event_add")


def typed(territory, **changes):
    return {
        "kind": "club", "title": "Soirée du club", "state": "draft", "territory": territory.pk,
        "starts_at_0": "2026-05-01", "starts_at_1": "18:30",
        "ends_at_0": "2026-05-01", "ends_at_1": "21:00", **changes,
    }  # fmt: skip


def test_address_is_drawn_from_title_and_day(territory, officer_client):
    for _ in range(2):
        officer_client.post(ADD, typed(territory))

    assert sorted(Event.objects.values_list("slug", flat=True)) == [
        "soiree-du-club-2026-05-01",
        "soiree-du-club-2026-05-01-2",
    ]


@pytest.mark.parametrize("kind", ["village", "telecentre"])
def test_place_of_another_territory_is_refused(kind, territory, officer_client):
    place = {"village": HostVillageFactory, "telecentre": TelecentreFactory}[kind]()

    response = officer_client.post(ADD, typed(territory, **{kind: place.pk}))

    assert response.context["adminform"].form.errors == {
        kind: ["Ce lieu est d’un autre territoire."]
    }
    assert Event.objects.count() == 0


def test_event_that_ends_before_it_begins_is_refused(territory, officer_client):
    officer_client.post(ADD, typed(territory, ends_at_0="2026-04-30"))

    assert Event.objects.count() == 0


def load(territory, **row):
    dataset = Dataset([*row.values()], headers=[*row.keys()])
    return EventResource(territory=territory, user=User(is_superuser=True)).import_data(dataset)


def test_imported_event_is_a_draft_until_the_file_says_more(territory):
    load(territory, Titre="Club", Début="01/05/2026 18:30", Fin="2026-05-01 21:00")

    event = Event.objects.get()
    assert (event.state, event.slug) == ("draft", "club-2026-05-01")
    assert timezone.localtime(event.starts_at).isoformat() == "2026-05-01T18:30:00+02:00"


def test_imported_event_is_found_by_title_and_moment(territory):
    event = EventFactory(territory=territory, title="Club")
    starts_at = event.starts_at.replace(second=0, microsecond=0)
    Event.objects.update(starts_at=starts_at)

    load(territory, Titre="club", Début=starts_at, Fin=event.ends_at, Lieu="Foix")

    assert list(Event.objects.values_list("place", flat=True)) == ["Foix"]


def test_impossible_moment_is_refused(territory):
    result = load(territory, Titre="Club", Début="31/02/2026 18:30", Fin="demain")

    assert [list(map(str, row.error_dict)) for row in result.invalid_rows] == [["Début"]]
