from datetime import date, timedelta

import pytest

from portail.demo.agenda import _days
from portail.demo.setting import Setting, Stage


@pytest.mark.parametrize("day", [date(2026, 1, 1) + timedelta(days=7 * n) for n in range(53)])
def test_present_events_fall_on_no_holiday_and_on_their_side_of_today(day):
    present = [
        (known, on) for known, on in _days("ariege", Setting(Stage.TODAY, day, 9)) if on.year > 2020
    ]

    assert len(present) == 17
    assert sum(on > day for _known, on in present) == 11
    for known, on in present:
        assert on.isoweekday() == known.get("weekday", 6)
        assert (on.month, on.day) not in {(5, 1), (7, 14), (12, 24), (12, 25), (12, 31), (1, 1)}
