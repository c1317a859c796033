"""Someone follows the link of their invitation."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from comptes.domain.errors import AlreadyActive
from comptes.domain.invitations import accept_invitation, invited
from comptes.web.access import uncached_page
from comptes.web.forms import PasswordChoiceForm
from comptes.web.limits import CODE_NETWORK
from jetons.domain.errors import LinkRefused
from jetons.web.limits import limited


@uncached_page
@limited(CODE_NETWORK)
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    form = PasswordChoiceForm(request.POST or None)
    try:
        user = invited(token=token)
        if request.method == "POST" and form.is_valid():
            user = accept_invitation(token=token, password=form.cleaned_data["password"])
            record_authentication(request, user, method="password", email=user.email)
            response: HttpResponse = perform_login(request, user, email=user.email)
            return response
    except ValidationError as refusal:
        form.add_error("password", refusal)
    except (LinkRefused, AlreadyActive) as refusal:
        context = {
            "is_active": isinstance(refusal, AlreadyActive),
            "trail": [(_("Invitation"), "")],
        }
        return render(request, "comptes/link_refused.html", context, status=410)
    context = {"form": form, "invited": user, "trail": [(_("Invitation"), "")]}
    return render(request, "comptes/invitation.html", context)
