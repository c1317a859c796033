"""What is asked of the directory, as an address holds it: on a page, in a mail, in a statistic."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from solos.domain.directory import DirectoryFilters

# Longer than any word or code that could find something.
LONGEST_PARAMETER = 100
# The address speaks the visitors' language.
PARAMETERS = {
    "text": "q",
    "sector": "secteur",
    "trade": "metier",
    "commune": "commune",
    "radius": "rayon",
    "epci": "intercommunalite",
    "status": "statut",
    "skill": "competence",
    "language": "langue",
    "clients": "nouveaux-clients",
}


def read_filters(parameters: Mapping[str, str]) -> DirectoryFilters:
    """What the parameters of an address ask for; the others say nothing."""
    asked = {
        name: parameters.get(parameter, "").strip()[:LONGEST_PARAMETER]
        for name, parameter in PARAMETERS.items()
    }
    return DirectoryFilters(**asked)


def read_query(query: str) -> DirectoryFilters:
    return read_filters(dict(parse_qsl(query)))


def query_of(filters: DirectoryFilters) -> str:
    """In one order, without what was left empty: the same search is always the same words."""
    asked = {parameter: getattr(filters, name) for name, parameter in PARAMETERS.items()}
    return urlencode({parameter: value for parameter, value in asked.items() if value})


def search_address(filters: DirectoryFilters, page: str = "directory") -> str:
    """Short enough to be sent to someone; in the language of the moment."""
    query = query_of(filters)
    return reverse(page) + (f"?{query}" if query else "")
