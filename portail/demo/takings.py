"""What a place of the demo was paid, and what its manager states of its use."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from comptes.models import User
from portail.demo.diary import WALKED_IN, Diary
from portail.demo.setting import moment
from portail.demo.visits import SEASONS
from telecentres.domain.calendar import day_of
from telecentres.enums import PaymentMeans
from telecentres.models import Pack, Payment, Telecentre, UseStatement

PAYS_IN_TIME = 0.85
MEANS = {PaymentMeans.CARD: 5, PaymentMeans.TRANSFER: 3, PaymentMeans.CHEQUE: 2}


def payments_of(diary: Diary, rng: Random, counter: User, today: date) -> list[Payment]:
    """Receipts up to yesterday, numbered from 1 each year: accounts month by month, walk-ins at
    once. Most pay in the next month; those who forget pay with the one after."""
    paid = sorted(
        [*_of_accounts(diary, rng, today), *_of_walk_ins(diary)],
        key=lambda payment: payment.paid_on,
    )
    numbers: Counter[int] = Counter()
    for payment in paid:
        payment.telecentre, payment.author = diary.place, counter
        payment.year = payment.paid_on.year
        numbers[payment.year] += 1
        payment.number = numbers[payment.year]
    return paid


def _of_accounts(diary: Diary, rng: Random, today: date) -> Iterator[Payment]:
    due = diary.due.copy()
    for pack in Pack.objects.filter(telecentre=diary.place).select_related("holder"):
        if pack.holder:
            due[pack.holder, pack.sold_on.replace(day=1)] += pack.price
    owed: defaultdict[User, Decimal] = defaultdict(Decimal)
    # One settles a month after another.
    for (holder, month), amount in sorted(due.items(), key=lambda item: item[0][1]):
        owed[holder] += amount
        paid_on = month + relativedelta(months=1, days=rng.randint(1, 20))
        if paid_on < today and rng.random() < PAYS_IN_TIME:
            yield Payment(
                holder=holder,
                payer=str(holder),
                amount=owed.pop(holder),
                means=rng.choices(list(MEANS), list(MEANS.values()))[0],
                paid_on=paid_on,
            )


def _of_walk_ins(diary: Diary) -> Iterator[Payment]:
    for booking in diary.bookings:
        if booking.holder is None and booking.price:
            yield Payment(
                booking=booking,
                payer=WALKED_IN,
                amount=booking.price,
                means=PaymentMeans.CASH,
                paid_on=day_of(booking.period.lower),
            )


def statements_of(
    place: Telecentre,
    stated: dict[str, Any],
    months: Sequence[date],
    rng: Random,
    counter: User,
) -> list[UseStatement]:
    """About as many half-days and people each month as `stated` says of a usual one."""
    rows = []
    for month in months:
        part = SEASONS.get(month.month, 1) * rng.uniform(0.75, 1.25)
        rows.append(
            UseStatement(
                telecentre=place,
                month=month,
                kind=stated.get("kind", ""),
                half_days=round(stated["half_days"] * part),
                people=round(stated["people"] * part),
                note=stated["note"],
                stated_by=counter,
                stated_at=moment(month + relativedelta(months=1), time(9)),
            )
        )
    return rows
