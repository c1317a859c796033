"""What we decide where the accounts' library asks: limits, addresses, where to go next."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse

from comptes.domain.addresses import plain_address
from comptes.models import User
from comptes.web.limits import SIGN_IN_ACCOUNT, SIGN_IN_NETWORK
from comptes.web.mails import send_for_library
from jetons.domain.allowances import give_back, spend
from jetons.web.caller import address_of, network


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counted before the password is looked at: two hundred tries at once are two hundred."""
        spend(SIGN_IN_NETWORK, network(request))
        spend(SIGN_IN_ACCOUNT, plain_address(credentials.get("email", "")))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user:
            give_back(SIGN_IN_ACCOUNT, plain_address(credentials.get("email", "")))
        return user

    def clean_email(self, email: str) -> str:
        return plain_address(email)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        staff = isinstance(user, User) and user.is_staff
        return reverse("admin:index") if staff else reverse("members-space")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked for the same password again."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0.0)
        if time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        send_for_library(self.request, template_prefix, email, context)
