"""A solo's page for other tools: a card for an address book, a code to print."""

from io import BytesIO

import segno
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from solos.domain.cards import vcard_of
from solos.models import Solo
from territoires.domain.brand import site_address
from territoires.web.request import TerritoryRequest


def address_of(solo: Solo) -> str:
    """Where everyone finds the solo's page, in the reader's language."""
    return site_address(solo.territory) + reverse("solo", args=[solo.slug])


@require_safe
@public_page
def card(request: TerritoryRequest, slug: str) -> HttpResponse:
    solo = _published(request, slug)
    response = HttpResponse(vcard_of(solo, address_of(solo)), content_type="text/vcard")
    response["Content-Disposition"] = f'attachment; filename="{solo.slug}.vcf"'
    return response


@require_safe
@public_page
def code(request: TerritoryRequest, slug: str) -> HttpResponse:
    """The address of the page, not what it says: a code once printed could not be withdrawn."""
    drawn = BytesIO()
    address = address_of(_published(request, slug))
    segno.make(address, micro=False).save(drawn, kind="svg", scale=8, border=3, light="#fff")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _published(request: TerritoryRequest, slug: str) -> Solo:
    published = Solo.objects.in_territory(request.territory).published()
    rows = published.select_related("territory", "trade", "commune")
    return get_object_or_404(rows, slug=slug)
