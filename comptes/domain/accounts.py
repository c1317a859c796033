"""Open accounts: for someone of the territory, or for someone who works in the admin."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from comptes.domain.addresses import plain_address
from comptes.domain.errors import EmailTaken
from comptes.models import User


def create_account(*, email: str, password: str, first_name: str = "", last_name: str = "") -> User:
    """An account that opens the members' space and nothing else; its address counts as confirmed.

    Raises EmailTaken, and Django's ValidationError for an address or a password refused.
    """
    email = plain_address(email)
    if User.objects.filter(email__iexact=email).exists():
        raise EmailTaken
    user = User(email=email, first_name=first_name, last_name=last_name)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    with transaction.atomic():
        user.save()
        confirm_address(user=user)
    return user


def create_staff_account(
    *,
    email: str,
    password: str,
    first_name: str = "",
    last_name: str = "",
    is_superuser: bool = False,
) -> User:
    """An account that opens the admin, where its roles allow; refuses as create_account."""
    with transaction.atomic():
        user = create_account(
            email=email, password=password, first_name=first_name, last_name=last_name
        )
        user.is_staff, user.is_superuser = True, is_superuser
        user.save(update_fields=["is_staff", "is_superuser"])
    return user


def light_account(
    *, email: str, first_name: str = "", last_name: str = "", language: str = "fr"
) -> User:
    """The account of an address: the one there is, else a new one without password.

    For whoever books or registers: it opens with a code sent to the address, and holds nothing
    before that. Names only fill what nobody wrote yet. ValidationError for what is no address.
    """
    user = User(
        email=plain_address(email), first_name=first_name, last_name=last_name, language=language
    )
    user.set_unusable_password()
    user.clean_fields()
    if known := known_account(email=user.email):
        return known
    # Two at once for one address: the second finds the first's.
    kept, _created = User.objects.get_or_create(
        email=user.email,
        defaults={
            name: getattr(user, name)
            for name in ("password", "first_name", "last_name", "language")
        },
    )
    return kept


def known_account(*, email: str) -> User | None:
    """The account of an address, if there is one: never said to whoever only typed it."""
    return User.objects.filter(email__iexact=plain_address(email)).first()


def confirm_address(*, user: User) -> None:
    """Record that whoever holds the account reads its mail: it may sign in by that address."""
    with transaction.atomic():
        EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


def end_sessions(*, user: User) -> None:
    """Sign the account out everywhere, this browser included."""
    user.session_stamp += 1
    user.save(update_fields=["session_stamp"])
