"""The public directory: a list to search, and a page per solo."""

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from comptes.web.access import public_page
from solos.domain.directory import DirectoryFilters, browse_directory
from solos.domain.profile import spoken_languages
from solos.models import Solo
from territoires.web.request import TerritoryRequest

PER_PAGE = 20
NEIGHBOURS = 3
# Longer than any word or code that could find something.
LONGEST_PARAMETER = 100
# The address speaks the visitors' language.
PARAMETERS = {
    "text": "q",
    "sector": "secteur",
    "trade": "metier",
    "commune": "commune",
    "epci": "intercommunalite",
    "status": "statut",
}


@require_safe
@public_page
def directory(request: TerritoryRequest) -> HttpResponse:
    filters = _filters(request.GET)
    found = browse_directory(territory=request.territory, filters=filters)
    cards = found.solos.with_silhouette().select_related("trade", "commune")
    paginator = Paginator(cards.defer("public_words", "open_words", "trade__words"), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "is_approximate": found.is_approximate,
        "facets": [(PARAMETERS[facet.name], facet) for facet in found.facets],
        "trail": [(_("Annuaire"), "")],
    }
    if not request.htmx:
        return render(request, "solos/directory.html", context)
    answer = render(request, "solos/directory_update.html", context)
    return push_url(answer, _address(filters))


@require_safe
@public_page
def solo(request: TerritoryRequest, slug: str) -> HttpResponse:
    published = Solo.objects.in_territory(request.territory).published()
    person = get_object_or_404(
        published.with_silhouette().select_related("trade__sector", "commune"), slug=slug
    )
    neighbours = published.in_sector_of(person).with_silhouette()
    context = {
        "solo": person,
        "languages": spoken_languages(person),
        "neighbours": neighbours.select_related("trade", "commune")[:NEIGHBOURS],
        "trail": [(_("Annuaire"), reverse("directory")), (person.name, "")],
    }
    return render(request, "solos/solo.html", context)


def _filters(query: QueryDict) -> DirectoryFilters:
    asked = {
        name: query.get(parameter, "").strip()[:LONGEST_PARAMETER]
        for name, parameter in PARAMETERS.items()
    }
    return DirectoryFilters(**asked)


def _address(filters: DirectoryFilters) -> str:
    """The page's address without what was left empty: short enough to be sent to someone."""
    query = QueryDict(mutable=True)
    for name, parameter in PARAMETERS.items():
        if value := getattr(filters, name):
            query[parameter] = value
    return reverse("directory") + (f"?{query.urlencode()}" if query else "")
