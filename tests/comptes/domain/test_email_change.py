import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from comptes.domain.email_change import ask_email_change, confirm_email_change
from comptes.domain.errors import AddressUnchanged, EmailTaken
from comptes.enums import AddressSide
from comptes.models import EmailChange, User
from jetons.domain.errors import LinkRevoked, LinkUnknown
from tests.factories import EmailChangeFactory, UserFactory

OLD, NEW = AddressSide


@pytest.fixture
def user(db) -> User:
    return UserFactory(email="ana@exemple.fr")


def address_of(user: User) -> str:
    return User.objects.get(pk=user.pk).email


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_address_changes_once_both_have_agreed(user, order):
    asked = ask_email_change(user=user, new_email="Ana.Ruiz@exemple.fr")
    before = user.get_session_auth_hash()
    first, second = order

    change = confirm_email_change(side=first, token=asked.tokens[first])
    assert (address_of(user), change.done_at) == ("ana@exemple.fr", None)
    change = confirm_email_change(side=second, token=asked.tokens[second])

    user.refresh_from_db()
    assert user.email == "ana.ruiz@exemple.fr"
    assert change.done_at is not None
    assert user.get_session_auth_hash() != before
    kept = EmailAddress.objects.get(user=user)
    assert (kept.email, kept.verified, kept.primary) == ("ana.ruiz@exemple.fr", True, True)


def test_link_of_one_side_is_none_of_the_other(user):
    asked = ask_email_change(user=user, new_email="nouvelle@exemple.fr")

    with pytest.raises(LinkUnknown):
        confirm_email_change(side=NEW, token=asked.tokens[OLD])
    assert address_of(user) == "ana@exemple.fr"


def test_new_wish_drops_the_former(user):
    former = ask_email_change(user=user, new_email="une@exemple.fr")
    ask_email_change(user=user, new_email="autre@exemple.fr")

    with pytest.raises(LinkRevoked):
        confirm_email_change(side=NEW, token=former.tokens[NEW])
    assert EmailChange.objects.get().new_email == "autre@exemple.fr"


def test_address_that_has_an_account_gets_no_link(user):
    UserFactory(email="bob@exemple.fr")

    asked = ask_email_change(user=user, new_email="BOB@exemple.fr")

    assert asked.tokens == {}


def test_address_taken_meanwhile_is_refused(user):
    asked = ask_email_change(user=user, new_email="bob@exemple.fr")
    confirm_email_change(side=OLD, token=asked.tokens[OLD])
    UserFactory(email="bob@exemple.fr")

    with pytest.raises(EmailTaken):
        confirm_email_change(side=NEW, token=asked.tokens[NEW])
    assert address_of(user) == "ana@exemple.fr"


def test_same_address_is_no_change(user):
    with pytest.raises(AddressUnchanged):
        ask_email_change(user=user, new_email="ANA@exemple.fr ")
    assert EmailChange.objects.count() == 0


@pytest.mark.parametrize("typed", ["ana", "a\r\nb@exemple.fr", ""])
def test_what_is_no_address_is_refused(user, typed):
    with pytest.raises(ValidationError):
        ask_email_change(user=user, new_email=typed)
    assert EmailChange.objects.count() == 0


def test_database_keeps_no_change_that_one_side_refused(user):
    with pytest.raises(IntegrityError):
        EmailChangeFactory(user=user, old_confirmed_at=timezone.now(), done_at=timezone.now())
