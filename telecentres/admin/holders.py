"""Whose account a row is of, typed as an address: nobody picks in a list of everyone."""

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comptes.domain.accounts import light_account
from comptes.domain.addresses import plain_address
from comptes.models import User


def mail_link(user: User | None) -> str | SafeString:
    """A name and how to write to it: never a link to the account, which few may open."""
    if user is None:
        return str(_("sans compte"))
    link = format_html('<a href="mailto:{}">{}</a>', user.email, user.email)
    name = user.get_full_name()
    return format_html("{} {}", name, link) if name else link


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """The account is chosen once, with the row; it is opened if the address has none."""

    email = forms.EmailField(
        label=_("e-mail de la personne"),
        help_text=_(
            "Si cette adresse n’a pas de compte, il s’ouvre, et la personne n’a rien à faire."
        ),
    )
    # The key to the account.
    account: ClassVar[str] = "user"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            field = self.fields["email"]
            field.disabled, field.required = True, False
            field.initial = getattr(self._account(), "email", "")

    def _get_validation_exclusions(self) -> set[str]:
        """A constraint that speaks of the account is looked at, once it is known."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded if self._account() is None else excluded - {self.account}

    def clean(self) -> dict[str, Any]:
        """What constraints say of the account is said beside the form."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.instance.pk and (email := given.get("email")):
            known = User.objects.filter(email__iexact=plain_address(email)).first()
            setattr(self.instance, self.account, known)
        return given

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  (Django's)
        email = self.cleaned_data["email"]
        if email and not self.instance.pk and self._account() is None:
            setattr(self.instance, self.account, light_account(email=email))
        return super().save(commit)

    def _account(self) -> User | None:
        """None: none yet, or deleted since."""
        if getattr(self.instance, f"{self.account}_id") is None:
            return None
        found: User | None = getattr(self.instance, self.account)
        return found
