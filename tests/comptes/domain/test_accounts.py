import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from comptes.domain.accounts import create_account, create_staff_account
from comptes.domain.errors import EmailTaken
from comptes.models import User
from tests.factories.comptes import UserFactory

PASSWORD = "une longue phrase de passe"


def test_create_account_opens_no_admin(db):
    user = create_account(email="Ana.Ruiz@Example.org", password=PASSWORD, first_name="Ana")

    user.refresh_from_db()
    assert (user.email, user.first_name) == ("ana.ruiz@example.org", "Ana")
    assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)
    assert user.check_password(PASSWORD)


def test_create_account_with_email_taken_in_other_capitals_changes_nothing(db):
    UserFactory(email="ana@example.org")

    with pytest.raises(EmailTaken):
        create_account(email="ANA@example.org", password=PASSWORD)

    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "password",
    ["court", "123456789123456789", "ana.ruiz@example.org"],
    ids=["short", "common", "own"],
)
def test_create_account_with_weak_password_changes_nothing(db, password):
    with pytest.raises(ValidationError):
        create_account(email="ana.ruiz@example.org", password=password)

    assert User.objects.count() == 0


def test_create_account_with_bad_address_changes_nothing(db):
    with pytest.raises(ValidationError):
        create_account(email="ana", password=PASSWORD)

    assert User.objects.count() == 0


def test_create_staff_account_holds_its_roles(db):
    role = Group.objects.create(name="Chargé·e de mission")

    user = create_staff_account(email="ana@example.org", password=PASSWORD, roles=[role])

    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert list(user.groups.all()) == [role]


def test_create_staff_account_refused_leaves_nobody(db):
    with pytest.raises(ValidationError):
        create_staff_account(email="ana@example.org", password="court", is_superuser=True)

    assert User.objects.count() == 0
