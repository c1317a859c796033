from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accueil.domain.errors import EventOver, PlaceElsewhere
from accueil.domain.events import announce_event, cancel_event
from accueil.enums import EventKind, EventState
from accueil.models import Event
from tests.factories.accueil import EventFactory
from tests.factories.telecentres import TelecentreFactory
from tests.factories.territoires import HostVillageFactory, TerritoryFactory

SESSION = {
    "kind": EventKind.DISCOVERY_SESSION,
    "title": "Session découverte",
    # Half past midnight in Paris is still the day before in UTC.
    "starts_at": datetime(2026, 7, 4, 0, 30, tzinfo=ZoneInfo("Europe/Paris")),
    "ends_at": datetime(2026, 7, 5, 17, tzinfo=ZoneInfo("Europe/Paris")),
}


def test_announce_event_is_public_under_its_title_and_local_day(territory):
    village = HostVillageFactory(territory=territory)

    event = announce_event(territory=territory, **SESSION, village=village, capacity_households=8)

    assert (event.slug, event.state) == ("session-decouverte-2026-07-04", EventState.PUBLISHED)
    assert (event.village, event.capacity_households) == (village, 8)
    assert list(Event.objects.announced()) == [event]


def test_announce_event_twice_on_one_day_takes_next_address(territory):
    slugs = [announce_event(territory=territory, **SESSION).slug for _ in range(2)]

    assert slugs == ["session-decouverte-2026-07-04", "session-decouverte-2026-07-04-2"]


@pytest.mark.parametrize(
    ("field", "factory"), [("village", HostVillageFactory), ("telecentre", TelecentreFactory)]
)
def test_announce_event_in_place_of_another_territory_is_refused(territory, field, factory):
    elsewhere = factory(territory=TerritoryFactory())

    with pytest.raises(PlaceElsewhere):
        announce_event(territory=territory, **SESSION, **{field: elsewhere})

    assert Event.objects.count() == 0


def test_announce_event_ending_before_start_changes_nothing(territory):
    with pytest.raises(ValidationError):
        announce_event(territory=territory, **SESSION | {"ends_at": SESSION["starts_at"]})

    assert Event.objects.count() == 0


def test_cancel_event_stays_visible_and_is_idempotent(territory):
    event = EventFactory(territory=territory)

    for _ in range(2):
        event = cancel_event(event=event)

    assert event.state == EventState.CANCELLED
    assert list(Event.objects.announced()) == [event]
    assert event.history.count() == 2


def test_cancel_event_that_is_over_changes_nothing(territory):
    event = EventFactory(
        territory=territory,
        starts_at=timezone.now() - timedelta(hours=3),
        ends_at=timezone.now() - timedelta(seconds=1),
    )

    with pytest.raises(EventOver):
        cancel_event(event=event)

    event.refresh_from_db()
    assert event.state == EventState.PUBLISHED
