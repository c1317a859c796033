import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from comptes.domain.accounts import (
    confirm_address,
    create_account,
    create_staff_account,
    end_sessions,
    known_account,
    light_account,
)
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


def test_create_staff_account_opens_the_office(db):
    user = create_staff_account(email="ana@example.org", password=PASSWORD)

    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, False)


def test_create_staff_account_refused_leaves_nobody(db):
    with pytest.raises(ValidationError):
        create_staff_account(email="ana@example.org", password="court", is_superuser=True)

    assert User.objects.count() == 0


def addresses(user: User) -> list[tuple[str, bool, bool]]:
    rows = EmailAddress.objects.filter(user=user).order_by("email")
    return list(rows.values_list("email", "verified", "primary"))


def test_light_account_waits_without_password(db):
    user = light_account(email=" Ana@Example.org ", first_name="Ana", language="en")

    assert (user.email, user.first_name, user.language) == ("ana@example.org", "Ana", "en")
    assert (user.has_usable_password(), user.is_staff) == (False, False)
    assert addresses(user) == []


def test_light_account_is_the_one_there_is(db):
    known = UserFactory(email="ana@example.org", first_name="Ana")

    assert light_account(email="ANA@example.org", first_name="Anaïs") == known
    known.refresh_from_db()
    assert known.first_name == "Ana"


def test_known_account_is_found_whatever_its_capitals(db):
    known = UserFactory(email="ana@example.org")

    assert known_account(email=" ANA@example.org") == known
    assert known_account(email="anaïs@example.org") is None
    assert list(User.objects.all()) == [known]


def test_light_account_made_meanwhile_is_found(db, monkeypatch):
    """Two at once: the second finds, at its insertion, what the first has just made."""
    known = UserFactory(email="ana@example.org")
    monkeypatch.setattr(User.objects.filter(pk=0).__class__, "first", lambda _self: None)

    assert light_account(email="ana@example.org") == known


@pytest.mark.parametrize("email", ["ana", "ana@", "a\r\nb@example.org", "ana@exam\0ple.org", ""])
def test_light_account_refuses_what_is_no_address(db, email):
    with pytest.raises(ValidationError):
        light_account(email=email)

    assert User.objects.count() == 0


def test_confirm_address_leaves_one_address_confirmed(db):
    user = UserFactory(email="ana@example.org")
    EmailAddress.objects.update(email="ancienne@example.org")

    confirm_address(user=user)

    assert addresses(user) == [("ana@example.org", True, True)]


def test_end_sessions_changes_what_sessions_are_bound_to(db):
    user = UserFactory()
    before = user.get_session_auth_hash()

    end_sessions(user=user)

    assert user.get_session_auth_hash() != before
