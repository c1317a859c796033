"""The territory's outline as a file: for the press, a poster, a presentation."""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comptes.web.access import public_file
from territoires.domain.drawing import outline_territory
from territoires.web.request import TerritoryRequest


@require_safe
@public_file
@cache_control(public=True, max_age=3_600)
def silhouette(request: TerritoryRequest) -> HttpResponse:
    territory = request.territory
    outline = outline_territory(territory)
    if outline is None:
        raise Http404
    drawing = render_to_string(
        "portail/silhouette.svg", {"outline": outline, "territory": territory}
    )
    return HttpResponse(
        drawing,
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{territory.slug}.svg"'},
    )
