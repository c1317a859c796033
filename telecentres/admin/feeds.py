"""Whoever runs a place follows it, or a space of it, in their own calendar."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone

from comptes.models import User
from registre.enums import JournalAct
from telecentres.admin.place_pages import SEES, PlacePages
from telecentres.domain.addresses import feed_address
from telecentres.domain.feeds import bookings_told, feeds_since, make_feed, stop_feed
from telecentres.models import Booking, Space, Telecentre


class FeedPages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("agendas", self.feeds_view, "feeds"), *super().get_urls()]

    def feeds_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        """An address is told in the answer to who asks for it, and never again."""
        place = self.place_of(request, telecentre_id, SEES)
        # By the values of the buttons.
        all_followed: dict[str, Telecentre | Space] = {"lieu": place}
        all_followed |= {str(each.pk): each for each in place.spaces.in_reading_order()}
        owner, address = cast("User", request.user), ""
        if request.method == "POST":
            if "couper" in request.POST:
                stop_feed(owner=owner, followed=_chosen(request, "couper", all_followed))
                return HttpResponseRedirect(request.path)
            followed = _chosen(request, "ouvrir", all_followed)
            address = feed_address(place.territory, make_feed(owner=owner, followed=followed))
            rows = bookings_told(followed, timezone.now()).count()
            self.journal(request, JournalAct.EXPORTED, model=Booking, rows=rows)
        since = feeds_since(owner, list(all_followed.values()))
        told = zip(all_followed.items(), since, strict=True)
        return self.place_page(request, place, "feeds", address=address, rows=told)


def _chosen(
    request: HttpRequest, button: str, all_followed: dict[str, Telecentre | Space]
) -> Telecentre | Space:
    """The row whose button was pressed; Http404 for any other."""
    given = request.POST.get(button, "")
    if given not in all_followed:
        raise Http404
    return all_followed[given]
