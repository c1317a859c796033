"""Announce what newcomers and solos come to, or call it off."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accueil.domain.errors import EventOver, PlaceElsewhere
from accueil.enums import EventKind, EventState
from accueil.models import Event
from telecentres.models import Telecentre
from territoires.domain.addresses import free_slug
from territoires.models import HostVillage, Territory


def announce_event(
    *,
    territory: Territory,
    kind: EventKind,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    village: HostVillage | None = None,
    telecentre: Telecentre | None = None,
    **details: object,
) -> Event:
    """Put an event in the public calendar. Raises PlaceElsewhere."""
    for place in (village, telecentre):
        if place and place.territory_id != territory.pk:
            raise PlaceElsewhere
    with transaction.atomic():
        event = Event(
            territory=territory,
            kind=kind,
            state=EventState.PUBLISHED,
            title=title,
            slug=_slug(territory, title, starts_at),
            starts_at=starts_at,
            ends_at=ends_at,
            village=village,
            telecentre=telecentre,
            **details,
        )
        event.full_clean()
        event.save()
    return event


def cancel_event(*, event: Event) -> Event:
    """Call the event off; it stays visible and says so. Raises EventOver."""
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
        if event.ends_at <= timezone.now():
            raise EventOver
        if event.state != EventState.CANCELLED:
            event.state = EventState.CANCELLED
            event.save()
    return event


def _slug(territory: Territory, title: str, starts_at: datetime) -> str:
    """The title and the day: sessions come back every year under one title."""
    day = timezone.localtime(starts_at).date()
    wanted = f"{slugify(title)[:140]}-{day:%Y-%m-%d}"
    return free_slug(wanted, Event.objects.in_territory(territory))
