"""Pages about places: the host villages, and every commune of the territory."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from portail.domain.communes import commune_at
from portail.domain.errors import CommuneMoved, CommuneUnknown
from portail.domain.places import compose_commune, compose_village
from territoires.enums import VillageKind
from territoires.models import HostVillage
from territoires.web.request import TerritoryRequest


@require_safe
@public_page
def villages(request: TerritoryRequest) -> HttpResponse:
    committed = list(
        HostVillage.objects.in_territory(request.territory)
        .published()
        .with_silhouette()
        .select_related("commune")
    )
    context = {
        "host_villages": [row for row in committed if row.kind == VillageKind.HOST],
        "associated_villages": [row for row in committed if row.kind == VillageKind.ASSOCIATED],
        "trail": [(_("Villages d’accueil"), "")],
    }
    return render(request, "portail/villages.html", context)


@require_safe
@public_page
def village(request: TerritoryRequest, slug: str) -> HttpResponse:
    published = HostVillage.objects.in_territory(request.territory).published().with_silhouette()
    welcoming = get_object_or_404(
        published.select_related("territory", "commune__epci", "commune__department", "photo"),
        slug=slug,
    )
    context = {
        "village": welcoming,
        "commune": welcoming.commune,
        "composed": compose_village(village=welcoming),
        "trail": [
            (_("Villages d’accueil"), reverse("villages")),
            (welcoming.commune.name, ""),
        ],
    }
    return render(request, "portail/village.html", context)


@require_safe
@public_page
def commune(request: TerritoryRequest, insee: str) -> HttpResponse:
    try:
        place = commune_at(territory=request.territory, code=insee)
    except CommuneMoved as moved:
        return redirect("commune", moved.successor_code, permanent=True)
    except CommuneUnknown as unknown:
        return render(request, "portail/commune_unknown.html", {"unknown": unknown}, status=404)
    context = {
        "commune": place,
        "composed": compose_commune(territory=request.territory, commune=place),
        "trail": [(_("Carte"), reverse("map")), (place.name, "")],
    }
    return render(request, "portail/commune.html", context)
