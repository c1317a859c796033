"""What people owe a place, month by month: what they used, bought and paid."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptes.models import User
from telecentres.domain.calendar import FIRST_DAY, LAST_DAY, Slot, day_of, moment
from telecentres.domain.extras import in_words
from telecentres.models import Booking, Enrolment, Pack, Payment, Telecentre
from territoires.domain.letters import plain_letters

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


# Of whom at which place: keys of the telecentre and of the account, None of those without one.
Whose = tuple[int, int | None]


@dataclass
class Account:
    """Someone's month at a place, or that of all those who have no account there."""

    telecentre: Telecentre
    holder: User | None
    # The employer under which they are enrolled.
    employer: str = ""
    # What was left to pay when the month began; less than nothing for what was paid ahead.
    before: Decimal = NOTHING
    entries: list[Entry] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.holder) if self.holder else _("Sans compte")

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
class Total:
    """What the columns of several accounts add up to, in euros."""

    before: Decimal
    due: Decimal
    paid: Decimal
    balance: Decimal


def total_of(accounts: Sequence[Account]) -> Total:
    names = (each.name for each in fields(Total))
    return Total(*(sum((getattr(each, name) for each in accounts), NOTHING) for name in names))


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
    first: date,
    *,
    telecentres: Sequence[Telecentre],
    holders: Sequence[User | None] | None = None,
) -> list[Account]:
    """The month that begins on `first`: of `holders`, or of everyone with something due or paid.

    By place and name; those who have no account are one (None), the last. A booking is due in the
    month where it begins, unless it was given back. In nine queries, whatever the places, the
    people and their lines.
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
    people = User.objects.in_bulk({holder for _place, holder in found if holder})
    employers = _employers(telecentres, first, after)
    accounts = [
        Account(
            places[place],
            people[holder] if holder else None,
            employers.get(holder, "") if holder else "",
            before[place, holder],
            sorted(entries[place, holder], key=lambda entry: entry.day),
        )
        for place, holder in found
    ]
    told = (each for each in accounts if each.entries or each.before)
    return sorted(told, key=_reading_order)


def _reading_order(account: Account) -> tuple[str, bool, str, int]:
    """As one looks for a name in a list: whatever its accents and capitals."""
    key = account.holder.pk if account.holder else 0
    return account.telecentre.name, account.holder is None, plain_letters(account.name), key


def _sources(
    telecentres: Sequence[Telecentre], holders: Sequence[User | None] | None
) -> list[_Source]:
    here = Q(telecentre__in=telecentres)
    whose = _held_by(holders)
    bookings = Booking.objects.used().filter(space__telecentre__in=telecentres, price__gt=0)
    return [
        _Source(
            bookings.filter(whose).select_related("space").prefetch_related("lines"),
            "space__telecentre",
            "period__startswith",
            lambda day: moment(day, time.min),
            "price",
            1,
            _of_booking,
        ),
        _Source(
            Pack.objects.filter(here, whose, price__gt=0),
            "telecentre",
            "sold_on",
            lambda day: day,
            "price",
            1,
            _of_pack,
        ),
        _Source(
            Payment.objects.filter(here, whose).select_related("booking"),
            "telecentre",
            "paid_on",
            lambda day: day,
            "amount",
            -1,
            _of_payment,
        ),
    ]


def _held_by(holders: Sequence[User | None] | None) -> Q:
    if holders is None:
        return Q()
    of_some = Q(holder__in=[holder for holder in holders if holder])
    return of_some | Q(holder=None) if None in holders else of_some


def _of_booking(booking: Booking, amount: Decimal) -> Entry:
    slot = Slot.of(booking.period)
    words = [f"{booking.space}, {slot.short}", in_words(booking.lines.all())]
    if booking.holder_id is None:
        words += [booking.note, booking.reference]
    return Entry(day_of(slot.start), " – ".join(filter(None, words)), amount)


def _of_pack(pack: Pack, amount: Decimal) -> Entry:
    words = ngettext("Carnet de %d demi-journée", "Carnet de %d demi-journées", pack.half_days)
    return Entry(pack.sold_on, words % pack.half_days, amount)


def _of_payment(payment: Payment, amount: Decimal) -> Entry:
    words = [_("Paiement, reçu %s") % payment]
    if payment.holder_id is None:
        words += [payment.payer, payment.booking.reference if payment.booking else ""]
    return Entry(payment.paid_on, " – ".join(filter(None, words)), amount, payment.pk)


def _employers(telecentres: Sequence[Telecentre], first: date, after: date) -> dict[int, str]:
    """By account, for those enrolled in their territories on some day of the month."""
    territories = {place.territory_id for place in telecentres}
    rows = Enrolment.objects.filter(territory__in=territories, enrolled_on__lt=after)
    there = rows.exclude(employer="").exclude(left_on__lte=first).order_by("enrolled_on")
    return dict(there.exclude(user=None).values_list("user", "employer"))
