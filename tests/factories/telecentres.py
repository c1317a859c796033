from datetime import UTC, date, datetime, time

import factory
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.enums import BookingAct, SpaceKind, Weekday
from telecentres.models import (
    Booking,
    BookingChange,
    ExceptionalHours,
    OpeningHours,
    Season,
    Space,
    Telecentre,
    TelecentreGrant,
    UseStatement,
)
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


class SeasonFactory(factory.django.DjangoModelFactory[Season]):
    class Meta:
        model = Season

    telecentre = factory.SubFactory(TelecentreFactory)
    name = "Été"
    starts_on = date(2027, 7, 1)
    ends_on = date(2027, 8, 31)


class ExceptionalHoursFactory(factory.django.DjangoModelFactory[ExceptionalHours]):
    class Meta:
        model = ExceptionalHours

    telecentre = factory.SubFactory(TelecentreFactory)
    day = date(2027, 3, 1)


class BookingFactory(factory.django.DjangoModelFactory[Booking]):
    """On Monday 1 March 2027, from 9 to 12 in Paris."""

    class Meta:
        model = Booking

    space = factory.SubFactory(SpaceFactory)
    territory = factory.SelfAttribute("space.telecentre.territory")
    holder = factory.SubFactory(UserFactory)
    reference = factory.Sequence(lambda n: f"R{n:07}")
    period = DateTimeTZRange(
        datetime(2027, 3, 1, 8, tzinfo=UTC), datetime(2027, 3, 1, 11, tzinfo=UTC)
    )
    occupied = factory.SelfAttribute("period")


class BookingChangeFactory(factory.django.DjangoModelFactory[BookingChange]):
    class Meta:
        model = BookingChange

    booking = factory.SubFactory(BookingFactory)
    act = BookingAct.BOOKED
    author = factory.SelfAttribute("booking.holder")


class UseStatementFactory(factory.django.DjangoModelFactory[UseStatement]):
    class Meta:
        model = UseStatement

    telecentre = factory.SubFactory(TelecentreFactory)
    month = date(2027, 3, 1)
    half_days = 12
    stated_by = factory.SubFactory(UserFactory)
