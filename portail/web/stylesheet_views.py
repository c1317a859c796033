"""The territory's colours, as a stylesheet of tokens: strict CSP allows no inline style."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control

from comptes.web.access import public_file
from territoires.domain.colours import palette
from territoires.web.request import TerritoryRequest


@public_file
@cache_control(public=True, max_age=31_536_000, immutable=True)
def territory_stylesheet(request: TerritoryRequest) -> HttpResponse:
    """Kept for a year by browsers: its address carries the two colours (`?v=…`)."""
    territory = request.territory
    css = render_to_string(
        "portail/territory.css",
        {"palette": palette(territory.brand_colour, territory.accent_colour)},
    )
    return HttpResponse(css, content_type="text/css; charset=utf-8")
