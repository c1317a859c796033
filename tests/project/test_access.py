"""Deny by default: every address says who may see it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Django's and the libraries' own views, each with the rule that guards it.
KNOWN = {
    "healthz": "probe: says only that the process answers",
    "readyz": "probe: says only what is reachable",
    "media": "files that a public page shows",
}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":  # the admin site guards itself
                yield from patterns(entry, path)
        else:
            yield path, entry


def says_who(pattern: URLPattern) -> bool:
    callback = pattern.callback
    if hasattr(callback, "audience"):
        return True
    view = getattr(callback, "cls", None)  # an API view
    return view is not None and "permission_classes" in vars_of(view)


def vars_of(view: type) -> set[str]:
    from rest_framework.views import APIView

    own = view.__mro__[: view.__mro__.index(APIView)]
    return {name for ancestor in own for name in vars(ancestor)}


def test_every_address_says_who_may_see_it():
    silent = [
        path
        for path, pattern in patterns(get_resolver())
        if not says_who(pattern) and pattern.name not in KNOWN
    ]

    assert silent == []


def test_an_address_that_says_nothing_is_found():
    """Control: a view without a mark is reported."""
    from django.http import HttpResponse
    from django.urls import path

    planted = path("oubli/", lambda _request: HttpResponse(), name="forgotten")

    assert not says_who(planted)
