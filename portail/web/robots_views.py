"""What robots and browsers ask for at fixed addresses, whatever the language."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comptes.web.access import public_file

# Searches and filtered lists are endless; what they lead to is listed elsewhere.
ROBOTS = """User-agent: *
Disallow: /gestion/
Disallow: /espace/
Disallow: /en/espace/
Disallow: /recherche/
Disallow: /en/recherche/
Disallow: /annuaire/?
Disallow: /en/annuaire/?
"""


@require_safe
@public_file
@cache_control(public=True, max_age=86_400)
def robots(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
@public_file
@cache_control(public=True, max_age=86_400)
def favicon(_request: HttpRequest) -> HttpResponse:
    """Pages name their icon; this is for whoever asks without reading a page."""
    return HttpResponsePermanentRedirect(static("img/icon.svg"))
