"""Ask for another address, and say yes to it from both mailboxes."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.domain.email_change import ask_email_change, change_asked, confirm_email_change
from comptes.domain.errors import AddressUnchanged, EmailTaken
from comptes.enums import AddressSide
from comptes.models import User
from comptes.web.access import members_only, uncached_page
from comptes.web.limits import CODE_NETWORK, MAIL_FROM_NETWORK
from comptes.web.mails import send_change_mails
from jetons.domain.errors import LinkRefused
from jetons.web.limits import limited


class NewAddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Nouvelle adresse"),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


@members_only
@limited(MAIL_FROM_NETWORK)
def ask_change(request: HttpRequest) -> HttpResponse:
    form = NewAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = cast("User", request.user)
        try:
            asked = ask_email_change(user=user, new_email=form.cleaned_data["email"])
        except AddressUnchanged:
            form.add_error("email", _("C’est déjà l’adresse de votre compte."))
        except ValidationError as refusal:
            form.add_error("email", refusal)
        else:
            send_change_mails(request, asked)
            words = _(
                "Un message est parti à vos deux adresses : ouvrez le lien de chacun d’eux "
                "dans les deux jours."
            )
            messages.success(request, words)
            return redirect("account_email")
    context = {
        "form": form,
        "trail": [(_("Mon espace"), ""), (_("Changer d’adresse"), "")],
    }
    return render(request, "comptes/email_change.html", context)


@uncached_page
@limited(CODE_NETWORK)
def confirm_change(request: HttpRequest, side: str, token: str) -> HttpResponse:
    if side not in AddressSide:
        raise Http404
    trail = [(_("Changer d’adresse"), "")]
    try:
        change = change_asked(side=AddressSide(side), token=token)
        if request.method == "POST":
            change = confirm_email_change(side=AddressSide(side), token=token)
    except (LinkRefused, EmailTaken):
        context = {"is_active": False, "trail": trail}
        return render(request, "comptes/link_refused.html", context, status=410)
    context = {
        "change": change,
        "is_confirmed": request.method == "POST",
        "trail": trail,
    }
    return render(request, "comptes/email_change_confirm.html", context)
