from observatoire.domain.indicators import INDICATORS
from observatoire.models import Snapshot
from observatoire.tasks import take_snapshots
from tests.factories.territoires import CommuneFactory


def test_take_snapshots_twice_keeps_one_row_per_indicator(territory):
    CommuneFactory()
    for _ in range(2):
        take_snapshots.delay()

    assert Snapshot.objects.count() == len(INDICATORS)
