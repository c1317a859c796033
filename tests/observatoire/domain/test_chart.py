from datetime import date
from decimal import Decimal

import pytest

from observatoire.domain.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, draw_chart
from observatoire.domain.indicators import INDICATORS
from observatoire.domain.series import Point, Series


def series(*values: int) -> Series:
    points = [Point(date(2026, month, 1), Decimal(value)) for month, value in enumerate(values, 1)]
    return Series(INDICATORS["solos_identified"], tuple(points))


def test_chart_goes_from_one_corner_to_the_other():
    chart = draw_chart(series(0, 20))

    assert chart.path == f"M{LEFT}.0 {HEIGHT - BOTTOM}.0L{WIDTH - RIGHT}.0 {TOP}.0"
    assert [mark.value for mark in chart.grid] == [0, 5, 10, 15, 20]


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (1, 4), (4, 4), (5, 8), (9, 20), (47, 80), (87, 200), (325, 400)]
)
def test_chart_scale_ends_on_a_round_number(highest, top):
    assert draw_chart(series(0, highest)).grid[-1].value == top


def test_chart_places_dates_by_their_distance():
    chart = draw_chart(series(1, 2, 3))

    january, february, march = chart.dots
    assert february.x - january.x > march.x - february.x
