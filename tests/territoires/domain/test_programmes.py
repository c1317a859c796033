from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from territoires.domain.errors import NoTerritoryCovered, PhaseOutsideProgramme
from territoires.domain.programmes import Grant, Phase, launch_programme, record_steering_meeting
from territoires.models import Funding, Programme, ProgrammePhase, SteeringMeeting
from tests.factories.territoires import OrganisationFactory, ProgrammeFactory, TerritoryFactory

PROGRAMME = {
    "name": "L’Ariège accueille les Solos",
    "slug": "solos",
    "starts_on": date(2003, 1, 1),
    "ends_on": date(2007, 12, 31),
}


def test_launch_programme_over_two_territories_keeps_phases_and_grants(territory):
    other = TerritoryFactory()
    funder = OrganisationFactory(territory=territory)

    programme = launch_programme(
        **PROGRAMME,
        territories=[territory, other],
        phases=[Phase("Accueil", date(2005, 1, 1), date(2007, 12, 31), name_en="Welcome")],
        grants=[Grant(funder, scheme="CTRE"), Grant(funder, amount=Decimal(1000))],
        budget=231000,
    )

    assert set(programme.territories.all()) == {territory, other}
    assert list(programme.phases.values_list("name", "name_en", "starts_on", "ends_on")) == [
        ("Accueil", "Welcome", date(2005, 1, 1), date(2007, 12, 31))
    ]
    assert set(programme.fundings.values_list("scheme", "amount")) == {
        ("CTRE", None),
        ("", Decimal(1000)),
    }


def test_launch_programme_without_territory_is_refused(db):
    with pytest.raises(NoTerritoryCovered):
        launch_programme(**PROGRAMME, territories=[])

    assert Programme.objects.count() == 0


@pytest.mark.parametrize(
    "phase",
    [
        Phase("Avant", date(2002, 12, 31), date(2003, 6, 1)),
        Phase("Après", date(2007, 6, 1), date(2008, 1, 1)),
        Phase("Sans fin", date(2008, 1, 1)),
    ],
    ids=["before", "after", "open"],
)
def test_launch_programme_with_phase_outside_changes_nothing(territory, phase):
    with pytest.raises(PhaseOutsideProgramme):
        launch_programme(**PROGRAMME, territories=[territory], phases=[phase])

    assert Programme.objects.count() == ProgrammePhase.objects.count() == 0


def test_launch_programme_ending_before_start_changes_nothing(territory):
    with pytest.raises(ValidationError):
        launch_programme(
            **PROGRAMME | {"ends_on": date(2002, 1, 1)},
            territories=[territory],
            grants=[Grant(OrganisationFactory(territory=territory))],
        )

    assert Programme.objects.count() == Funding.objects.count() == 0


def test_record_steering_meeting_needs_a_subject(db):
    programme = ProgrammeFactory()
    meeting = record_steering_meeting(
        programme=programme, held_on=date(2026, 3, 1), subject="Premier bilan"
    )

    with pytest.raises(ValidationError):
        record_steering_meeting(programme=programme, held_on=date(2026, 3, 1), subject="")

    assert list(SteeringMeeting.objects.all()) == [meeting]
