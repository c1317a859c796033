from datetime import timedelta

import factory
from django.utils import timezone

from accueil.enums import EventKind, EventState
from accueil.models import Event
from tests.factories.territoires import TerritoryFactory


class EventFactory(factory.django.DjangoModelFactory[Event]):
    """An announced discovery session in a month; `past` was a month ago."""

    class Meta:
        model = Event

    territory = factory.SubFactory(TerritoryFactory)
    kind = EventKind.DISCOVERY_SESSION
    state = EventState.PUBLISHED
    title = factory.Sequence(lambda n: f"Session découverte {n}")
    slug = factory.Sequence(lambda n: f"session-{n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(days=1))

    class Params:
        past = factory.Trait(
            starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=30))
        )
