"""Pages that help someone who came to a dead end."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from jetons.web.refusals import tell_program
from territoires.web.middleware import territory_or_none

# Seconds: about what PostgreSQL takes to come back, with some patience for a crowd.
RETRY_AFTER = 30


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, _("Cette demande est mal formée."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, _("Vous n’avez pas le droit de faire cela."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, _("Il n’y a rien à cette adresse."))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token of a form is missing or of another session: mostly a page left open for long."""
    return _answer(
        request, 403, _("Ce formulaire a été ouvert il y a trop longtemps."), page="stale_form.html"
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what failed.

    Django calls this while it handles the exception. A database that is away, full or too busy
    comes back: 503 tells programs and search engines so.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        answer = _failure(request, 503, _("Le service revient dans un instant."), "503.html")
        answer["Retry-After"] = str(RETRY_AFTER)
        return answer
    return _failure(request, 500, _("Quelque chose s’est cassé de notre côté."), "500.html")


def _failure(request: HttpRequest, status: int, detail: str, page: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return tell_program(status, detail)
    return HttpResponse(render_to_string(page), status=status)


def _answer(
    request: HttpRequest, status: int, detail: str, *, page: str | None = None
) -> HttpResponse:
    if request.path.startswith("/api/"):
        return tell_program(status, detail)
    if status != 400 and territory_or_none(request) is None:
        return render(request, "no_territory.html", status=status)
    return render(request, page or f"{status}.html", {"detail": detail}, status=status)
