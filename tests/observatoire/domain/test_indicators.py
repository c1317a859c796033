from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accueil.enums import EventKind, EventState
from observatoire.domain.indicators import (
    INDICATORS,
    current_figures,
    figures_on,
    programme_figures,
)
from registre.enums import ConsentMeans
from solos.domain.publication import (
    hide_solo,
    identify_solo,
    publish_solo,
    record_consent,
    withdraw_solo,
)
from solos.enums import PublicField
from telecentres.enums import SpaceKind, TelecentreState
from territoires.enums import VillageKind
from tests.factories.accueil import EventFactory
from tests.factories.observatoire import SnapshotFactory
from tests.factories.telecentres import SpaceFactory, TelecentreFactory
from tests.factories.territoires import (
    CommuneFactory,
    HostVillageFactory,
    ProgrammeFactory,
    TerritoryFactory,
)


def value(key: str, scope, day: date | None = None) -> Decimal | None:
    return INDICATORS[key].value(scope, day or timezone.localdate())


def publish(territory, on: date, **details):
    solo = identify_solo(territory=territory, first_name="Ana", last_name="Ruiz", on=on, **details)
    record_consent(
        solo=solo, fields=[PublicField.NAME], wording_version="agence-1", means=ConsentMeans.FORM
    )
    return publish_solo(solo=solo, on=on)


def test_solos_are_counted_in_the_state_of_that_day(territory):
    identify_solo(territory=territory, first_name="Bo", last_name="Roy", on=date(2006, 1, 1))
    hide_solo(solo=publish(territory, date(2006, 1, 1)), on=date(2010, 1, 1))
    withdraw_solo(solo=publish(territory, date(2006, 1, 1)), on=date(2012, 1, 1))

    def counts(day: date) -> tuple[Decimal | None, Decimal | None]:
        return value("solos_identified", territory, day), value(
            "solos_in_directory", territory, day
        )

    assert counts(date(2005, 12, 31)) == (0, 0)
    assert counts(date(2006, 1, 1)) == (3, 2)
    assert counts(date(2011, 1, 1)) == (3, 1)
    assert counts(date(2012, 1, 1)) == (2, 0)


@pytest.mark.parametrize(
    ("key", "kind"),
    [("host_villages", VillageKind.HOST), ("associated_villages", VillageKind.ASSOCIATED)],
)
def test_villages_are_counted_while_their_commitment_runs(territory, key, kind):
    HostVillageFactory(
        territory=territory,
        kind=kind,
        committed_on=date(2020, 1, 1),
        commitment_ends_on=date(2021, 12, 31),
    )
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2021, 12, 31), date(2022, 1, 1)]

    assert [value(key, territory, day) for day in days] == [0, 1, 1, 0]


def test_telecentres_are_counted_by_state(territory):
    for state in (TelecentreState.OPEN, TelecentreState.OPEN, TelecentreState.PLANNED):
        TelecentreFactory(territory=territory, state=state)
    TelecentreFactory(territory=territory, state=TelecentreState.CLOSED)

    assert value("telecentres_open", territory) == 2
    assert value("telecentres_planned", territory) == 1


def test_desks_count_offices_of_open_places_and_no_meeting_room(territory):
    site = TelecentreFactory(territory=territory)
    SpaceFactory(telecentre=site)
    SpaceFactory(telecentre=site, kind=SpaceKind.OFFICE, capacity=3)
    SpaceFactory(telecentre=site, kind=SpaceKind.MEETING_ROOM, capacity=12)
    planned = TelecentreFactory(territory=territory, state=TelecentreState.PLANNED)
    SpaceFactory(telecentre=planned)

    assert value("desks_offered", territory) == 2


def test_desks_of_no_place_are_none_at_all(territory):
    assert value("desks_offered", territory) == 0


