"""The page of a place where one can work."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.web.access import public_page
from telecentres.domain.inventory import spaces_by_kind
from telecentres.domain.price_list import price_list
from telecentres.domain.week import days_apart, opening_week
from telecentres.models import Telecentre
from territoires.web.request import TerritoryRequest


@require_safe
@public_page
def telecentre(request: TerritoryRequest, slug: str) -> HttpResponse:
    places = Telecentre.objects.in_territory(request.territory).public().with_silhouette()
    place = get_object_or_404(
        places.select_related("commune", "managing_organisation", "photo").defer("words"), slug=slug
    )
    today = timezone.localdate()
    context = {
        "telecentre": place,
        "spaces": (groups := spaces_by_kind(place)),
        "is_bookable": any(space.is_bookable for group in groups for space in group.spaces),
        "prices": price_list(place),
        "extras": place.extras.offered(),
        "week": opening_week(place, today),
        "days_apart": days_apart(place, today),
        "trail": [(_("Télécentres"), reverse("telecentres")), (place.name, "")],
    }
    return render(request, "telecentres/telecentre.html", context)
