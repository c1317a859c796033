"""What every address of the API shares: JSON, the reader's language, nothing ignored."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from territoires.api.negotiation import FormatFirst
from territoires.api.parameters import refuse_unknown

View = Callable[..., HttpResponseBase]


def in_the_reader_language(view: View) -> View:
    """For a view that is refused before it begins: too often, under a key used already."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _speak_to(request)
        return view(request, *args, **kwargs)

    return wrapped


class Answering(APIView):
    renderer_classes: Sequence[Any] = (JSONRenderer,)
    content_negotiation_class = FormatFirst
    # The query parameters that the view itself reads.
    parameters: frozenset[str] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        _speak_to(request)
        super().initial(request, *args, **kwargs)
        refuse_unknown(request.query_params, self.known_parameters())

    def known_parameters(self) -> frozenset[str]:
        return self.parameters

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """The methods, in the header `Allow`; the rest is in the OpenAPI document."""
        return Response(status=204)


def _speak_to(request: HttpRequest | Request) -> None:
    """The API stands outside the addresses' languages: errors speak the reader's own."""
    translation.activate(translation.get_language_from_request(request))
