"""What the site holds of whoever is signed in: to read, to take away, to have erased."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from comptes.models import User
from comptes.web.access import members_only
from registre.domain.erasure import erase_person
from registre.domain.errors import StillOnTheTeam
from registre.domain.export import gather_data
from registre.enums import ErasureReason
from solos.web.members_views import MemberRequest

# Without a password, having signed in so lately tells that it is really them.
LATELY = timedelta(minutes=15)


class LeavingForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Votre mot de passe"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Je veux que mon compte, ma fiche et mes données soient effacés.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("Ce n’est pas votre mot de passe."))
        return password

    def clean(self) -> dict[str, Any]:
        signed_in = self.user.last_login
        is_late = signed_in is None or signed_in < timezone.now() - LATELY
        if "password" not in self.fields and is_late:
            raise forms.ValidationError(_("Reconnectez-vous d’abord, puis revenez ici."))
        return super().clean() or self.cleaned_data


def _me(request: MemberRequest) -> User:
    """The account itself: the request's is a stand-in, made when it is first asked for."""
    return User.objects.get(pk=request.user.pk)


@require_safe
@members_only
def my_data(request: MemberRequest) -> HttpResponse:
    context = {
        "sections": gather_data(_me(request)),
        "trail": [(_("Mon espace"), reverse("members-space")), (_("Mes données"), "")],
    }
    return render(request, "portail/my_data.html", context)


@require_safe
@members_only
def my_data_file(request: MemberRequest) -> HttpResponse:
    data = [section.as_json() for section in gather_data(_me(request))]
    response = JsonResponse(
        {"made_at": timezone.now(), "data": data}, json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def erase_me(request: MemberRequest) -> HttpResponse:
    form = LeavingForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(row=_me(request), reason=ErasureReason.REQUEST)
        except StillOnTheTeam:
            form.add_error(
                None,
                _("Vous entrez dans la gestion : demandez d’abord que cet accès vous soit ôté."),
            )
        else:
            logout(request)
            return render(request, "portail/erased.html")
    context = {
        "form": form,
        "trail": [(_("Mon espace"), reverse("members-space")), (_("Effacer mes données"), "")],
    }
    return render(request, "portail/erase_me.html", context)
