"""What one owes and paid, place by place."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import members_only
from telecentres.domain.statements import around, asked_month, month_accounts
from telecentres.models import Telecentre
from telecentres.web.own_views import MemberRequest


@require_safe
@members_only
def own_accounts(request: MemberRequest) -> HttpResponse:
    """One's own month, at every place of the territory where something was due or paid."""
    month = asked_month(request.GET.get("mois", ""))
    places = Telecentre.objects.in_territory(request.territory).defer("words")
    context = around(month) | {
        "accounts": month_accounts(month, telecentres=list(places), holders=[request.user]),
        "trail": [
            (_("Mon espace"), reverse("members-space")),
            (_("Mes réservations"), reverse("own-bookings")),
            (_("Mes comptes"), ""),
        ],
    }
    return render(request, "telecentres/own_accounts.html", context)
