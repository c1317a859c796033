from territoires.models import Commune
from territoires.tasks import load_awaited, load_department
from tests.factories import TerritoryFactory


def test_tasks_load_once(db):
    TerritoryFactory().departments.set(["75"])

    assert [load_awaited.delay().get() for _ in range(2)] == [1, 0]
    assert load_department.delay("75").get() == 2
    assert Commune.objects.count() == 1
