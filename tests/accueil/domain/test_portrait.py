from datetime import timedelta

import pytest
from django.utils.translation import override

from accueil.domain.portrait import portrait
from accueil.enums import EventState
from tests.factories import EventFactory, HostVillageFactory


def test_portrait_is_what_the_page_says(territory, settings):
    settings.SITE_URL = "https://solos.example"
    village = HostVillageFactory(territory=territory)
    event = EventFactory(territory=territory, village=village, title="Visite", slug="visite")

    said = portrait(event)

    assert said == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Visite",
        "startDate": event.starts_at.isoformat(),
        "endDate": (event.starts_at + timedelta(days=1)).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "url": "https://ariege.localhost/sessions/visite/",
        "organizer": {
            "@type": "Organization",
            "name": territory.agency_name,
            "url": "https://ariege.localhost",
        },
        "location": {
            "@type": "Place",
            "name": village.commune.name,
            "address": village.commune.name,
        },
    }


@pytest.mark.parametrize(
    ("state", "status"),
    [(EventState.PUBLISHED, "EventScheduled"), (EventState.CANCELLED, "EventCancelled")],
)
def test_portrait_says_whether_it_takes_place_and_no_place_without_one(territory, state, status):
    said = portrait(EventFactory(territory=territory, state=state))

    assert said["eventStatus"] == f"https://schema.org/{status}"
    assert "location" not in said


def test_portrait_in_english_has_the_title_and_the_address_in_english(territory):
    event = EventFactory(territory=territory, title="Visite", title_en="Visit", slug="visite")

    with override("en"):
        said = portrait(event)

    assert said["name"] == "Visit"
    assert said["url"].endswith("/en/sessions/visite/")
