from datetime import date, time

import factory

from telecentres.enums import SpaceKind, Weekday
from telecentres.models import OpeningHours, Space, Telecentre, TelecentreGrant
from tests.factories.comptes import UserFactory
from tests.factories.territoires import CommuneFactory, TerritoryFactory


class TelecentreFactory(factory.django.DjangoModelFactory[Telecentre]):
    class Meta:
        model = Telecentre

    territory = factory.SubFactory(TerritoryFactory)
    name = factory.Sequence(lambda n: f"Télécentre {n}")
    slug = factory.Sequence(lambda n: f"telecentre-{n}")
    commune = factory.SubFactory(CommuneFactory)
    point = factory.SelfAttribute("commune.centre")


class SpaceFactory(factory.django.DjangoModelFactory[Space]):
    class Meta:
        model = Space

    telecentre = factory.SubFactory(TelecentreFactory)
    name = factory.Sequence(lambda n: f"Poste {n}")
    kind = SpaceKind.DESK


class OpeningHoursFactory(factory.django.DjangoModelFactory[OpeningHours]):
    class Meta:
        model = OpeningHours

    telecentre = factory.SubFactory(TelecentreFactory)
    weekday = Weekday.MONDAY
    opens_at = time(9)
    closes_at = time(12, 30)


class TelecentreGrantFactory(factory.django.DjangoModelFactory[TelecentreGrant]):
    class Meta:
        model = TelecentreGrant

    user = factory.SubFactory(UserFactory, is_staff=True)
    telecentre = factory.SubFactory(TelecentreFactory)
    starts_on = date(2020, 1, 1)
