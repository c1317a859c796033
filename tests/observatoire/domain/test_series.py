from datetime import date

from observatoire.domain.series import monthly_series
from tests.factories import SnapshotFactory, TerritoryFactory


def test_monthly_series_keeps_the_last_of_each_month(territory, time_machine):
    time_machine.move_to("2026-06-15 12:00:00+00:00", tick=False)
    for day, value in [
        (date(2024, 1, 31), 1),  # too old to be shown
        (date(2026, 4, 1), 10),
        (date(2026, 4, 30), 12),
        (date(2026, 5, 31), 15),
        (date(2026, 6, 14), 15),
    ]:
        SnapshotFactory(territory=territory, day=day, value=value)
        SnapshotFactory(territory=territory, indicator="communes", day=day, value=325)
        SnapshotFactory(territory=territory, indicator="forgotten", day=day, value=value)
    SnapshotFactory(territory=TerritoryFactory(), day=date(2026, 5, 30), value=99)

    [series] = monthly_series(territory)

    assert series.indicator.key == "solos_identified"
    assert [(point.day, int(point.value)) for point in series.points] == [
        (date(2026, 4, 30), 12),
        (date(2026, 5, 31), 15),
        (date(2026, 6, 14), 15),
    ]


def test_monthly_series_without_snapshot_is_empty(territory):
    assert monthly_series(territory) == []
