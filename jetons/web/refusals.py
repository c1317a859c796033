"""A refusal in the form its caller reads: JSON for a program, a page for a person."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def tell_program(status: int, detail: str) -> JsonResponse:
    """Accents as they are, as in every other answer of the API."""
    as_written = {"ensure_ascii": False}
    return JsonResponse({"detail": detail}, status=status, json_dumps_params=as_written)


def refuse(request: HttpRequest, status: int, detail: str, *, page: str) -> HttpResponse:
    """`page` is the template for a person."""
    if request.path.startswith("/api/"):
        return tell_program(status, detail)
    return render(request, page, {"detail": detail}, status=status)
