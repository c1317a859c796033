"""A form sent twice, a call tried again: carried out once, answered the same.

A page puts a key into its form (`{% request_key %}`); a program sends the header Idempotency-Key.
"""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from jetons.domain.errors import KeyReused
from jetons.domain.request_keys import Answer, answer_once
from jetons.web.refusals import refuse

View = Callable[..., HttpResponseBase]

FIELD = "clef-de-demande"
HEADER = "Idempotency-Key"
SHAPE = re.compile(r"[\x21-\x7e]{8,100}")
# What a repetition must tell again; the rest belongs to each answer.
REPEATED_HEADERS = ("Content-Type", "Location", "Content-Language")


def once(view: View) -> View:
    """For a view that changes something: with a key, it is carried out once.

    Without one it is carried out each time, as ever. The outermost decorator but for the audience:
    what is repeated includes the view's own refusals.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return view(request, *args, **kwargs)
        key = request.headers.get(HEADER) or request.POST.get(FIELD, "")
        if not key:
            return view(request, *args, **kwargs)
        if not SHAPE.fullmatch(key):
            words = _("Une clef de demande a de 8 à 100 signes, sans accent ni espace.")
            return refuse(request, 400, words, page="400.html")
        try:
            answer, is_repeated = answer_once(
                scope=_scope(request),
                key=key,
                fingerprint=_fingerprint(request),
                carry_out=lambda: _answer(request, view(request, *args, **kwargs)),
            )
        except KeyReused:
            return refuse(
                request,
                422,
                _("Cette clef a déjà servi à une autre demande : prenez-en une neuve."),
                page="400.html",
            )
        response = HttpResponse(answer.body, status=answer.status, headers=answer.headers)
        if is_repeated:
            response["Idempotent-Replayed"] = "true"
        return response

    return wrapped


def _scope(request: HttpRequest) -> str:
    """The same key from someone else, or elsewhere, is another request."""
    who = request.user.pk if request.user.is_authenticated else "–"
    return f"{who} {request.method} {request.get_host()} {request.path}"[:300]


def _fingerprint(request: HttpRequest) -> str:
    """Of what was asked: the form token changes at each page, the files are in the fields."""
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        fields = sorted(
            (name, values)
            for name, values in request.POST.lists()
            if name not in {"csrfmiddlewaretoken", FIELD}
        )
        files = sorted(
            (name, one.name, one.size) for name, sent in request.FILES.lists() for one in sent
        )
        return sha256(repr((fields, files)).encode()).hexdigest()
    return sha256(request.body).hexdigest()


def _answer(request: HttpRequest, response: HttpResponseBase) -> Answer:
    """A form shown again is to be corrected, an error to be tried again: neither is the end."""
    if hasattr(response, "render"):
        response = response.render()
    is_page_again = response.status_code == 200 and not request.path.startswith("/api/")
    headers = {name: response[name] for name in REPEATED_HEADERS if response.has_header(name)}
    body = b"" if response.streaming else response.content  # type: ignore[attr-defined]
    is_final = response.status_code < 400 and not is_page_again
    return Answer(response.status_code, headers, body, is_final=is_final)
