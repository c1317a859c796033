from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from territoires.domain.grants import end_grant, grant_programme, grant_territory, grant_village
from territoires.enums import TerritoryRole
from territoires.models import ProgrammeGrant, TerritoryGrant, VillageGrant
from tests.factories import (
    HostVillageFactory,
    ProgrammeFactory,
    TerritoryGrantFactory,
    UserFactory,
)


@pytest.fixture
def user(db):
    return UserFactory()


def test_grant_territory_says_who_gave_it_and_until_when(territory, user, officer):
    grant = grant_territory(
        user=user,
        territory=territory,
        role=TerritoryRole.OFFICER,
        author=officer,
        ends_on=date(2030, 1, 1),
    )

    kept = TerritoryGrant.objects.get()
    assert kept == grant
    assert (kept.author, kept.starts_on, kept.ends_on) == (
        officer,
        timezone.localdate(),
        date(2030, 1, 1),
    )


def test_grant_given_again_takes_the_new_dates(territory, user, officer):
    given = {"user": user, "territory": territory, "role": TerritoryRole.OFFICER}
    grant_territory(**given, starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))

    grant_territory(**given, author=officer)

    kept = TerritoryGrant.objects.get()
    assert (kept.starts_on, kept.ends_on) == (timezone.localdate(), None)


def test_grant_that_ends_before_it_starts_is_refused(territory, user):
    with pytest.raises(ValidationError):
        grant_territory(
            user=user,
            territory=territory,
            role=TerritoryRole.OFFICER,
            ends_on=timezone.localdate() - timedelta(days=1),
        )

    assert TerritoryGrant.objects.count() == 0


def test_grant_programme_and_village(territory, user):
    grant_programme(user=user, programme=ProgrammeFactory(territories=[territory]))
    grant_village(user=user, village=HostVillageFactory(territory=territory))

    assert ProgrammeGrant.objects.in_force().get().user == user
    assert VillageGrant.objects.in_force().get().user == user


def test_end_grant_keeps_its_past(territory):
    grant = TerritoryGrantFactory(territory=territory)

    end_grant(grant=grant)

    kept = TerritoryGrant.objects.get()
    assert kept.ends_on == timezone.localdate() - timedelta(days=1)
    assert TerritoryGrant.objects.in_force().count() == 0


def test_end_grant_of_today_leaves_no_trace(territory):
    end_grant(grant=TerritoryGrantFactory(territory=territory, starts_on=timezone.localdate()))

    assert TerritoryGrant.objects.count() == 0
