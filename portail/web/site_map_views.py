from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from portail.domain.site_map import compose_site_map
from territoires.web.request import TerritoryRequest


@require_safe
@public_page
def site_map(request: TerritoryRequest) -> HttpResponse:
    context = {
        "site_map": compose_site_map(request.territory),
        "trail": [(_("Plan du site"), "")],
    }
    return render(request, "portail/site_map.html", context)
