"""How the API says no: a sentence in `detail` and, when parameters are wrong, which ones."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import (
    APIException,
    NotAcceptable,
    NotAuthenticated,
    NotFound,
    ValidationError,
)
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from territoires.domain.errors import NoTerritory


class NotOpenYet(APIException):
    status_code = 503
    default_detail = _("Aucun territoire n’est encore ouvert ici.")


def explain(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Answer `{"detail": …}`, with `errors` by parameter after a mistake in the query.

    In plain JSON, even to who asked for GeoJSON.
    """
    if isinstance(exception, NoTerritory):
        exception = NotOpenYet()
    response = exception_handler(exception, context)
    if response is None:
        return None
    if isinstance(exception, ValidationError):
        response.data = _mistakes(response.data)
    elif isinstance(exception, NotAuthenticated):
        response.data = {"detail": _("Connectez-vous d’abord sur le site, à /compte/connexion/.")}
    elif isinstance(exception, NotAcceptable):
        response.data = {
            "detail": _("L’en-tête Accept ne dit rien de ce qui existe : essayez application/json.")
        }
    elif isinstance(exception, Http404 | NotFound):
        response.data = {"detail": _("Il n’y a rien de public à cette adresse.")}
    request = context["request"]
    request.accepted_renderer = JSONRenderer()
    request.accepted_media_type = JSONRenderer.media_type
    return response


def _mistakes(by_parameter: dict[str, Any]) -> dict[str, Any]:
    errors = {
        name: list(texts) if isinstance(texts, list) else [texts]
        for name, texts in by_parameter.items()
    }
    pattern = gettext("%(name)s : %(text)s")
    sentences = [
        pattern % {"name": name, "text": text} for name, texts in errors.items() for text in texts
    ]
    return {"detail": " ".join(sentences), "errors": errors}
