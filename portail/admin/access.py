"""Who may do what: someone is invited by their address, to a role on a perimeter, for a time."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.domain.invitations import invite
from comptes.enums import Role
from comptes.models import User
from comptes.web.mails import send_invitation
from telecentres.models import TelecentreGrant
from territoires.admin.base import OfficeAdmin, badge, stand_for
from territoires.domain.brand import sender_of
from territoires.domain.grants import AnyGrant, end_grant, give
from territoires.models import (
    Grant,
    Programme,
    ProgrammeGrant,
    Territory,
    TerritoryGrant,
    VillageGrant,
)


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Un lien y part, qui laisse choisir un mot de passe."),
    )
    first_name = forms.CharField(label=gettext_lazy("Prénom"), required=False, max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Nom"), required=False, max_length=80)

    def validate_unique(self) -> None:
        """A role given again takes its new dates: the domain finds the one there is."""


def invite_to(
    request: HttpRequest, model: type[AnyGrant], said: dict[str, Any], data: dict[str, Any]
) -> AnyGrant:
    """Give a role to who has that address, and write to them: `said` is where, and which role."""
    author = cast("User", request.user)
    user, token = invite(
        email=data["email"],
        first_name=data["first_name"],
        last_name=data["last_name"],
        # A partner reads through the API: nothing of the back-office is theirs.
        is_staff=said.get("role") != Role.PARTNER,
        author=author,
    )
    dates = {name: data.get(name) for name in ("starts_on", "ends_on")}
    grant = give(model, {"user": user, **said}, author=author, **dates)
    territory = _territory(grant)
    sender = sender_of(territory)
    # A territory that is being set up may have no address yet that answers.
    is_open = territory is not None and territory.is_public
    site = sender.brand.site if is_open else request.build_absolute_uri("/").rstrip("/")
    send_invitation(
        request,
        user=user,
        token=token,
        author=author,
        role=_role(grant),
        sender=sender,
        site=site,
    )
    return grant


class GrantAdmin(OfficeAdmin):
    """A role is given and ended, never rewritten: who could do what, and when, must stay true."""

    model: type[Grant]
    list_select_related = ["user", "author"]
    search_fields = ["user__email", "user__first_name__unaccent", "user__last_name__unaccent"]
    ordering = ["user__last_name", "user__email"]
    actions = ["end"]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        dates = ("starts_on", "ends_on")
        if obj:
            return [(None, {"fields": ["user", *self.said(), dates, ("author", "created_at")]})]
        person = ["email", ("first_name", "last_name")]
        return [(None, {"fields": [*person, *self.said(), dates]})]

    def said(self) -> list[str]:
        """The perimeter, and the role where there are several."""
        return [self.model.PERIMETER] if self.model.ROLE else [self.model.PERIMETER, "role"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["user", *self.said(), "author", "created_at"] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002
        **kwargs: Any,
    ) -> Any:
        if obj is None:
            kwargs["form"] = InvitationForm
        return super().get_form(request, obj, change, **kwargs)

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: "forms.ModelForm[Any]",
        change: bool,  # noqa: FBT001
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        said = {name: form.cleaned_data[name] for name in self.said()}
        stand_for(obj, invite_to(request, type(obj), said, form.cleaned_data))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Retirer dès aujourd’hui"), permissions=["change"])
    def end(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        grants = list(queryset.for_user(request.user, self.permission("change")))  # type: ignore[attr-defined]
        for grant in grants:
            self.log_change(request, grant, _("Rôle retiré."))
            end_grant(grant=grant)
        messages.success(request, _("Rôles retirés : %d.") % len(grants))

    @admin.display(description=gettext_lazy("état"))
    def in_force(self, grant: Grant) -> SafeString:
        today = timezone.localdate()
        if grant.starts_on > today:
            return badge("quiet", _("à venir"))
        if grant.ends_on and grant.ends_on < today:
            return badge("quiet", _("terminé"))
        return badge("ok", _("en cours"))


def _role(grant: Grant) -> str:
    """What the person is, where: « chargé·e de mission (Ariège) »."""
    role = Role(getattr(grant, "role", "") or grant.ROLE)
    return f"{capfirst(role.label)} ({getattr(grant, grant.PERIMETER)})"


def _territory(grant: Grant) -> Territory | None:
    """Where it is held; of a programme of several, the first."""
    held = getattr(grant, grant.PERIMETER)
    if isinstance(held, Programme):
        return held.territories.first()
    return held if isinstance(held, Territory) else cast("Territory", held.territory)


@admin.register(TerritoryGrant)
class TerritoryGrantAdmin(GrantAdmin):
    list_display = ["user", "role", "territory", "in_force", "starts_on", "ends_on", "author"]
    list_filter = ["role", "territory"]
    list_select_related = ["user", "author", "territory"]


@admin.register(ProgrammeGrant)
class ProgrammeGrantAdmin(GrantAdmin):
    list_display = ["user", "programme", "in_force", "starts_on", "ends_on", "author"]
    list_select_related = ["user", "author", "programme"]


@admin.register(VillageGrant)
class VillageGrantAdmin(GrantAdmin):
    list_display = ["user", "village", "in_force", "starts_on", "ends_on", "author"]
    list_select_related = ["user", "author", "village__commune"]


@admin.register(TelecentreGrant)
class TelecentreGrantAdmin(GrantAdmin):
    list_display = ["user", "telecentre", "in_force", "starts_on", "ends_on", "author"]
    list_select_related = ["user", "author", "telecentre"]
