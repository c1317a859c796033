"""The API's door, and its description for machines and for people."""

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from comptes.web.access import public_page
from portail.api.examples import EXAMPLES
from territoires.api.public import PublicReading, territory_of

LINKS = {
    "communes": "api-communes",
    "villages": "api-villages",
    "telecentres": "api-telecentres",
    "bookings": "api-bookings",
    "solos": "api-solos",
    "schema": "api-schema",
    "page": "api-page",
}

# The slashes of the address of a list.
LIST_DEPTH = "/api/v1/communes/".count("/")
# How the document words one choice of a parameter.
CHOICE = re.compile(r"^\* `(.+?)` - (.+)$", re.MULTILINE)


@extend_schema(exclude=True)
class Root(PublicReading):
    def get(self, request: Request) -> Response:
        territory = territory_of(request)
        links = {name: request.build_absolute_uri(reverse(at)) for name, at in LINKS.items()}
        return Response({"territory": {"slug": territory.slug, "name": territory.name}, **links})


@extend_schema(exclude=True)
class Schema(PublicReading):
    renderer_classes = (OpenApiJsonRenderer2, OpenApiYamlRenderer2)

    def get(self, _request: Request) -> Response:
        return Response(openapi_document("en"))


@extend_schema(exclude=True)
class Nothing(PublicReading):
    """An address of the API that does not exist says so in JSON."""

    def initial(self, *_args: Any, **_kwargs: Any) -> None:
        raise Http404


@require_safe
@public_page
def schema_page(request: HttpRequest) -> HttpResponse:
    """The document as a page; trying requests out comes on demand, with a script."""
    site = request.build_absolute_uri("/").removesuffix("/")
    addresses = [
        _address(site, path, method, operation)
        for path, methods in openapi_document(settings.LANGUAGE_CODE)["paths"].items()
        for method, operation in methods.items()
    ]
    context = {
        "trail": [(_("Données ouvertes"), "")],
        "opened": [one for one in addresses if one["is_open"]],
        "own": [one for one in addresses if not one["is_open"]],
    }
    return render(request, "portail/api.html", context)


def _address(site: str, path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    is_open = operation["security"] == [{}]
    answer = EXAMPLES.get(path, "") if method == "get" else ""
    cookies = "" if is_open else "-b cookies.txt "
    query = "?page_size=1" if path.count("/") == LIST_DEPTH else "?kind=desk&day=2027-03-01"
    address = path.format(slug="telecentre-cap-delta") if answer else ""
    return {
        "path": path,
        "method": method.upper(),
        "summary": operation["summary"],
        "is_open": is_open,
        "curl": f'curl {cookies}"{site}{address}{query}"',
        "answer": answer,
        "parameters": [
            _parameter(one) for one in operation.get("parameters", []) if one["in"] != "path"
        ],
    }


def _parameter(described: dict[str, Any]) -> dict[str, Any]:
    """A parameter for people: its name, what it does, and its choices with their words."""
    text = described.get("description", "")
    labels = dict(CHOICE.findall(text))
    codes = described["schema"].get("enum", [])
    return {
        "name": described["name"],
        "text": CHOICE.sub("", text).strip(),
        "choices": [(code, labels.get(code, "")) for code in codes],
    }


@cache
def openapi_document(language: str = "en") -> dict[str, Any]:
    """Made once: it only changes with the code.

    In English for programs, as the names of its fields are; the page for people takes from it what
    is translated, in their language.
    """
    with translation.override(language):
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        document: dict[str, Any] = generator.get_schema(  # type: ignore[no-untyped-call]
            request=None, public=True
        )
    return document
