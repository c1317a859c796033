"""Which territory the visitor is in: the one whose host name they asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from territoires.domain.brand import sender_of
from territoires.domain.errors import NoTerritory
from territoires.domain.territory import territory_for_host
from territoires.models import Territory


class TerritoryMiddleware:
    """Sets `request.territory`, looked up when first used: a page kept in cache needs none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().partition(":")[0]
        request.territory = SimpleLazyObject(lambda: territory_for_host(host))  # type: ignore[attr-defined]
        # Under whose name a mail leaves: the accounts, which know no territory, ask for it.
        request.sender = SimpleLazyObject(lambda: sender_of(territory_or_none(request)))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A new installation has no territory yet: say what to do, on every public page."""
        if isinstance(exception, NoTerritory):
            return render(request, "no_territory.html", status=503)
        return None


def territory_or_none(request: HttpRequest) -> Territory | None:
    """The request's territory; None on an empty installation, or before the middleware ran."""
    try:
        territory: Territory | None = getattr(request, "territory", None)
        return territory or None
    except NoTerritory:
        return None
