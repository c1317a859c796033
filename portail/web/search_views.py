from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from portail.domain.search import search
from territoires.web.request import TerritoryRequest


@require_safe
@public_page
def search_page(request: TerritoryRequest) -> HttpResponse:
    results = search(territory=request.territory, text=request.GET.get("q", ""))
    context = {"results": results, "trail": [(_("Recherche"), "")]}
    return render(request, "portail/search.html", context)
