"""Who may see a view, said on the view itself: a view that says nothing fails a project test."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

AnyView = Callable[..., HttpResponseBase]

# How long a page may be kept, here and then by the browser, one after the other: twice this is the
# minute within which a consent withdrawn is gone everywhere.
PUBLIC_PAGE_SECONDS = 30


def public_page(view: AnyView) -> AnyView:
    """For everyone. Kept whole for visitors without account; always made anew for the others.

    Such a page carries no form token and no nonce: the same bytes serve every visitor.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        elif response.status_code == 200 and request.method in {"GET", "HEAD"}:
            patch_cache_control(response, public=True, max_age=PUBLIC_PAGE_SECONDS)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    return _marked(wrapped, "public")


def public_file(view: AnyView) -> AnyView:
    """For everyone, the same bytes for each: the view itself says how long they may be kept.

    By browsers and proxies, not by the page cache: a file's version is in its address, and any
    stranger may ask for as many versions as they like.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request._cache_update_cache = False  # type: ignore[attr-defined]  # noqa: SLF001
        return view(request, *args, **kwargs)

    return _marked(wrapped, "public")


def uncached_page(view: AnyView) -> AnyView:
    """For everyone, made anew each time: a page with a form, whose token is its visitor's own."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return _marked(wrapped, "public")


def members_only(view: AnyView) -> AnyView:
    """For whoever is signed in, about themselves."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return _marked(login_required(wrapped), "members")


def _marked(view: AnyView, audience: str) -> AnyView:
    view.audience = audience  # type: ignore[attr-defined]
    return view
