"""Pages that help someone who came to a dead end."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from territoires.web.middleware import territory_or_none


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, _("Cette demande est mal formée."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, _("Vous n’avez pas le droit de faire cela."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, _("Il n’y a rien à cette adresse."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)


def _answer(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": detail}, status=status)
    if status != 400 and territory_or_none(request) is None:
        return render(request, "no_territory.html", status=status)
    return render(request, f"{status}.html", {"detail": detail}, status=status)
