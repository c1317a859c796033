"""What people owe a place, month by month: what they used, bought and paid."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptes.models import User
from telecentres.domain.calendar import FIRST_DAY, LAST_DAY, Slot, day_of, moment
from telecentres.domain.extras import in_words
from telecentres.models import Booking, Enrolment, Pack, Payment, Telecentre

NOTHING = Decimal(0)


def asked_month(text: str) -> date:
    """The first day of a month written 2027-03; of the present one for anything else."""
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        day = timezone.localdate()
    return (day if FIRST_DAY < day < LAST_DAY else timezone.localdate()).replace(day=1)


def around(month: date) -> dict[str, Any]:
    """A month and its neighbours, as the pages about it name them."""
    one = relativedelta(months=1)
    return {"month": month, "earlier": month - one, "later": month + one}


@dataclass(frozen=True)
class Entry:
    """One line: what is due counts up, what was paid counts down; in euros."""

    day: date
    words: str
    amount: Decimal
    # The key of what was paid, where that is what it says.
    payment: int | None = None


# Of whom at which place: keys of the telecentre and of the account.
Whose = tuple[int, int]


@dataclass
class Account:
    """Someone's month at a place."""

    telecentre: Telecentre
    holder: User
    # The employer under which they are enrolled.
    employer: str = ""
    # What was left to pay when the month began; less than nothing for what was paid ahead.
    before: Decimal = NOTHING
    entries: list[Entry] = field(default_factory=list)

    @property
    def due(self) -> Decimal:
        """Used and bought in the month."""
        return sum((each.amount for each in self.entries if each.amount > 0), NOTHING)

    @property
    def paid(self) -> Decimal:
        return -sum((each.amount for each in self.entries if each.amount < 0), NOTHING)

    @property
    def balance(self) -> Decimal:
        """What is left to pay at the end of the month."""
        return self.before + self.due - self.paid


@dataclass(frozen=True)
class _Source:
    """Rows of one table that someone owes, or paid."""

    rows: "QuerySet[Any]"
    place: str
    # The column that says in which month, and how a month's first day is written there.
    when: str
    bound: Callable[[date], date | datetime]
    amount: str
    sign: int
    entry: Callable[[Any, Decimal], Entry]

    def before(self, first: date) -> Iterator[tuple[Whose, Decimal]]:
        """The sum of what came before a day."""
        rows = self.rows.filter(**{f"{self.when}__lt": self.bound(first)}).order_by()
        for *whose, total in rows.values_list(self.place, "holder").annotate(Sum(self.amount)):
            yield (whose[0], whose[1]), self.sign * total

    def within(self, first: date, after: date) -> Iterator[tuple[Whose, Entry]]:
        """Each line from one day until before another."""
        since = {f"{self.when}__gte": self.bound(first)}
        until = {f"{self.when}__lt": self.bound(after)}
        for row in self.rows.filter(**since, **until).annotate(place=F(self.place)):
            amount = self.sign * getattr(row, self.amount)
            yield (row.place, row.holder_id), self.entry(row, amount)


def month_accounts(
    first: date, *, telecentres: Sequence[Telecentre], holders: Sequence[User] | None = None
) -> list[Account]:
    """The month that begins on `first`: of `holders`, or of everyone with something due or paid.

    By place and name. A booking is due in the month where it begins, unless it was given back. In
    nine queries, whatever the places, the people and their lines.
    """
    after = first + relativedelta(months=1)
    before: dict[Whose, Decimal] = defaultdict(Decimal)
    entries: dict[Whose, list[Entry]] = defaultdict(list)
    for source in _sources(telecentres, holders):
        for whose, amount in source.before(first):
            before[whose] += amount
        for whose, entry in source.within(first, after):
            entries[whose].append(entry)
    found = {*before, *entries}
    places = {place.pk: place for place in telecentres}
    people = User.objects.in_bulk({holder for _place, holder in found})
    employers = _employers(telecentres, first, after)
    accounts = [
        Account(
            places[place],
            people[holder],
            employers.get(holder, ""),
            before[place, holder],
            sorted(entries[place, holder], key=lambda entry: entry.day),
        )
        for place, holder in found
    ]
    told = (each for each in accounts if each.entries or each.before)
    return sorted(told, key=lambda each: (each.telecentre.name, str(each.holder), each.holder.pk))


def _sources(telecentres: Sequence[Telecentre], holders: Sequence[User] | None) -> list[_Source]:
    here = {"telecentre__in": telecentres}
    whose = {"holder__isnull": False} if holders is None else {"holder__in": holders}
    bookings = Booking.objects.used().filter(space__telecentre__in=telecentres, price__gt=0)
    return [
        _Source(
            bookings.filter(**whose).select_related("space").prefetch_related("lines"),
            "space__telecentre",
            "period__startswith",
            lambda day: moment(day, time.min),
            "price",
            1,
            _of_booking,
        ),
        _Source(
            Pack.objects.filter(**here, **whose, price__gt=0),
            "telecentre",
            "sold_on",
            lambda day: day,
            "price",
            1,
            _of_pack,
        ),
        _Source(
            Payment.objects.filter(**here, **whose),
            "telecentre",
            "paid_on",
            lambda day: day,
            "amount",
            -1,
            _of_payment,
        ),
    ]


def _of_booking(booking: Booking, amount: Decimal) -> Entry:
    slot = Slot.of(booking.period)
    words = [f"{booking.space}, {slot.short}", in_words(booking.lines.all())]
    return Entry(day_of(slot.start), " – ".join(filter(None, words)), amount)


def _of_pack(pack: Pack, amount: Decimal) -> Entry:
    words = ngettext("Carnet de %d demi-journée", "Carnet de %d demi-journées", pack.half_days)
    return Entry(pack.sold_on, words % pack.half_days, amount)


def _of_payment(payment: Payment, amount: Decimal) -> Entry:
    return Entry(payment.paid_on, _("Paiement, reçu %s") % payment, amount, payment.pk)


def _employers(telecentres: Sequence[Telecentre], first: date, after: date) -> dict[int, str]:
    """By account, for those enrolled in their territories on some day of the month."""
    territories = {place.territory_id for place in telecentres}
    rows = Enrolment.objects.filter(territory__in=territories, enrolled_on__lt=after)
    there = rows.exclude(employer="").exclude(left_on__lte=first).order_by("enrolled_on")
    return dict(there.exclude(user=None).values_list("user", "employer"))
