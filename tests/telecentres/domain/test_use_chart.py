from datetime import date

from telecentres.domain.use import MonthUse
from telecentres.domain.use_chart import Bar, draw_use
from telecentres.enums import UseSource


def month(number: int, *half_days: int | None) -> MonthUse:
    return MonthUse(date(2027, number, 1), dict(zip(UseSource, half_days, strict=True)))


def test_chart_has_a_bar_for_each_figure_from_zero_up():
    chart = draw_use([month(1, 10, 5, 20), month(2, 0, None, 2)])

    assert chart.top == 20
    assert chart.bars == (
        Bar(UseSource.BOOKED, 86.2, 122.0, 84.5, 110.0),
        Bar(UseSource.WALK_IN, 170.8, 177.0, 84.5, 55.0),
        Bar(UseSource.STATED, 255.2, 12.0, 84.5, 220.0),
        Bar(UseSource.STATED, 593.2, 210.0, 84.5, 22.0),
    )
    assert (chart.first, chart.last) == (date(2027, 1, 1), date(2027, 2, 1))


def test_chart_of_nothing_has_a_scale_and_no_bar():
    chart = draw_use([month(1, 0, 0, None)])

    assert (chart.bars, chart.top) == ((), 1)