def test_sessions_held_are_over_and_neither_cancelled_nor_another_kind(territory):
    paris = ZoneInfo("Europe/Paris")
    # The last ends on New Year's Eve, in Paris: still of the year before in UTC.
    for day in (datetime(2025, 5, 3, tzinfo=paris), datetime(2025, 12, 31, 20, tzinfo=paris)):
        EventFactory(territory=territory, starts_at=day, ends_at=day + timedelta(hours=3))
    held = {"starts_at": datetime(2025, 6, 1, tzinfo=paris)}
    EventFactory(territory=territory, state=EventState.CANCELLED, **held)
    EventFactory(territory=territory, state=EventState.DRAFT, **held)
    EventFactory(territory=territory, kind=EventKind.JELLY, **held)
    EventFactory(territory=territory)

    assert value("sessions_held", territory) == 2
    assert value("sessions_held", territory, date(2025, 5, 2)) == 0
    assert value("sessions_held", territory, date(2025, 5, 3)) == 1
    assert value("sessions_this_year", territory, date(2025, 12, 31)) == 2
    assert value("sessions_this_year", territory, date(2026, 1, 1)) == 0


def test_session_under_way_is_not_held_yet(territory):
    now = timezone.now()
    EventFactory(
        territory=territory,
        starts_at=now - timedelta(minutes=1),
        ends_at=now + timedelta(minutes=1),
    )

    assert value("sessions_held", territory) == 0


def test_communes_and_population_are_those_of_the_territory(territory):
    CommuneFactory(population=100)
    CommuneFactory(population=None)
    CommuneFactory(population=50, ended_on=date(2019, 1, 1))

    assert value("communes", territory) == 2
    assert value("population", territory) == 100
    [figure] = [row for row in current_figures(territory) if row.indicator.key == "population"]
    assert figure.vintage == 2023


def test_population_unknown_everywhere_is_no_figure(territory):
    CommuneFactory(population=None)

    assert value("population", territory) is None


@pytest.mark.parametrize("key", ["communes", "population"])
def test_communes_belong_to_no_programme(territory, key):
    with pytest.raises(TypeError, match="a programme counts no communes"):
        value(key, ProgrammeFactory())


@pytest.mark.parametrize("key", [key for key, row in INDICATORS.items() if not row.is_dated])
def test_undated_indicator_is_unknown_on_a_past_day(territory, key):
    assert value(key, territory, timezone.localdate() - timedelta(days=1)) is None


def test_every_indicator_ignores_other_territories(territory):
    other = TerritoryFactory(departments=[])
    TelecentreFactory(territory=other, state=TelecentreState.PLANNED)
    SpaceFactory(telecentre__territory=other)
    EventFactory(territory=other, past=True)
    publish(other, date(2026, 1, 1))
    for kind in VillageKind:
        HostVillageFactory(territory=other, kind=kind)
    CommuneFactory()

    assert {row.indicator.key: row.value for row in current_figures(territory) if row.value} == {
        "communes": 5,
        "population": 2500,
    }


def test_figures_on_past_day_take_the_undated_from_snapshots(territory):
    day = date(2026, 1, 1)
    publish(territory, day)
    SnapshotFactory(territory=territory, indicator="telecentres_open", day=day, value=3)
    SnapshotFactory(territory=territory, indicator="solos_identified", day=day, value=99)

    figures = {row.indicator.key: row.value for row in figures_on(territory, day)}

    assert figures["telecentres_open"] == 3
    # Rows say better than what was kept: the agency may have completed them since.
    assert figures["solos_identified"] == 1
    assert figures["desks_offered"] is None
    assert list(figures) == list(INDICATORS)


def test_programme_figures_count_what_the_programme_brought(territory):
    programme, other = ProgrammeFactory.create_batch(2, territories=[territory])
    publish(territory, date(2026, 1, 1), programme=programme)
    publish(territory, date(2026, 1, 1), programme=other)
    HostVillageFactory(territory=territory, programme=programme)
    EventFactory(territory=territory, programme=programme, past=True)

    figures = programme_figures(programme, timezone.localdate())

    assert {row.indicator.key: row.value for row in figures} == {
        "solos_identified": 1,
        "solos_in_directory": 1,
        "host_villages": 1,
        "associated_villages": 0,
        "sessions_held": 1,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_current_figures_ask_as_many_queries_whatever_there_is(
    territory, count, django_assert_num_queries
):
    TelecentreFactory.create_batch(count, territory=territory)
    HostVillageFactory.create_batch(count, territory=territory)

    with django_assert_num_queries(12):
        current_figures(territory)
