"""What a public body owes its visitors: how the site is built for all, by whom, with what data."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from registre.domain.register import describe_purposes
from territoires.web.request import TerritoryRequest


@require_safe
@public_page
def accessibility(request: TerritoryRequest) -> HttpResponse:
    context = {"trail": [(_("Accessibilité"), "")]}
    return render(request, "portail/accessibility.html", context)


@require_safe
@public_page
def legal_notice(request: TerritoryRequest) -> HttpResponse:
    context = {"trail": [(_("Mentions légales"), "")]}
    return render(request, "portail/legal_notice.html", context)


@require_safe
@public_page
def privacy(request: TerritoryRequest) -> HttpResponse:
    context = {
        "purposes": describe_purposes(),
        "trail": [(_("Données personnelles"), "")],
    }
    return render(request, "portail/privacy.html", context)
