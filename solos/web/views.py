"""The public directory: a list to search, and a page per solo."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from comptes.web.access import public_page, uncached_page
from solos.domain.asking import PARAMETERS, read_filters, search_address
from solos.domain.cards import describe_person
from solos.domain.directory import RADII, browse_directory, search_directory
from solos.domain.merging import find_moved
from solos.domain.open_data import directory_lines
from solos.domain.profile import spoken_languages
from solos.domain.searches import count_search
from solos.models import Solo
from solos.querysets import MOST_RANKED
from solos.web.card_views import address_of
from territoires.web.request import TerritoryRequest

PER_PAGE = 20
NEIGHBOURS = 3


@require_safe
@public_page
def directory(request: TerritoryRequest) -> HttpResponse:
    filters = read_filters(request.GET)
    found = browse_directory(territory=request.territory, filters=filters)
    paginator = Paginator(found.solos.as_cards(), PER_PAGE)
    paginator.count = found.count
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "radii": RADII,
        "alert": search_address(filters, "alert-save"),
        "csv": search_address(filters, "directory-csv"),
        "is_approximate": found.is_approximate,
        "has_more": found.has_more,
        "most": MOST_RANKED,
        "facets": [(PARAMETERS[facet.name], facet) for facet in found.facets],
        "trail": [(_("Annuaire"), "")],
    }
    is_first = request.method == "GET" and page.number == 1
    # The team, who follow the list of these very searches, are no demand.
    if is_first and not request.user.is_staff:
        results = 0 if found.is_approximate else paginator.count
        count_search(territory=request.territory, filters=filters, results=results)
    if not request.htmx:
        return render(request, "solos/directory.html", context)
    answer = render(request, "solos/directory_update.html", context)
    return push_url(answer, search_address(filters))


@require_safe
@public_page
def solo(request: TerritoryRequest, slug: str) -> HttpResponse:
    published = Solo.objects.in_territory(request.territory).published()
    rows = published.with_silhouette().select_related(
        "territory", "trade__sector", "commune", "photo"
    )
    person = rows.filter(slug=slug).first()
    if person is None:
        return _moved(request, slug)
    neighbours = published.in_sector_of(person).as_cards()
    context = {
        "solo": person,
        "languages": spoken_languages(person),
        "described": describe_person(person, address_of(person)),
        "neighbours": neighbours[:NEIGHBOURS],
        "trail": [(_("Annuaire"), reverse("directory")), (person.name, "")],
    }
    return render(request, "solos/solo.html", context)


def _moved(request: TerritoryRequest, slug: str) -> HttpResponse:
    """Where the address of a record merged since leads: to the page of the person, if public."""
    person = find_moved(territory=request.territory, slug=slug)
    if person is None:
        raise Http404
    return redirect("solo", person.slug, permanent=True)


@require_safe
@uncached_page
def directory_csv(request: TerritoryRequest) -> StreamingHttpResponse:
    """The same search as a file, of those who agreed to open data."""
    found = search_directory(territory=request.territory, filters=read_filters(request.GET))
    rows = found.in_open_data().order_by("last_name", "first_name", "pk")
    response = StreamingHttpResponse(directory_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="annuaire.csv"'
    return response
