"""What every request passes through, whatever its address."""

import time
import uuid
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

log = structlog.get_logger("request")

View = Callable[[HttpRequest], HttpResponse]

# Longer than any address of ours, shorter than what a file system or a proxy chokes on.
MAX_PATH_LENGTH = 1_000
MAX_QUERY_LENGTH = 2_000


# What a page may be asked; the API answers for itself.
PAGE_METHODS = ["GET", "HEAD", "POST"]


class RefuseOtherMethods:
    """Answer 405 to what no browser sends to a page.

    Django's own views, the back-office's among them, take whatever is no POST for a GET.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in PAGE_METHODS and not request.path.startswith("/api/"):
            return HttpResponseNotAllowed(PAGE_METHODS)
        return self.get_response(request)


class RefuseMalformedInput:
    """Answer 4xx to what no form, link or tool of ours can send: NUL bytes, broken UTF-8.

    PostgreSQL refuses a NUL in any text; without this guard each parameter of each page, the
    admin included, would turn one into a 500.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Django has already put percent signs back where the path was not UTF-8.
        query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
        if len(request.path) > MAX_PATH_LENGTH or len(query) > MAX_QUERY_LENGTH:
            return _refusal(request, _("Cette adresse est trop longue."), 414)
        texts = (request.path, *request.COOKIES.values())
        if "\0" in "".join(texts) or not _is_text(unquote_to_bytes(query)):
            return _unreadable(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, *_args: object, **_kwargs: object
    ) -> HttpResponse | None:
        """Look into posted fields only once a view is about to read them."""
        if request.method == "POST" and _form_is_malformed(request):
            return _unreadable(request)
        return None


def _is_text(raw: bytes) -> bool:
    if raw.isascii():
        return b"\0" not in raw
    try:
        return "\0" not in raw.decode()
    except UnicodeDecodeError:
        return False


def _form_is_malformed(request: HttpRequest) -> bool:
    if request.content_type == "application/x-www-form-urlencoded":
        return not _is_text(unquote_to_bytes(request.body))
    if request.content_type == "multipart/form-data":
        fields = request.POST.lists()
        return any("\0" in text for name, values in fields for text in [name, *values])
    return False


def _unreadable(request: HttpRequest) -> HttpResponse:
    return _refusal(
        request, _("Cette adresse ou ce formulaire contient des caractères illisibles."), 400
    )


def _refusal(request: HttpRequest, message: Promise, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        with translation.override(translation.get_language_from_request(request)):
            return JsonResponse({"detail": str(message)}, status=status)
    return render(request, "400.html", {"detail": message}, status=status)


class LogRequest:
    """One structured line per request, without query string or address: no personal data."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=uuid.uuid4().hex[:12]):
            response = self.get_response(request)
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        return response
