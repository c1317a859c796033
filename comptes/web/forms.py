"""The forms of the accounts' library, with our limits and our words."""

from copy import copy
from typing import Any
from uuid import uuid4

from allauth.account.forms import (
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    SignupForm,
)
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comptes.domain.addresses import plain_address
from comptes.web.limits import MAIL_TO_ADDRESS, SECOND_FACTOR, SECOND_FACTOR_CODE
from jetons.domain.allowances import spend


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs = {"autocomplete": "username"}
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        # Who forgot it finds the way below the form.
        self.fields["password"].help_text = ""

    def _setup_password_field(self) -> None:
        """It stays, though a sign-up asks for none: the library would take it away."""


class MailToAddress:
    """A form that has a mail sent to the address typed in, which may not be the typist's."""

    fields: dict[str, forms.Field]

    def clean_email(self) -> str:
        spend(MAIL_TO_ADDRESS, plain_address(self.cleaned_data["email"]))  # type: ignore[attr-defined]
        email: str = super().clean_email()  # type: ignore[misc]
        return email


class SignUpForm(MailToAddress, SignupForm):  # type: ignore[misc]
    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            self.open_and_undo(request)
        return super().try_save(request)

    def open_and_undo(self, request: HttpRequest) -> None:
        """Take the time that a new account takes: the clock must not tell who has one."""
        rehearsal = copy(self)
        rehearsal.account_already_exists = False
        rehearsal.cleaned_data = {**self.cleaned_data, "email": f"{uuid4().hex}@example.invalid"}
        with transaction.atomic():
            rehearsal.save(request)
            transaction.set_rollback(True)


class CodeRequestForm(MailToAddress, RequestLoginCodeForm):  # type: ignore[misc]
    pass


class PasswordResetForm(MailToAddress, ResetPasswordForm):  # type: ignore[misc]
    pass


class SecondFactorOnce:
    """A code of the application or of the list: few tries, and each good code a single time."""

    user: Any

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]
        spend(SECOND_FACTOR, str(self.user.pk))
        accepted: str = super().clean_code()  # type: ignore[misc]
        spend(SECOND_FACTOR_CODE, f"{self.user.pk} {''.join(code.split())}")
        return accepted


class SecondFactorForm(SecondFactorOnce, AuthenticateForm):  # type: ignore[misc]
    pass


class SecondFactorAgainForm(SecondFactorOnce, ReauthenticateForm):  # type: ignore[misc]
    pass


class PasswordChoiceForm(forms.Form):
    """A first password, by whoever was invited."""

    password = forms.CharField(
        label=_("Votre mot de passe"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("Quinze caractères au moins : une phrase se retient mieux qu’un code."),
    )
