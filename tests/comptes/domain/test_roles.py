import pytest
from django.contrib.auth.models import Group

from comptes.domain.errors import UnknownPermission
from comptes.domain.roles import define_role


def held(role: Group) -> list[str]:
    return sorted(role.permissions.values_list("codename", flat=True))


def test_define_role_again_holds_exactly_its_permissions(db):
    define_role(name="Lecture", permissions=["solos.view_solo", "solos.change_solo"])

    role = define_role(name="Lecture", permissions=["solos.view_solo", "accueil.view_event"])

    assert held(role) == ["view_event", "view_solo"]
    assert Group.objects.count() == 1


def test_define_role_tells_apart_same_codename_of_other_app(db):
    with pytest.raises(UnknownPermission):
        define_role(name="Lecture", permissions=["accueil.view_solo"])


def test_define_role_with_unknown_permission_changes_nothing(db):
    role = define_role(name="Lecture", permissions=["solos.view_solo"])

    with pytest.raises(UnknownPermission) as refusal:
        define_role(name="Lecture", permissions=["solos.view_nothing", "solos.change_solo"])

    assert refusal.value.args == (["solos.view_nothing"],)
    assert held(role) == ["view_solo"]
