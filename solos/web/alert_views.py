"""Save a search of the directory and be told who is new in it; confirm, keep or stop that alert.

On pages of their own: the directory is kept whole, and carries no form token. Every act is a POST,
since programs that look at mails follow addresses.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptes.web.access import uncached_page
from comptes.web.limits import CODE_NETWORK, MAIL_TO_ADDRESS
from jetons.domain.allowances import spend
from jetons.domain.errors import LinkRefused
from jetons.web.limits import limited
from jetons.web.once import once
from solos.domain.alerts import alert_of_link, confirm_alert, save_search, stop_alert
from solos.domain.asking import read_filters, read_query, search_address
from solos.domain.directory import DirectoryFilters
from solos.domain.errors import AlertStopped, SearchTooLong, TooManyAlerts
from solos.domain.search_words import say_search
from solos.models import SavedSearch
from solos.web.alert_forms import AlertForm
from solos.web.limits import ALERT_NETWORK
from territoires.web.request import TerritoryRequest

SENT = "envoye"
View = Callable[[TerritoryRequest, SavedSearch], HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@uncached_page
@limited(ALERT_NETWORK)
@once
def save(request: TerritoryRequest) -> HttpResponse:
    """Whoever gives an address is told the same, whatever is known of it."""
    filters = read_filters(request.GET)
    form = AlertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_trapped:
            return redirect(f"{request.path}?{SENT}")
        email = form.cleaned_data["email"]
        spend(MAIL_TO_ADDRESS, email)
        try:
            save_search(territory=request.territory, email=email, filters=filters)
        except SearchTooLong:
            form.add_error(None, _("Cette recherche est trop longue : retirez-en un mot."))
        else:
            return redirect(f"{request.path}?{SENT}")
    sent = SENT in request.GET
    return _page(request, "solos/alert_save.html", filters, form=form, is_sent=sent)


def by_link(view: View) -> Callable[..., HttpResponseBase]:
    """For whoever holds a link of an alert of this site."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @uncached_page
    @limited(CODE_NETWORK)
    @wraps(view)
    def wrapped(request: TerritoryRequest, token: str) -> HttpResponse:
        try:
            search = alert_of_link(token=token)
        except LinkRefused:
            return _refused(request)
        if search.territory_id != request.territory.pk:
            return _refused(request)
        return view(request, search)

    return wrapped


@by_link
def confirm(request: TerritoryRequest, search: SavedSearch) -> HttpResponse:
    outcome = "asked"
    if request.method == "POST":
        try:
            search = confirm_alert(search=search)
            outcome = "confirmed"
        except TooManyAlerts:
            outcome = "too many"
        except AlertStopped:
            outcome = "stopped"
    elif search.stopped_at:
        outcome = "stopped"
    return _alert_page(request, "solos/alert_confirm.html", search, outcome)


@by_link
def stop(request: TerritoryRequest, search: SavedSearch) -> HttpResponse:
    if request.method == "POST":
        stop_alert(search=search)
    is_over = request.method == "POST" or search.stopped_at
    return _alert_page(request, "solos/alert_stop.html", search, "stopped" if is_over else "asked")


def _alert_page(
    request: TerritoryRequest, template: str, search: SavedSearch, outcome: str
) -> HttpResponse:
    filters = read_query(search.query)
    return _page(request, template, filters, search=search, outcome=outcome)


def _refused(request: TerritoryRequest) -> HttpResponse:
    return _page(request, "solos/alert_refused.html", DirectoryFilters(), status=410)


def _page(
    request: TerritoryRequest,
    template: str,
    filters: DirectoryFilters,
    *,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    page = {
        "said": say_search(filters),
        "found": search_address(filters),
        "again": search_address(filters, "alert-save"),
        "trail": [(_("Annuaire"), reverse("directory")), (_("Alerte par e-mail"), "")],
        **context,
    }
    return render(request, template, page, status=status)
