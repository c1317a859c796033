from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from observatoire.domain.indicators import INDICATORS, figures_on
from observatoire.domain.snapshots import (
    DAYS_CAUGHT_UP,
    take_due_snapshots,
    take_snapshots,
)
from observatoire.models import Snapshot
from tests.factories.accueil import EventFactory
from tests.factories.observatoire import SnapshotFactory
from tests.factories.solos import SoloFactory
from tests.factories.telecentres import TelecentreFactory
from tests.factories.territoires import CommuneFactory, HostVillageFactory, TerritoryFactory

DATED = [key for key, indicator in INDICATORS.items() if indicator.is_dated]


def kept(territory, day) -> dict[str, Decimal]:
    rows = Snapshot.objects.filter(territory=territory, day=day)
    return dict(rows.values_list("indicator", "value"))


@pytest.mark.parametrize("days_ago", [0, 1, 400])
def test_take_snapshots_keeps_what_is_counted_live(territory, days_ago):
    SoloFactory(territory=territory, published=True)
    HostVillageFactory(territory=territory)
    TelecentreFactory(territory=territory)
    EventFactory(territory=territory, past=True)
    day = timezone.localdate() - timedelta(days=days_ago)

    take_snapshots(day)

    live = {row.indicator.key: row.value for row in figures_on(territory, day)}
    assert kept(territory, day) == {key: value for key, value in live.items() if value is not None}
    assert len(kept(territory, day)) == (len(INDICATORS) if days_ago == 0 else len(DATED))


def test_take_snapshots_again_corrects_the_day(territory):
    CommuneFactory()
    today = timezone.localdate()
    take_snapshots(today)
    TelecentreFactory(territory=territory)

    take_snapshots(today)

    assert kept(territory, today)["telecentres_open"] == 1
    assert Snapshot.objects.count() == len(INDICATORS)


def test_take_snapshots_of_one_territory_leaves_the_others_alone(territory):
    neighbour = TerritoryFactory()
    today = timezone.localdate()

    assert take_snapshots(today, territories=[neighbour]) == len(kept(neighbour, today))

    assert kept(territory, today) == {}


def test_take_snapshots_of_a_past_day_leaves_what_was_kept_then(territory):
    yesterday = timezone.localdate() - timedelta(days=1)
    SnapshotFactory(territory=territory, indicator="telecentres_open", day=yesterday, value=7)

    take_snapshots(yesterday)

    assert kept(territory, yesterday)["telecentres_open"] == 7


def test_take_snapshots_serves_each_territory(territory):
    TerritoryFactory()

    assert take_snapshots(timezone.localdate()) == Snapshot.objects.count()
    assert Snapshot.objects.values("territory").distinct().count() == 2


def test_take_due_snapshots_first_time_takes_today_only(territory):
    take_due_snapshots()

    assert set(Snapshot.objects.values_list("day", flat=True)) == {timezone.localdate()}


@pytest.mark.parametrize(
    ("slept", "first"), [(0, 0), (3, 3), (DAYS_CAUGHT_UP + 30, DAYS_CAUGHT_UP)]
)
def test_take_due_snapshots_catches_up_the_nights_missed(territory, slept, first):
    today = timezone.localdate()
    SnapshotFactory(territory=territory, day=today - timedelta(days=slept), value=9)

    take_due_snapshots()

    days = set(Snapshot.objects.filter(indicator="sessions_held").values_list("day", flat=True))
    assert days == {today - timedelta(days=ago) for ago in range(first + 1)}


def test_take_due_snapshots_finishes_the_last_day_kept(territory):
    yesterday = timezone.localdate() - timedelta(days=1)
    SnapshotFactory(territory=territory, indicator="solos_identified", day=yesterday, value=9)

    take_due_snapshots()

    assert kept(territory, yesterday)["solos_identified"] == 0
