"""A mail shown as its reader sees it: in a frame where no script runs and nothing is fetched."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin

AnyView = Callable[..., HttpResponseBase]

# A link opens beside, as in a mail program; everything else is shut.
SANDBOX = ["allow-popups", "allow-popups-to-escape-sandbox"]
# A mail brings its style in its own lines: mail programs read no other. Nothing else may load.
SHOWN: dict[str, Any] = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "form-action": [NONE],
    "base-uri": [NONE],
    "sandbox": SANDBOX,
}


def in_a_frame(view: AnyView) -> AnyView:
    """For the address that answers a mail's HTML, and that our own pages alone may frame."""
    return xframe_options_sameorigin(csp(SHOWN)(view))


def with_a_frame(view: AnyView) -> AnyView:
    """For the page around it."""
    framing: AnyView = csp_update({"frame-src": [SELF]})(view)
    return framing


def as_page(html: str) -> HttpResponse:
    return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))
