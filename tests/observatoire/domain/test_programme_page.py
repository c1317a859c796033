from datetime import date

import pytest

from observatoire.domain.programme_page import compose_programme
from solos.enums import PublicField
from solos.models import Solo, StateChange
from territoires.models import Funding, Programme, ProgrammePhase
from tests.factories import OrganisationFactory, ProgrammeFactory, SoloFactory


def ended_programme() -> Programme:
    programme = ProgrammeFactory(starts_on=date(2004, 1, 1), ends_on=date(2007, 12, 31))
    ProgrammePhase.objects.create(
        programme=programme, name="Première", starts_on=date(2004, 1, 1), ends_on=date(2006, 6, 30)
    )
    return programme


def test_programme_counts_at_the_end_of_each_phase(territory):
    programme = ended_programme()
    for day in (date(2005, 1, 1), date(2007, 1, 1)):
        solo = SoloFactory(territory=territory, programme=programme)
        StateChange.objects.filter(solo=solo).update(changed_on=day)

    page = compose_programme(programme)

    assert page.dates == [date(2006, 6, 30), date(2007, 12, 31)]
    assert [int(figure.value or 0) for figure in page.rows[0].figures] == [1, 2]
    assert [row.is_recorded for row in page.rows] == [True, *[False] * (len(page.rows) - 1)]
    assert [row.first.indicator.key for row in page.rows][:2] == [
        "solos_identified",
        "solos_in_directory",
    ]


@pytest.mark.parametrize(
    ("asked", "dates"),
    [
        (date(2005, 5, 5), [date(2005, 5, 5), date(2006, 6, 30), date(2007, 12, 31)]),
        (date(2006, 6, 30), [date(2006, 6, 30), date(2007, 12, 31)]),
        (date(2003, 12, 31), [date(2006, 6, 30), date(2007, 12, 31)]),
        (date(9999, 12, 31), [date(2006, 6, 30), date(2007, 12, 31)]),
    ],
)
def test_programme_counts_on_the_day_asked_for(db, asked, dates):
    assert compose_programme(ended_programme(), asked=asked).dates == dates


def test_programme_under_way_counts_today(territory, time_machine):
    time_machine.move_to("2026-06-15 12:00:00+00:00", tick=False)
    programme = ProgrammeFactory(starts_on=date(2026, 1, 1))
    ProgrammePhase.objects.create(
        programme=programme, name="À venir", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )

    assert compose_programme(programme).dates == [date(2026, 6, 15)]


def test_programme_to_come_counts_nothing(territory, time_machine):
    time_machine.move_to("2025-06-15 12:00:00+00:00", tick=False)
    programme = ProgrammeFactory(starts_on=date(2026, 1, 1))

    page = compose_programme(programme)

    assert (page.dates, page.rows) == ([], [])


def test_programme_names_its_funders(territory):
    programme = ended_programme()
    funder = OrganisationFactory(territory=territory)
    Funding.objects.create(programme=programme, organisation=funder, scheme="CTRE")

    assert [row.organisation for row in compose_programme(programme).fundings] == [funder]
    assert Solo.objects.showing(PublicField.NAME).count() == 0
