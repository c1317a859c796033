"""The map, the list beside it, and the data that the map's script asks for."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import PUBLIC_PAGE_SECONDS, public_file, public_page
from portail.domain.map_contours import (
    COMPRESSIONS,
    CONTENT_TYPE,
    compressed_contours,
    current_edition,
    is_edition,
    kept_contours,
)
from portail.domain.map_layers import (
    LONGEST_TEXT,
    FoundPlace,
    Layer,
    commune_table,
    find_places,
    map_content,
    solos_in_directory,
)
from portail.domain.map_picture import draw_map
from portail.domain.places import nearest_telecentres
from portail.web.encodings import preferred_encoding
from portail.web.map_entries import feature_collection, map_entries
from territoires.web.request import TerritoryRequest

CONTOURS_SECONDS = 365 * 24 * 3600
# Without an edition in its address, an answer is asked for again as soon as a page.
UNNAMED_SECONDS = PUBLIC_PAGE_SECONDS


@dataclass(frozen=True)
class Asked:
    """What the address of the map says: `?calques=villages,solos&q=foix&lieu=09122`."""

    layers: frozenset[Layer]
    text: str
    place_code: str

    @classmethod
    def of(cls, request: TerritoryRequest) -> "Asked":
        """Words that mean nothing are passed over; without any layer named, all are shown."""
        words = ",".join(request.GET.getlist("calques")).split(",")
        named = frozenset(layer for layer in Layer if layer.value in words)
        return cls(
            layers=frozenset(Layer) if words == [""] else named,
            text=request.GET.get("q", "").strip()[:LONGEST_TEXT],
            place_code=request.GET.get("lieu", "").upper(),
        )


@require_safe
@public_page
def map_page(request: TerritoryRequest) -> HttpResponse:
    territory, asked = request.territory, Asked.of(request)
    table = commune_table(territory)
    found = find_places(territory=territory, text=asked.text)
    content = map_content(territory)
    listed = content.within(place.commune for place in found) if asked.text else content
    entries = map_entries(listed)
    placed = [row for layer, rows in entries.items() if layer in asked.layers for row in rows]
    communes = tuple(place.commune for place in found) if asked.text else table.communes
    lacks_place = asked.text and found and not listed.telecentres
    context = {
        "asked": asked,
        "listed": listed,
        "communes": communes,
        "nearest": nearest_telecentres(territory, found[0].commune)[:1] if lacks_place else (),
        "in_directory": solos_in_directory(territory),
        "entries": entries,
        "table": table,
        "found": found,
        "chosen": next((row for row in table.communes if row.pk == asked.place_code), None),
        "picture": draw_map(territory=territory, table=table, placed=placed),
        "contours_url": f"{reverse('map-communes')}?v={current_edition(territory)}",
        "basemap": settings.BASEMAPS.get(settings.BASEMAP),
        "layers": Layer,
    }
    return render(request, "portail/map.html", context)


@require_safe
@public_file
def communes_geojson(request: TerritoryRequest) -> HttpResponseBase:
    """The communes' contours. With their edition in the address, no query is needed."""
    encoding = preferred_encoding(request.headers.get("Accept-Encoding", ""), COMPRESSIONS)
    asked = request.GET.get("v", "")
    if is_edition(asked):
        response = _contours(request, asked, encoding, CONTOURS_SECONDS)
        if response.status_code != 200:
            return response
        if kept := kept_contours(asked, encoding):
            response.content = kept
            return response
    edition = current_edition(request.territory)
    seconds = CONTOURS_SECONDS if asked == edition else UNNAMED_SECONDS
    response = _contours(request, edition, encoding, seconds)
    if response.status_code == 200:
        response.content = compressed_contours(
            territory=request.territory, edition=edition, encoding=encoding
        )
    return response


@require_safe
@public_page
def points_geojson(request: TerritoryRequest) -> HttpResponse:
    """Villages, work places and solos, kept no longer than a page: consents may be withdrawn."""
    entries = map_entries(map_content(request.territory))
    return JsonResponse(
        feature_collection(entry for layer in entries.values() for entry in layer),
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )


@require_safe
@public_page
def places_json(request: TerritoryRequest) -> HttpResponse:
    """Communes that `q` may mean, for the search field's suggestions."""
    text = request.GET.get("q", "")
    if len(text) > LONGEST_TEXT:
        message = _("Ce nom est trop long : cent lettres suffisent à toutes les communes.")
        return JsonResponse({"detail": message}, status=400)
    found = find_places(territory=request.territory, text=text)
    return JsonResponse({"places": [_suggestion(place) for place in found]})


def _suggestion(place: FoundPlace) -> dict[str, str]:
    former = place.former_name
    return {
        "insee": place.commune.pk,
        "name": place.commune.name,
        "note": _("anciennement %(name)s") % {"name": former} if former else "",
    }


def _contours(request: TerritoryRequest, edition: str, encoding: str, seconds: int) -> HttpResponse:
    """The answer without its body: 304 when the client has it, else 200 to be filled."""
    etag = f'"{edition}-{encoding}"'
    headers = {"ETag": etag}
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    response = HttpResponse(content_type=CONTENT_TYPE, headers=headers)
    immutable = {"immutable": True} if seconds == CONTOURS_SECONDS else {}
    patch_cache_control(response, public=True, max_age=seconds, **immutable)
    patch_vary_headers(response, ["Accept-Encoding"])
    answer = get_conditional_response(request, etag=etag, response=response)
    return cast("HttpResponse", answer)
