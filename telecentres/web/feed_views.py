"""A calendar to follow, read by a program; and the page where a member asks for its address."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comptes.web.access import members_only, public_file
from jetons.domain.allowances import spend
from jetons.web.caller import network
from jetons.web.limits import limited
from telecentres.domain.addresses import feed_address
from telecentres.domain.errors import NoSuchFeed
from telecentres.domain.feeds import feeds_since, make_feed, read_feed, stop_feed
from telecentres.web.limits import BOOKING_NETWORK, UNKNOWN_FEEDS_NETWORK
from telecentres.web.own_views import MemberRequest
from territoires.web.request import TerritoryRequest


@require_safe
@public_file
def feed(request: TerritoryRequest, token: str) -> HttpResponse:
    """For whoever has the address; the middleware answers 304 to who has the same already."""
    try:
        text = read_feed(token=token, territory=request.territory, now=timezone.now())
    except NoSuchFeed as refusal:
        spend(UNKNOWN_FEEDS_NETWORK, network(request))
        raise Http404 from refusal
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@limited(BOOKING_NETWORK)
def own_feed(request: MemberRequest) -> HttpResponse:
    """The address is told in the answer to who asks for it, and never again."""
    address = ""
    if request.method == "POST":
        if "couper" in request.POST:
            stop_feed(owner=request.user)
            return redirect("own-feed")
        address = feed_address(request.territory, make_feed(owner=request.user))
    [since] = feeds_since(request.user, [None])
    context = {
        "address": address,
        "since": since,
        "trail": [
            (_("Mon espace"), reverse("members-space")),
            (_("Mes réservations"), reverse("own-bookings")),
            (_("Dans mon agenda"), ""),
        ],
    }
    return render(request, "telecentres/own_feed.html", context)
