"""Where to work: what is free at a moment, then every place, open or to come."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from comptes.web.access import public_page
from telecentres.domain.finding import FreePlace, Wish, find_free_places
from telecentres.domain.inventory import SpacesOfKind, known_equipment
from telecentres.enums import TelecentreState
from telecentres.models import Telecentre
from telecentres.web.addresses import asked_as, asked_of, booking_address
from telecentres.web.finding_forms import FindingForm, as_asked
from telecentres.web.found_map import draw_found
from territoires.models import Commune
from territoires.web.request import TerritoryRequest

# Communes that a name may mean: the likeliest, and some more to choose from.
MOST_COMMUNES = 5


@dataclass(frozen=True)
class Door:
    """A kind of space that is free, where it is booked, and its week."""

    kind: SpacesOfKind
    book: str
    week: str


@require_safe
@public_page
def telecentres(request: TerritoryRequest) -> HttpResponse:
    """For a visitor without account, what is free may be half a minute old; booking looks again."""
    form = FindingForm(request.GET, known_equipment(request.territory))
    context: dict[str, object] = {"form": form}
    if form.is_bound:
        context |= _found(request, form)
    status = 400 if form.errors else 200
    if request.htmx:
        answer = render(request, "telecentres/finder.html", context, status=status)
        return push_url(answer, request.get_full_path())
    context["trail"] = [(_("Télécentres"), "")]
    if not context.get("found"):
        context |= _places(request)
    return render(request, "telecentres/telecentres.html", context, status=status)


def _found(request: TerritoryRequest, form: FindingForm) -> dict[str, object]:
    """What the search finds; nothing while it can't be understood."""
    communes = _communes(request, form)
    if not form.is_valid():
        return {}
    wish, near = form.wish, communes[0] if communes else None
    centre = near.centre if near else None
    finding = find_free_places(
        territory=request.territory, wish=wish, near=centre, now=timezone.now()
    )
    name = form.cleaned_data["pres"]
    return {
        "wish": wish,
        "near": near,
        "others": [(other, _address(wish, other.name)) for other in communes[1:]],
        "found": [(place, _doors(place, wish)) for place in finding.places],
        "instead": [(other, _address(other.wish, name)) for other in finding.instead],
        "picture": draw_found(request.territory, finding.places, centre),
    }


def _communes(request: TerritoryRequest, form: FindingForm) -> list[Commune]:
    """Those that the name may mean, the likeliest first; an error of the form when none is."""
    text = form.cleaned_data.get("pres") if form.is_valid() else ""
    if not text:
        return []
    here = Commune.objects.current().within(request.territory).exclude(centre=None)
    if not (found := list(here.named_like(text)[:MOST_COMMUNES])):
        said = {"place": request.territory.where, "text": text}
        words = _("Aucune commune %(place)s ne ressemble à « %(text)s » : essayez un nom voisin.")
        form.add_error("pres", words % said)
    return found


def _doors(found: FreePlace, wish: Wish) -> list[Door]:
    slug, asked = found.telecentre.slug, asked_of(wish.people, wish.equipment)
    slot, day = asked_as(found.slot), {"jour": f"{wish.day:%Y-%m-%d}"}
    return [
        Door(
            group,
            booking_address("book-slot", slug, group.kind, slot | asked),
            booking_address("week-grid", slug, group.kind, day | asked),
        )
        for group in found.kinds
    ]


def _address(wish: Wish, near: str) -> str:
    return f"{reverse('telecentres')}?{urlencode(as_asked(wish, near), doseq=True)}"


def _places(request: TerritoryRequest) -> dict[str, object]:
    places = list(
        Telecentre.objects.in_territory(request.territory)
        .public()
        .with_silhouette()
        .with_space_counts()
        .select_related("commune")
        .defer("words")
    )
    own = [place for place in places if not place.is_neighbour]
    return {
        "open_places": [place for place in own if place.state == TelecentreState.OPEN],
        "planned_places": [place for place in own if place.state == TelecentreState.PLANNED],
        "neighbours": [place for place in places if place.is_neighbour],
    }
