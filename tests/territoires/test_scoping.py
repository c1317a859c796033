from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from solos.models import Solo
from territoires.models import HostVillage, Organisation, Programme, Territory, TerritoryGrant
from territoires.scoping import held_roles
from tests.factories import (
    HostVillageFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProgrammeGrantFactory,
    SoloFactory,
    TelecentreGrantFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    UserFactory,
    VillageGrantFactory,
)

TODAY = timezone.localdate()


@pytest.fixture
def elsewhere(db):
    return TerritoryFactory(name="Gers", slug="gers")


def test_officer_sees_their_territory_alone(territory, elsewhere):
    mine = SoloFactory(territory=territory)
    SoloFactory(territory=elsewhere)
    officer = TerritoryGrantFactory(territory=territory).user

    assert list(Solo.objects.for_user(officer)) == [mine]
    assert list(Territory.objects.for_user(officer)) == [territory]


def test_superuser_sees_everything_and_a_stranger_nothing(territory, officer):
    solo = SoloFactory(territory=territory)

    assert list(Solo.objects.for_user(officer)) == [solo]
    for nobody in (AnonymousUser(), UserFactory(), UserFactory(is_staff=True)):
        assert Solo.objects.for_user(nobody).count() == 0


def test_account_suspended_reaches_nothing(territory):
    SoloFactory(territory=territory)
    for user in (
        UserFactory(officer=True, is_active=False),
        TerritoryGrantFactory(territory=territory, user__is_active=False).user,
    ):
        assert Solo.objects.for_user(user).count() == 0


def test_one_may_see_here_and_change_there(territory, elsewhere):
    here, there = SoloFactory(territory=territory), SoloFactory(territory=elsewhere)
    programme = ProgrammeFactory(territories=[elsewhere])
    there.programme = programme
    there.save()
    user = TerritoryGrantFactory(territory=territory).user
    ProgrammeGrantFactory(user=user, programme=programme)

    assert set(Solo.objects.for_user(user)) == {here, there}
    assert list(Solo.objects.for_user(user, "solos.change_solo")) == [here]


def test_programme_officer_sees_what_the_programme_made_over_its_territories(territory, elsewhere):
    programme = ProgrammeFactory(territories=[territory, elsewhere])
    made = {SoloFactory(territory=one, programme=programme) for one in (territory, elsewhere)}
    SoloFactory(territory=territory)
    lead = OrganisationFactory(territory=territory)
    programme.lead = lead
    programme.save()
    OrganisationFactory(territory=territory)
    user = ProgrammeGrantFactory(programme=programme).user

    assert set(Solo.objects.for_user(user)) == made
    assert list(Programme.objects.for_user(user)) == [programme]
    assert list(Organisation.objects.for_user(user)) == [lead]
    assert set(Territory.objects.for_user(user)) == {territory, elsewhere}


def test_referent_and_manager_see_one_sheet_and_its_territory(territory, elsewhere):
    village = HostVillageFactory(territory=territory)
    HostVillageFactory(territory=territory)
    referent = VillageGrantFactory(village=village).user
    manager = TelecentreGrantFactory(telecentre__territory=elsewhere).user

    assert list(HostVillage.objects.for_user(referent)) == [village]
    assert list(Territory.objects.for_user(referent)) == [territory]
    assert list(Territory.objects.for_user(manager)) == [elsewhere]
    assert HostVillage.objects.for_user(manager).count() == 0


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(0, None, True), (1, None, False), (-9, -1, False), (-9, 0, True)],
)
def test_role_holds_from_its_day_to_its_day(territory, starts, ends, holds):
    grant = TerritoryGrantFactory(
        territory=territory,
        starts_on=TODAY + timedelta(days=starts),
        ends_on=None if ends is None else TODAY + timedelta(days=ends),
    )

    assert bool(held_roles(grant.user)) == holds


def test_roles_are_read_once_for_an_account(territory, django_assert_num_queries):
    user = TerritoryGrantFactory(territory=territory).user

    with django_assert_num_queries(4):
        held_roles(user)
        held_roles(user)


def test_grants_are_seen_by_who_may_give_them(territory, elsewhere):
    mine = TerritoryGrantFactory(territory=territory, role="administrator")
    colleague = TerritoryGrantFactory(territory=territory)
    TerritoryGrantFactory(territory=elsewhere)

    assert set(TerritoryGrant.objects.for_user(mine.user)) == {mine, colleague}
    assert TerritoryGrant.objects.for_user(colleague.user).count() == 0


def test_grant_in_force_on_a_past_day(territory):
    TerritoryGrantFactory(territory=territory, ends_on=date(2021, 6, 30))

    assert TerritoryGrant.objects.in_force(date(2021, 6, 30)).count() == 1
    assert TerritoryGrant.objects.in_force(date(2021, 7, 1)).count() == 0
