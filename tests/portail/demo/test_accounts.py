import pytest
from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.test import Client

from comptes.models import User
from portail.demo.accounts import ADMINISTRATOR, MEMBER, OFFICER, PASSWORD, open_accounts


def test_open_accounts_gives_each_its_rights(db):
    open_accounts()

    rows = User.objects.values_list("email", "is_staff", "is_superuser")
    assert set(rows) == {
        (ADMINISTRATOR.email, True, True),
        (OFFICER.email, True, False),
        (MEMBER.email, False, False),
    }


@pytest.mark.parametrize("account", [ADMINISTRATOR, OFFICER, MEMBER])
def test_open_accounts_with_a_password_that_is_accepted(db, account):
    open_accounts()
    user = User.objects.get(email=account.email)

    validate_password(PASSWORD, user)

    assert Client().login(email=account.email, password=PASSWORD)


def test_officer_keeps_the_programme_and_not_the_accounts(db):
    open_accounts()
    officer = User.objects.get(email=OFFICER.email)

    apps = {name.partition(".")[0] for name in officer.get_all_permissions()}
    assert apps == {"territoires", "solos", "telecentres", "accueil", "observatoire", "courrier"}
    assert officer.has_perm("solos.change_solo")
    assert not officer.has_perm("courrier.delete_outgoingmail")
    whole = Permission.objects.filter(content_type__app_label="accueil").count()
    held = [name for name in officer.get_all_permissions() if name.startswith("accueil.")]
    assert len(held) == whole
