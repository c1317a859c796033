from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from telecentres.domain.prices import Line, Means, PaidAhead, Quote, add_up, compose_quote
from telecentres.domain.stints import Stint, hours
from telecentres.enums import BookingUnit, LineKind

FIRST = date(2027, 3, 1)
HOUR, HALF, DAY, WEEK, MONTH = BookingUnit
PRICES = {HOUR: Decimal(3), HALF: Decimal(8), DAY: Decimal(14), WEEK: Decimal(50)}


def days(*numbers: int, each: tuple[float, ...] = (4, 4)) -> list[Stint]:
    """Whole days of two half-days, so many days after the first."""
    return [
        Stint(FIRST + timedelta(days=number), timedelta(hours=length))
        for number in numbers
        for length in each
    ]


def priced(unit: BookingUnit, quantity: int) -> Line:
    return Line(LineKind.PRICE, unit, quantity, PRICES[unit])


@pytest.mark.parametrize(
    ("stints", "lines", "total"),
    [
        # Two hours at three euros each; a third and a half-day would cost more.
        (days(0, each=(2,)), [priced(HOUR, 2)], 6),
        (days(0, each=(2.2,)), [priced(HALF, 1)], 8),
        (days(0), [priced(DAY, 1)], 14),
        # An hour on each side of lunch.
        (days(0, each=(1, 1)), [priced(HOUR, 2)], 6),
        (days(0, 1, 2), [priced(DAY, 3)], 42),
        # Four days cost more than a week.
        (days(0, 1, 2, 3), [priced(WEEK, 1)], 50),
        (days(0, 1, 2, 3, 4, 7), [priced(DAY, 1), priced(WEEK, 1)], 64),
        (days(0, 7), [priced(DAY, 2)], 28),
        # A morning, then a week that begins on the next day.
        (days(0, each=(4,)) + days(1, 2, 3, 4, 7), [priced(HALF, 1), priced(WEEK, 1)], 58),
    ],
)
def test_cheapest_way_to_pay(stints, lines, total):
    quote = compose_quote(stints, Means(PRICES))

    assert quote == Quote(tuple(lines))
    assert quote.total == total


def test_month_goes_until_the_same_day_of_the_next():
    prices = {MONTH: Decimal(100)}

    until_eve = compose_quote(days(0, 30), Means(prices))
    until_that_day = compose_quote(days(0, 31), Means(prices))

    assert (until_eve.total, until_that_day.total) == (100, 200)


def test_of_two_ways_at_one_price_the_fewest_lines_are_said():
    prices = {HOUR: Decimal(2), HALF: Decimal(8), DAY: Decimal(16)}

    assert compose_quote(days(0), Means(prices)).lines == (
        Line(LineKind.PRICE, DAY, 1, Decimal(16)),
    )


lengths = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 9)), min_size=1, max_size=5)
some_prices = st.dictionaries(
    st.sampled_from(list(BookingUnit)), st.integers(0, 60).map(Decimal), min_size=1
)


@given(lengths, some_prices)
def test_no_other_way_is_cheaper(lengths, prices):
    """Against every choice, day by day, of a unit that begins there, or of one begun before."""
    stints = [
        Stint(FIRST + timedelta(days=day), timedelta(hours=length))
        for day, length in sorted(lengths)
    ]
    by_day: dict[date, list[Stint]] = {}
    for stint in stints:
        by_day.setdefault(stint.day, []).append(stint)

    def cost(choice: tuple[BookingUnit, ...]) -> Decimal:
        paid, total = FIRST, Decimal(0)
        for (day, some), unit in zip(by_day.items(), choice, strict=True):
            if day < paid:
                continue
            count = {HOUR: hours(some), HALF: len(some)}.get(unit, 1)
            total += prices[unit] * count
            span = {WEEK: timedelta(7), MONTH: timedelta(31)}.get(unit, timedelta(1))
            paid = day + span
        return total

    least = min(cost(choice) for choice in product(prices, repeat=len(by_day)))

    assert compose_quote(stints, Means(prices)).total == least


def test_what_is_offered_then_what_is_paid_ahead_then_prices():
    packs = [PaidAhead(7, 1), PaidAhead(9, 5)]
    means = Means(PRICES, offered=2, packs=packs)

    quote = compose_quote(days(0, 1, 2, 3, 4), means)

    assert quote.lines == (
        Line(LineKind.FREE, HALF, 2),
        Line(LineKind.PACK, HALF, 1, pack_id=7),
        Line(LineKind.PACK, HALF, 5, pack_id=9),
        Line(LineKind.PRICE, DAY, 1, Decimal(14)),
    )
    assert quote.total == 14


def test_what_is_offered_is_enough():
    quote = compose_quote(days(0), Means({}, offered=9, packs=[PaidAhead(7, 1)]))

    assert quote == Quote((Line(LineKind.FREE, HALF, 2),))
    assert quote.total == 0


def test_without_price_for_the_rest_nobody_can_tell():
    assert compose_quote(days(0), Means({}, offered=1)) is None


def test_vat_is_within_the_price_to_the_cent():
    quote = Quote((priced(HALF, 1),), vat_rate=Decimal("5.5"))

    # 8 × 5.5 / 105.5 = 0.4170…
    assert quote.vat == Decimal("0.42")
    assert Quote((priced(HALF, 1),)).vat == 0


@pytest.mark.parametrize(
    ("line", "french", "english"),
    [
        (
            Line(LineKind.FREE, HALF, 1),
            "1 demi-journée offerte ce mois-ci",
            "1 half-day free this month",
        ),
        (
            Line(LineKind.PACK, HALF, 2),
            "2 demi-journées de votre carnet",
            "2 half-days of your pack",
        ),
        (priced(HOUR, 1), "1 heure", "1 hour"),
        (priced(HALF, 2), "2 demi-journées", "2 half-days"),
        (priced(DAY, 2), "2 journées", "2 days"),
        (priced(WEEK, 1), "1 semaine", "1 week"),
        (Line(LineKind.PRICE, MONTH, 2), "2 mois", "2 months"),
    ],
)
def test_line_is_said_in_words(line, french, english):
    assert line.words == french
    with override("en"):
        assert line.words == english


# ---- Several bookings ---------------------------------------------------------------------------
def test_add_up_counts_what_is_alike_on_one_line():
    offered, rate = Line(LineKind.FREE, HALF, 1), Decimal(20)
    quotes = [
        Quote((offered, priced(HALF, 1)), rate),
        Quote((priced(HALF, 2),), rate),
        Quote((priced(DAY, 1),), rate),
    ]

    total = add_up(quotes)

    assert total == Quote((offered, priced(HALF, 3), priced(DAY, 1)), rate)
    assert total.total == 38


def test_add_up_keeps_packs_and_prices_apart():
    lines = (
        Line(LineKind.PACK, HALF, 1, pack_id=1),
        Line(LineKind.PACK, HALF, 2, pack_id=2),
        Line(LineKind.PRICE, HALF, 1, Decimal(5)),
        Line(LineKind.PRICE, HALF, 1, Decimal(8)),
    )

    assert add_up(Quote((line,)) for line in lines) == Quote(lines)


def test_add_up_with_a_price_not_known_is_not_known():
    assert add_up([Quote((priced(HALF, 1),)), None]) is None
