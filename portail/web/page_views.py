"""The pages that the agency writes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from portail.domain.reading import read_page
from portail.models import Page
from portail.querysets import PageQuerySet
from territoires.models import Territory
from territoires.web.request import TerritoryRequest


@require_safe
@public_page
def page(request: TerritoryRequest, slug: str) -> HttpResponse:
    return _read(request, get_object_or_404(_published(request.territory).ordinary(), slug=slug))


@require_safe
@public_page
def press(request: TerritoryRequest) -> HttpResponse:
    return _read(request, get_object_or_404(_published(request.territory).press()))


def _read(request: TerritoryRequest, found: Page) -> HttpResponse:
    reading = read_page(found)
    return render(request, reading.template, reading.context)


def _published(territory: Territory) -> PageQuerySet:
    published: PageQuerySet = Page.objects.in_territory(territory).published()
    return published.select_related("territory", "picture")
