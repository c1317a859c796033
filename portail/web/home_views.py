from django.http import HttpResponse
from django.shortcuts import render

from comptes.web.access import public_page
from portail.domain.home import compose_home
from territoires.web.request import TerritoryRequest


@public_page
def home(request: TerritoryRequest) -> HttpResponse:
    return render(request, "portail/home.html", {"home": compose_home(request.territory)})
