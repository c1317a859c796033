"""An event as search engines read it (schema.org)."""

from typing import Any

from django.urls import reverse

from accueil.enums import EventState
from accueil.models import Event
from territoires.domain.brand import site_address
from territoires.domain.languages import localized_text

SCHEMA = "https://schema.org"


def portrait(event: Event) -> dict[str, Any]:
    """What the public page says, and nothing else; its row comes `with_all_told`."""
    site = site_address(event.territory)
    said = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": localized_text(event, "title")[0],
        "startDate": event.starts_at.isoformat(),
        "endDate": event.ends_at.isoformat(),
        "eventStatus": f"{SCHEMA}/{_status(event)}",
        "url": site + reverse("session", args=[event.slug]),
        "organizer": {"@type": "Organization", "name": event.territory.agency_name, "url": site},
    }
    if event.where:
        said["location"] = {"@type": "Place", "name": event.where, "address": event.where}
    return said


def _status(event: Event) -> str:
    return "EventCancelled" if event.state == EventState.CANCELLED else "EventScheduled"
