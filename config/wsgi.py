import gc
import os
import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

BOUNDARY = re.compile(r'boundary=("[^"*;]{1,200}"|[^\s"*;]{1,200})', re.IGNORECASE)

# What loading the code makes is kept for good: looking through it for what is not takes a sixth of
# the time that it takes to start.
gc.disable()
django = get_wsgi_application()
gc.enable()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    environ["CONTENT_TYPE"] = plain_content_type(environ.get("CONTENT_TYPE", ""))
    return django(environ, start_response)


def plain_content_type(content_type: str) -> str:
    """The content type, without any parameter but the boundary of a form in parts.

    Django decodes the address with whatever charset a request names, before any middleware can
    refuse it: `charset=hex` is then a 500, and `charset=utf-7` makes a NUL out of `+AAA-`.
    The site speaks UTF-8 only.
    """
    kind, _, parameters = content_type.partition(";")
    boundary = BOUNDARY.search(parameters)
    if boundary and kind.strip().lower() == "multipart/form-data":
        return f"{kind}; {boundary[0]}"
    return kind
