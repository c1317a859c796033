from datetime import UTC, date, datetime, time, timedelta

import factory
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from telecentres.enums import (
    BookingAct,
    BookingOrigin,
    BookingState,
    BookingUnit,
    ExtraKind,
    ExtraPer,
    LineKind,
    PaymentMeans,
    SpaceKind,
    Weekday,
    WorkStatus,
)
from telecentres.models import (
    Booking,
    BookingChange,
    BookingLine,
    Enrolment,
    ExceptionalHours,
    Extra,
    FreeAllowance,
    OpeningHours,
    Pack,
    Payment,
    RightsGroup,
    RightsMember,
    Season,
    Space,
    Tariff,
    Telecentre,
    TelecentreGrant,
    UseStatement,
    VisitorHold,
    Wait,
)
from tests.factories.comptes import UserFactory
from tests.factories.territoires import CommuneFactory, ProgrammeFactory, TerritoryFactory


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
    # Away from the numbers that tests give.
    name = factory.Sequence(lambda n: f"Poste {1000 + n}")
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


class VisitorHoldFactory(factory.django.DjangoModelFactory[VisitorHold]):
    """Of a booking that may still be confirmed for half an hour."""

    class Meta:
        model = VisitorHold

    booking = factory.SubFactory(
        BookingFactory,
        holder=None,
        state=BookingState.OFFERED,
        origin=BookingOrigin.VISITOR,
        answer_before=factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=30)),
    )
    email = factory.Sequence(lambda n: f"visite-{n}@exemple.fr")
    first_name = "Ada"
    last_name = "Martin"


class BookingChangeFactory(factory.django.DjangoModelFactory[BookingChange]):
    class Meta:
        model = BookingChange

    booking = factory.SubFactory(BookingFactory)
    act = BookingAct.BOOKED
    author = factory.SelfAttribute("booking.holder")


class RightsGroupFactory(factory.django.DjangoModelFactory[RightsGroup]):
    class Meta:
        model = RightsGroup

    territory = factory.SubFactory(TerritoryFactory)
    name = factory.Sequence(lambda n: f"Groupe {n}")


class RightsMemberFactory(factory.django.DjangoModelFactory[RightsMember]):
    class Meta:
        model = RightsMember

    group = factory.SubFactory(RightsGroupFactory)
    user = factory.SubFactory(UserFactory)
    starts_on = date(2020, 1, 1)


class TariffFactory(factory.django.DjangoModelFactory[Tariff]):
    class Meta:
        model = Tariff

    telecentre = factory.SubFactory(TelecentreFactory)
    kind = SpaceKind.DESK
    unit = BookingUnit.HALF_DAY
    price = 8


class ExtraFactory(factory.django.DjangoModelFactory[Extra]):
    class Meta:
        model = Extra

    telecentre = factory.SubFactory(TelecentreFactory)
    name = factory.Sequence("Vidéoprojecteur {}".format)
    kind = ExtraKind.EQUIPMENT
    price = 15

    class Params:
        lunch = factory.Trait(
            kind=ExtraKind.CATERING, name="Plateau-repas", per=ExtraPer.PERSON, price=12, notice=48
        )


class FreeAllowanceFactory(factory.django.DjangoModelFactory[FreeAllowance]):
    class Meta:
        model = FreeAllowance

    telecentre = factory.SubFactory(TelecentreFactory)
    kind = SpaceKind.DESK
    half_days = 2


class PackFactory(factory.django.DjangoModelFactory[Pack]):
    class Meta:
        model = Pack

    telecentre = factory.SubFactory(TelecentreFactory)
    kind = SpaceKind.DESK
    holder = factory.SubFactory(UserFactory)
    half_days = 10
    price = 60
    sold_on = date(2027, 1, 1)


class BookingLineFactory(factory.django.DjangoModelFactory[BookingLine]):
    class Meta:
        model = BookingLine

    booking = factory.SubFactory(BookingFactory)
    kind = LineKind.PRICE
    unit = BookingUnit.HALF_DAY
    quantity = 1
    unit_price = 8

    class Params:
        of_extra = factory.Trait(
            kind=LineKind.EXTRA,
            unit="",
            extra=factory.SubFactory(ExtraFactory),
            label="Vidéoprojecteur",
            unit_price=15,
        )


class EnrolmentFactory(factory.django.DjangoModelFactory[Enrolment]):
    class Meta:
        model = Enrolment

    territory = factory.SubFactory(TerritoryFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    user = factory.SubFactory(UserFactory)
    status = WorkStatus.INDEPENDENT
    enrolled_on = date(2026, 1, 1)


class PaymentFactory(factory.django.DjangoModelFactory[Payment]):
    class Meta:
        model = Payment

    telecentre = factory.SubFactory(TelecentreFactory)
    holder = factory.SubFactory(UserFactory)
    payer = "Camille Roux"
    amount = 8
    means = PaymentMeans.CARD
    paid_on = date(2027, 3, 5)
    year = 2027
    number = factory.Sequence(lambda n: n + 1)


class WaitFactory(factory.django.DjangoModelFactory[Wait]):
    """For Monday 1 March 2027, from 9 to 12 in Paris."""

    class Meta:
        model = Wait

    telecentre = factory.SubFactory(TelecentreFactory)
    territory = factory.SelfAttribute("telecentre.territory")
    kind = SpaceKind.DESK
    holder = factory.SubFactory(UserFactory)
    period = DateTimeTZRange(
        datetime(2027, 3, 1, 8, tzinfo=UTC), datetime(2027, 3, 1, 11, tzinfo=UTC)
    )


class UseStatementFactory(factory.django.DjangoModelFactory[UseStatement]):
    class Meta:
        model = UseStatement

    telecentre = factory.SubFactory(TelecentreFactory)
    month = date(2027, 3, 1)
    half_days = 12
    stated_by = factory.SubFactory(UserFactory)
