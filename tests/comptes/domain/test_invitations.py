from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone

from comptes.domain.errors import AlreadyActive
from comptes.domain.invitations import accept_invitation, invite, invited
from comptes.models import User
from jetons.domain.errors import LinkExpired, LinkRevoked, LinkUsed
from tests.factories import UserFactory

PASSWORD = "une longue phrase de passe"


def test_invite_opens_an_account_that_waits(db, officer):
    user, token = invite(email="Ana@exemple.fr", first_name="Ana", is_staff=True, author=officer)

    assert (user.email, user.is_staff, user.has_usable_password()) == (
        "ana@exemple.fr",
        True,
        False,
    )
    assert invited(token=token) == user


def test_accept_invitation_chooses_the_password_and_confirms_the_address(db):
    user, token = invite(email="ana@exemple.fr")

    accepted = accept_invitation(token=token, password=PASSWORD)

    assert accepted == user
    assert accepted.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified


def test_accept_invitation_is_done_once(db):
    _user, token = invite(email="ana@exemple.fr")
    accept_invitation(token=token, password=PASSWORD)
    User.objects.update(password="!")  # a password taken away does not give the link back

    with pytest.raises(LinkUsed):
        accept_invitation(token=token, password="une tout autre phrase")


def test_accept_invitation_with_a_weak_password_leaves_the_link_good(db):
    user, token = invite(email="ana@exemple.fr")

    with pytest.raises(ValidationError):
        accept_invitation(token=token, password="court")

    user.refresh_from_db()
    assert not user.has_usable_password()
    assert invited(token=token) == user


def test_invite_again_takes_the_former_link_back(db):
    _user, first = invite(email="ana@exemple.fr")
    user, second = invite(email="ana@exemple.fr")

    with pytest.raises(LinkRevoked):
        invited(token=first)
    assert invited(token=second) == user


def test_invite_who_has_a_password_makes_no_link(db):
    known = UserFactory(email="ana@exemple.fr")

    assert invite(email="ana@exemple.fr", is_staff=True) == (known, "")
    known.refresh_from_db()
    assert known.is_staff


def test_invitation_replaces_no_password(db):
    user, token = invite(email="ana@exemple.fr")
    user.set_password(PASSWORD)
    user.save()

    with pytest.raises(AlreadyActive):
        accept_invitation(token=token, password="une tout autre phrase")

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_invitation_expires_after_seven_days(db, time_machine):
    _user, token = invite(email="ana@exemple.fr")
    time_machine.move_to(timezone.now() + timedelta(days=7, seconds=1))

    with pytest.raises(LinkExpired):
        invited(token=token)
