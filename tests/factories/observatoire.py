from datetime import date

import factory

from observatoire.models import Snapshot
from tests.factories.territoires import TerritoryFactory


class SnapshotFactory(factory.django.DjangoModelFactory[Snapshot]):
    class Meta:
        model = Snapshot

    territory = factory.SubFactory(TerritoryFactory)
    indicator = "solos_identified"
    day = date(2026, 1, 1)
    value = 1
