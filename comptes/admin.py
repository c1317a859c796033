from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from comptes.domain.addresses import plain_address
from comptes.models import User
from registre.admin.journaling import JournaledAdmin

# What one may do comes from roles, whose permissions the code defines (config.rights).
admin.site.unregister(Group)
# An account's addresses and second factor are its holder's to manage, on the account's own pages.
admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)


class PlainEmail:
    """Addresses are kept in one form: an account already there is found whatever is typed."""

    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return plain_address(email)


class AccountCreationForm(PlainEmail, AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["email"]


class AccountChangeForm(PlainEmail, UserChangeForm):  # type: ignore[type-arg]
    pass


@admin.register(User)
class UserAdmin(JournaledAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    form = AccountChangeForm
    add_form = AccountCreationForm
    list_display = ["email", "first_name", "last_name", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "first_name__unaccent", "last_name__unaccent"]
    ordering = ["email"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("La personne"), {"fields": [("first_name", "last_name"), "language"]}),
        (
            _("Ce qu’elle peut faire"),
            {"fields": ["is_active", "is_staff", "is_superuser"]},
        ),
        (_("Dates"), {"fields": [("last_login", "date_joined")]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", ("first_name", "last_name")]}),
        (_("Mot de passe"), {"fields": ["usable_password", "password1", "password2"]}),
        (_("Ce qu’elle peut faire"), {"fields": ["is_staff"]}),
    ]
