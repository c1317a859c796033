import pytest
from django.apps import apps

from comptes.enums import Role
from territoires.enums import TerritoryRole
from territoires.permissions import permissions_of, roles_holding
from tests.project import places

# The others have no tables.
APPS = [app for app in places.APPS if app not in {"config", "papier"}]


def test_roles_are_those_that_accounts_name():
    named = {role for app in APPS for role in permissions_of(app)}

    assert named == set(Role.values) - {Role.MEMBER}
    assert set(TerritoryRole.values) <= named
    labels = {role.value: role.label for role in Role}
    assert [role.label for role in TerritoryRole] == [labels[role.value] for role in TerritoryRole]


@pytest.mark.parametrize("app", APPS)
def test_every_permission_of_a_table_exists(app):
    known = {
        f"{app}.{action}_{model._meta.model_name}"
        for model in apps.get_app_config(app).get_models()
        for action in ("view", "add", "change", "delete")
    }

    assert {one for held in permissions_of(app).values() for one in held} - known == set()


def test_roles_holding_reads_the_table_of_the_app():
    assert roles_holding("solos.change_solo") == {"administrator", "officer"}
    assert roles_holding("registre.view_journalentry") == {"administrator"}
    assert roles_holding("comptes.view_user") == frozenset()
    assert roles_holding("sessions.view_session") == frozenset()
