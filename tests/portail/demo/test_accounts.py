import pytest
from django.contrib.auth.password_validation import validate_password

from comptes.models import User
from portail.demo.accounts import (
    ADMINISTRATOR,
    DEMO_ACCOUNTS,
    MANAGER,
    MEMBER,
    NEIGHBOURS,
    OFFICER,
    PASSWORD,
    REFERENT,
    DemoAccount,
    accounts_of,
    open_accounts,
    open_neighbour,
)
from solos.models import Solo
from telecentres.models import Telecentre
from territoires.models import HostVillage
from tests.factories import HostVillageFactory, SoloFactory, TelecentreFactory, TerritoryFactory


@pytest.fixture
def opened(territory):
    telecentre = TelecentreFactory(territory=territory)
    village = HostVillageFactory(territory=territory)
    open_accounts(territory, {"cap": telecentre}, {"09": village})
    return territory


def user_of(account: DemoAccount) -> User:
    return User.objects.get(email=account.email)


def test_open_accounts_gives_each_its_rights(opened):
    rows = User.objects.values_list("email", "is_staff", "is_superuser")

    assert set(rows) == {
        (ADMINISTRATOR.email, True, True),
        (OFFICER.email, True, False),
        (MANAGER.email, True, False),
        (REFERENT.email, True, False),
        (MEMBER.email, False, False),
    }


@pytest.mark.parametrize("account", DEMO_ACCOUNTS)
def test_open_accounts_with_a_password_that_is_accepted(opened, client, account):
    validate_password(PASSWORD, user_of(account))

    client.post("/compte/connexion/", {"login": account.email, "password": PASSWORD})

    assert client.get(account.opens).status_code == 200


def test_officer_keeps_the_programme_and_not_the_accounts(opened):
    officer = user_of(OFFICER)

    assert officer.has_perm("solos.change_solo", SoloFactory(territory=opened))
    assert not officer.has_perm("solos.change_solo", SoloFactory(territory=TerritoryFactory()))
    assert not officer.has_perm("courrier.delete_outgoingmail")
    assert not officer.has_perm("comptes.view_user")


def test_manager_and_referent_keep_one_sheet(opened):
    TelecentreFactory(territory=opened)
    HostVillageFactory(territory=opened)
    SoloFactory(territory=opened)
    manager, referent = user_of(MANAGER), user_of(REFERENT)

    assert [Telecentre.objects.for_user(one).count() for one in (manager, referent)] == [1, 0]
    assert [HostVillage.objects.for_user(one).count() for one in (manager, referent)] == [0, 1]
    assert [Solo.objects.for_user(one).count() for one in (manager, referent)] == [0, 0]


def test_neighbour_is_run_by_its_own_officer_and_the_same_administrator(opened):
    gers = TerritoryFactory(slug="gers")

    officer = open_neighbour(gers)

    assert officer == user_of(NEIGHBOURS["gers"])
    assert User.objects.filter(is_superuser=True).count() == 1
    places = [TelecentreFactory(territory=gers), TelecentreFactory(territory=opened)]
    assert [officer.has_perm("telecentres.change_telecentre", place) for place in places] == [
        True,
        False,
    ]


def test_neighbour_may_come_first(db):
    open_neighbour(TerritoryFactory(slug="gers"))
    open_accounts(TerritoryFactory(), {}, {})

    assert User.objects.count() == len(DEMO_ACCOUNTS) + 1


def test_accounts_to_try_are_those_of_the_territory(opened):
    gers = TerritoryFactory(slug="gers")

    assert accounts_of(gers) == (ADMINISTRATOR, NEIGHBOURS["gers"])
    assert accounts_of(opened) == accounts_of(None) == DEMO_ACCOUNTS
