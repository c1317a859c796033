"""A view that may be asked so many times: the next request is told when to come back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import ngettext

from jetons.domain.allowances import Limit, spend
from jetons.domain.errors import AllowanceSpent
from jetons.web.caller import network
from jetons.web.refusals import refuse

View = Callable[..., HttpResponseBase]


def limited(limit: Limit) -> Callable[[View], View]:
    """Count what is sent to a view (not what is read from it), each network for itself."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in {"GET", "HEAD", "OPTIONS"}:
                spend(limit, network(request))
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


class SayWhenToComeBack:
    """Middleware: an allowance spent, wherever it was noticed, is a 429 with Retry-After."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AllowanceSpent):
            return None
        minutes = -(-exception.retry_after // 60)
        detail = ngettext(
            "C’est beaucoup en peu de temps : réessayez dans une minute.",
            "C’est beaucoup en peu de temps : réessayez dans %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}
        response = refuse(request, 429, detail, page="429.html")
        response["Retry-After"] = str(exception.retry_after)
        response["Cache-Control"] = "no-store"
        return response
