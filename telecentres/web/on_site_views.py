"""What one reads standing in the place: the page of a space's code, the screen by the door."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comptes.models import User
from comptes.web.access import public_page, uncached_page
from telecentres.domain.answers import check_in
from telecentres.domain.door import door_board
from telecentres.domain.errors import NoLongerPossible
from telecentres.domain.presence import Arrival, arrival_of
from telecentres.enums import SpaceKind
from telecentres.models import Space, Telecentre
from telecentres.web.kinds import WORDS
from territoires.web.request import TerritoryRequest

# The screen by the door is drawn anew every so many seconds, and kept for so many.
DRAWN_EVERY, KEPT_FOR = 30, 5


@require_http_methods(["GET", "HEAD", "POST"])
@uncached_page
def arrival(request: TerritoryRequest, slug: str, secret: str) -> HttpResponse:
    """Sent, it says that one has come. Of others it says nothing: not even whether they booked."""
    places = Telecentre.objects.in_territory(request.territory).open().filter(slug=slug)
    spaces = Space.objects.filter(telecentre__in=places).select_related("telecentre__commune")
    space = get_object_or_404(spaces.defer("telecentre__words"), arrival_secret=secret)
    user, is_refused = request.user, False
    if request.method == "POST":
        if not isinstance(user, User):
            return redirect_to_login(request.path)
        if _says_arrived(user, space):
            return redirect("arrival", slug, secret)
        is_refused = True
    found = arrival_of(user, space, timezone.now())
    context = _arrival_context(space, found) | {"is_refused": is_refused}
    return render(request, "telecentres/arrival.html", context, status=409 if is_refused else 200)


def _says_arrived(user: User, space: Space) -> bool:
    """Whether that is written; not when nothing of theirs is there, or no longer."""
    booking = arrival_of(user, space, timezone.now()).here
    if booking is None:
        return False
    try:
        check_in(booking=booking, author=user)
    except NoLongerPossible:
        return False
    return True


def _arrival_context(space: Space, found: Arrival) -> dict[str, object]:
    place = space.telecentre
    is_bookable = place.takes_bookings and space.is_bookable
    choose = reverse("choose-slot", args=[place.slug, WORDS[SpaceKind(space.kind)]])
    return {
        "space": space,
        "telecentre": place,
        "arrival": found,
        "choose": choose if is_bookable else "",
        "trail": [
            (_("Télécentres"), reverse("telecentres")),
            (place.name, reverse("telecentre", args=[place.slug])),
            (space.name, ""),
        ],
    }


@require_safe
@public_page
def door_screen(request: TerritoryRequest, slug: str) -> HttpResponse:
    """For a tablet, which asks for it again by itself."""
    places = Telecentre.objects.in_territory(request.territory).open()
    place = get_object_or_404(places.select_related("commune").defer("words"), slug=slug)
    context = {"telecentre": place, "board": door_board(place, timezone.now())}
    response = render(request, "telecentres/door_screen.html", context)
    response["Refresh"] = str(DRAWN_EVERY)
    patch_cache_control(response, max_age=KEPT_FOR)
    return response
