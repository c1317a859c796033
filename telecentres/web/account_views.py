"""What one owes and paid, place by place; on paper too."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import members_only
from jetons.domain.allowances import spend
from papier.domain.sheets import Sheet
from papier.web.files import sheet_file
from telecentres.domain.papers import receipt_of, statement_of
from telecentres.domain.statements import around, asked_month, month_accounts
from telecentres.models import Payment, Telecentre
from telecentres.querysets import TelecentreQuerySet
from telecentres.web.limits import PAPERS
from telecentres.web.own_views import MemberRequest


@require_safe
@members_only
def own_accounts(request: MemberRequest) -> HttpResponse:
    """One's own month, at every place of the territory where something was due or paid."""
    month = asked_month(request.GET.get("mois", ""))
    context = around(month) | {
        "accounts": month_accounts(
            month, telecentres=list(_places(request)), holders=[request.user]
        ),
        "trail": [
            (_("Mon espace"), reverse("members-space")),
            (_("Mes réservations"), reverse("own-bookings")),
            (_("Mes comptes"), ""),
        ],
    }
    return render(request, "telecentres/own_accounts.html", context)


@require_safe
@members_only
def own_statement_file(request: MemberRequest, slug: str) -> HttpResponse:
    """One's own month at a place, if something was due or paid."""
    month = asked_month(request.GET.get("mois", ""))
    place = get_object_or_404(_places(request), slug=slug)
    accounts = month_accounts(month, telecentres=[place], holders=[request.user])
    if not accounts:
        raise Http404
    return _file(request, statement_of(accounts, month))


@require_safe
@members_only
def own_receipt_file(request: MemberRequest, pk: int) -> HttpResponse:
    """Of what one paid, or an employer for one's account."""
    mine = Payment.objects.filter(holder=request.user, telecentre__in=_places(request))
    return _file(request, receipt_of(get_object_or_404(mine, pk=pk)))


def _file(request: MemberRequest, sheet: Sheet) -> HttpResponse:
    spend(PAPERS, str(request.user.pk))
    return sheet_file(sheet)


def _places(request: MemberRequest) -> TelecentreQuerySet:
    return Telecentre.objects.in_territory(request.territory).defer("words")
