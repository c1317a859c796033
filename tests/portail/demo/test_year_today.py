"""What the demo's places lived through: read as whoever runs them reads it."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Q, Sum
from django.utils import timezone

from courrier.models import OutgoingMail
from portail.demo.accounts import MANAGER, MEMBER
from portail.demo.prices import OF_PACK, OFFERED
from portail.demo.year import MONTHS
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.errors import OutsideHours
from telecentres.domain.extras import kept_extras
from telecentres.domain.open_days import opening_of
from telecentres.domain.quotes import agreed_quote, quote_of
from telecentres.domain.rules import check_hours
from telecentres.domain.statements import month_accounts
from telecentres.domain.use import last_months, use_of_months
from telecentres.enums import (
    BookingAct,
    BookingOrigin,
    BookingState,
    LineKind,
    SpaceKind,
    UseSource,
)
from telecentres.models import Booking, BookingLine, Pack, Payment, Tariff, Telecentre

SAMPLE = 60


def places() -> list[Telecentre]:
    return list(Telecentre.objects.bookable().select_related("commune").order_by("pk"))


def past_months() -> list[date]:
    """The first days of the twelve months that are over."""
    this_month = timezone.localdate().replace(day=1)
    return last_months(this_month - timedelta(days=1), MONTHS)


def test_every_place_was_booked_and_walked_into_all_the_year(demo_today):
    for place in places():
        months = use_of_months(place, past_months(), timezone.now())
        booked = [month.half_days[UseSource.BOOKED] for month in months]
        walked_in = [month.half_days[UseSource.WALK_IN] for month in months]
        assert min(booked) > 0, place
        assert sum(booked) > 5 * sum(walked_in) > 0, place


def test_what_the_place_states_stays_apart_and_waits_for_the_end_of_the_month(demo_today):
    place = Telecentre.objects.get(grants__user__email=MANAGER.email)
    *over, present = use_of_months(
        place, last_months(timezone.localdate(), MONTHS + 1), timezone.now()
    )

    stated = [month.half_days[UseSource.STATED] for month in over]
    assert all(5 <= number <= 25 for number in stated), stated
    assert present.half_days[UseSource.STATED] is None
    rows = place.use_statements.order_by().values_list("note", "stated_by__email")
    [(note, author)] = rows.distinct()
    assert note.startswith("Chiffre fictif.")
    assert author == MANAGER.email


def outside_hours() -> list[Booking]:
    found = []
    for place in places():
        rows = Booking.objects.filter(space__telecentre=place).exclude(origin=BookingOrigin.COUNTER)
        days = [day_of(at) for row in rows for at in (row.period.lower, row.period.upper)]
        opening = opening_of(place, min(days), max(days))
        for row in rows:
            try:
                check_hours(opening, Slot.of(row.period))
            except OutsideHours:
                found.append(row)
    return found


def test_nobody_comes_when_a_place_is_closed(demo_today):
    assert outside_hours() == []

    place = places()[0]
    place.opening_hours.filter(weekday=2).delete()
    shut = outside_hours()
    assert len(shut) > 50
    # An office let by the month may only end on that day.
    assert all(2 in {row.period.lower.isoweekday(), row.period.upper.isoweekday()} for row in shut)


def test_bookings_are_of_all_fates_and_what_is_over_waits_for_nobody(demo_today):
    states = Counter(Booking.objects.values_list("state", flat=True))

    assert set(states) == {"confirmed", "cancelled", "no_show", "refused", "requested"}
    assert states["requested"] == 1
    now = timezone.now()
    to_come = Booking.objects.filter(period__startswith__gt=now)
    assert to_come.count() > 30
    assert to_come.exclude(state__in=["confirmed", "requested"]).count() == 0
    assert to_come.exclude(checked_in_at=None).count() == 0
    assert Booking.objects.filter(booked_at__gt=now).count() == 0
    over = Booking.objects.filter(state="confirmed", period__endswith__lt=now)
    assert over.exclude(checked_in_at=None).count() > over.count() / 2 > 1000


def test_history_of_each_booking_leads_to_its_state(demo_today):
    for booking in Booking.objects.prefetch_related("changes"):
        acts = [BookingAct(change.act) for change in booking.changes.all()]
        assert acts[0] in {BookingAct.BOOKED, BookingAct.REQUESTED}
        told = [act for act in acts if act != BookingAct.CHECKED_IN]
        assert told[-1].leads_to == booking.state
        assert booking.sequence == len(told) - 1


def test_a_space_of_each_kind_stays_free_for_whoever_tries_the_demo(demo_today):
    """On each day from the next week on, whatever is booked, where the place is open."""
    first = timezone.localdate() + timedelta(days=9)
    for place in places():
        kinds = Counter(place.spaces.values_list("kind", flat=True))
        for day in range(14):
            noon = datetime.combine(first + timedelta(days=day), datetime.min.time())
            start = timezone.make_aware(noon)
            held = Booking.objects.touching(start, start + timedelta(days=1))
            here = held.filter(space__telecentre=place).values_list("space__kind")
            for kind, count in here.annotate(Count("space", distinct=True)):
                assert count < kinds[kind] or kind == SpaceKind.MEETING_ROOM, (place, start, kind)


def test_prices_are_those_that_the_domain_says(demo_today):
    """A sample: with packs apart, a price said today is the one that was written then."""
    rows = Booking.objects.used().exclude(holder__telecentre_packs__isnull=False)
    sample = list(rows.with_all_told().order_by("reference")[:SAMPLE])

    def differing() -> int:
        return sum(
            agreed_quote(booking) != quote_of(booking, kept_extras(booking)) for booking in sample
        )

    assert differing() == 0
    Tariff.objects.update(price=Decimal(99))
    assert differing() > SAMPLE / 2


def test_lines_sum_up_to_the_price_of_each_booking(demo_today):
    for booking in Booking.objects.prefetch_related("lines"):
        assert booking.price == sum(line.amount for line in booking.lines.all())


def test_member_uses_what_is_offered_each_month_then_their_pack(demo_today):
    lines = BookingLine.objects.filter(
        booking__holder__email=MEMBER.email,
        booking__space__kind=SpaceKind.DESK,
        booking__state=BookingState.CONFIRMED,
    ).select_related("booking")
    free, packed = Counter(), 0
    for line in lines:
        month = day_of(line.booking.period.lower).replace(day=1)
        free[month] += line.quantity if line.kind == LineKind.FREE else 0
        packed += line.quantity if line.kind == LineKind.PACK else 0

    assert max(free.values()) == OFFERED
    assert 0 < packed <= OF_PACK
    [pack] = Pack.objects.filter(holder__email=MEMBER.email)
    [first] = BookingLine.objects.filter(pack=pack).order_by("booking__booked_at")[:1]
    assert day_of(first.booking.booked_at) >= pack.sold_on


def test_receipts_are_numbered_without_a_gap_in_the_order_of_the_days(demo_today):
    for place in places():
        for year in {row.year for row in place.payments.all()}:
            rows = place.payments.filter(year=year).order_by("number")
            assert [row.number for row in rows] == list(range(1, len(rows) + 1))
            assert [row.paid_on for row in rows] == sorted(row.paid_on for row in rows)
            assert {row.paid_on.year for row in rows} == {year}
    assert Payment.objects.filter(paid_on__gte=timezone.localdate()).count() == 0


def test_accounts_are_paid_for_the_most_part_and_never_more_than_is_due(demo_today):
    month = timezone.localdate().replace(day=1) - relativedelta(months=1)
    accounts = month_accounts(month, telecentres=places())

    assert len(accounts) > 40
    assert min(account.balance for account in accounts) >= 0
    # What is left of the months before may be paid by the end of this one.
    before = sum(account.before for account in accounts)
    paid = Payment.objects.exclude(holder=None).aggregate(sum=Sum("amount"))["sum"]
    assert 0 < before < paid / 5


def test_walk_ins_pay_what_they_use(demo_today):
    bookings = Booking.objects.filter(origin=BookingOrigin.COUNTER)
    paid = Payment.objects.filter(holder=None)

    assert paid.aggregate(sum=Sum("amount")) == bookings.aggregate(sum=Sum("price"))
    assert bookings.filter(Q(checked_in_at=None) | Q(holder__isnull=False)).count() == 0


def test_nobody_is_mailed_for_what_is_over(demo_today):
    mails = OutgoingMail.objects.filter(message__startswith="telecentres.")

    # What was asked for on the day itself, and nothing else.
    assert sorted(mails.values_list("message", "recipient")) == [
        ("telecentres.demande", MEMBER.email),
        ("telecentres.demande-a-traiter", MANAGER.email),
        ("telecentres.reservation", MEMBER.email),
    ]


def test_meetings_have_coffee_served_where_the_place_does_that(demo_today):
    rows = BookingLine.objects.filter(kind=LineKind.EXTRA).select_related("booking__space")
    served = list(rows.filter(booking__origin=BookingOrigin.SITE, label="Café d’accueil"))

    assert len(served) > 5
    assert {row.extra.telecentre.slug for row in served} == {"telecentre-cap-delta"}
    assert {row.booking.space.kind for row in served} == {SpaceKind.MEETING_ROOM}
    assert all(row.quantity == row.booking.people for row in served)
