"""The place that a page of the back-office is about."""

from django.http import Http404, HttpRequest

from telecentres.models import Telecentre


def place_of(request: HttpRequest, key: int, action: str) -> Telecentre:
    """One of those whose bookings one may see, or change; as if it never was otherwise."""
    permission = f"telecentres.{action}_booking"
    places = Telecentre.objects.for_user(request.user, permission).select_related("commune")
    place = places.defer("words").filter(pk=key).first()
    if place is None:
        raise Http404
    return place
