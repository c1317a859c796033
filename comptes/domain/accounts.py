"""Open accounts: for someone of the territory, or for someone who works in the admin."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from comptes.domain.errors import EmailTaken
from comptes.models import User


def create_account(*, email: str, password: str, first_name: str = "", last_name: str = "") -> User:
    """An account that opens the members' space and nothing else.

    Raises EmailTaken, and Django's ValidationError for an address or a password refused.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise EmailTaken
    user = User(email=email.lower(), first_name=first_name, last_name=last_name)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user


def create_staff_account(
    *,
    email: str,
    password: str,
    first_name: str = "",
    last_name: str = "",
    roles: Iterable[Group] = (),
    is_superuser: bool = False,
) -> User:
    """An account that opens the admin, with the rights of its roles; refuses as create_account."""
    with transaction.atomic():
        user = create_account(
            email=email, password=password, first_name=first_name, last_name=last_name
        )
        user.is_staff, user.is_superuser = True, is_superuser
        user.save(update_fields=["is_staff", "is_superuser"])
        user.groups.set(roles)
    return user
